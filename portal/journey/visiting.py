"""A visitor: a session over HTTP that reads pages, fills their forms and follows where it is led, without scripts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from bs4 import BeautifulSoup, Tag

from portal.journey.telling import NotAsPromised

Files = list[tuple[str, tuple[str, bytes, str]]]


class Page:
    """One answer of the portal, read as a person would."""

    def __init__(self, answer: requests.Response) -> None:
        self.answer = answer
        self.url = answer.url
        self.path = urlsplit(answer.url).path
        self.soup = (
            BeautifulSoup(answer.text, "html.parser") if "html" in answer.headers.get("Content-Type", "") else None
        )

    @property
    def text(self) -> str:
        return " ".join(self.soup.get_text(" ").split()) if self.soup else ""

    @property
    def title(self) -> str:
        heading = self.soup.find("h1") if self.soup else None
        return " ".join(heading.get_text(" ").split()) if heading else self.path

    @property
    def faults(self) -> str:
        """What the page says is to be mended, empty where nothing is."""
        summary = self.soup.select_one(".summary") if self.soup else None
        return " ".join(summary.get_text(" ").split()) if summary else ""

    def forms(self) -> list[Tag]:
        return list(self.soup.find_all("form")) if self.soup else []

    def form(self, holds: Callable[[Tag], bool], what: str) -> Tag:
        """The first form for which `holds`; raises NotAsPromised naming `what` was looked for."""
        for form in self.forms():
            if holds(form):
                return form
        raise NotAsPromised(f"The page “{self.title}” ({self.path}) has no form to {what}. {self.faults}")

    def posting_to(self, ending: str, what: str) -> Tag:
        return self.form(lambda form: urlsplit(target(self, form)).path.rstrip("/").endswith(ending.rstrip("/")), what)

    def with_field(self, name: str, what: str) -> Tag:
        return self.form(lambda form: form.find(None, {"name": name}) is not None, what)

    def link(self, part: str, what: str) -> str:
        for anchor in self.soup.find_all("a", href=True) if self.soup else ():
            if part in str(anchor["href"]):
                return urljoin(self.url, str(anchor["href"]))
        raise NotAsPromised(f"The page “{self.title}” ({self.path}) has no link to {what}.")


class Visitor:
    def __init__(self, url: str, language: str) -> None:
        self.url, self.language = url.rstrip("/"), language
        self.session = requests.Session()
        self.session.headers["Accept-Language"] = language
        self.session.trust_env = False

    def open(self, path: str, status: int = 200) -> Page:
        """Open a path of the portal (or a whole address) and follow where it leads."""
        return self._page(self.session.get(urljoin(self.url + "/", path), timeout=60), status)

    def here(self, path: str, status: int = 200) -> Page:
        """Open a path under the visitor's language."""
        return self.open(f"/{self.language}{path}", status)

    def submit(
        self, page: Page, form: Tag, values: Mapping[str, Any], *, files: Files | None = None, status: int = 200,
        button: str = "",
    ) -> Page:  # fmt: skip
        """Send a form as a browser does: what stands in it, `values` put in, and `button` (name=value) pressed."""
        data = [(name, value) for name, value in standing(form) if name not in values]
        for name, value in values.items():
            data += [(name, str(one)) for one in (value if isinstance(value, list | tuple) else [value])]
        if button:
            data.append(tuple(button.split("=", 1)))  # type: ignore[arg-type]  # two parts by construction
        headers = {"Referer": page.url, "Origin": self.url}
        answer = self.session.post(target(page, form), data=data, files=files, headers=headers, timeout=120)
        return self._page(answer, status)

    def _page(self, answer: requests.Response, status: int) -> Page:
        page = Page(answer)
        if answer.status_code != status:
            raise NotAsPromised(
                f"{answer.request.method} {page.path} answered {answer.status_code}, not {status}: {page.title}"
            )
        return page


def target(page: Page, form: Tag) -> str:
    return urljoin(page.url, str(form.get("action") or page.url))


def standing(form: Tag) -> list[tuple[str, str]]:
    """Names and values that a browser would send of a form nobody touched (buttons and files apart)."""
    found: list[tuple[str, str]] = []
    for field in form.find_all(["input", "select", "textarea"]):
        name = str(field.get("name") or "")
        if not name or field.has_attr("disabled"):
            continue
        if field.name == "select":
            options = [o for o in field.find_all("option") if o.has_attr("selected")] or field.find_all("option")[:1]
            found += [(name, str(option.get("value", option.get_text()))) for option in options]
        elif field.name == "textarea":
            found.append((name, field.get_text().removeprefix("\n")))
        elif field.get("type") in {"checkbox", "radio"}:
            if field.has_attr("checked"):
                found.append((name, str(field.get("value", "on"))))
        elif field.get("type") not in {"submit", "button", "file", "image"}:
            found.append((name, str(field.get("value", ""))))
    return found


def names(form: Tag) -> list[str]:
    """Names of the fields of a form, each once, in order."""
    return list(dict.fromkeys(str(field["name"]) for field in form.find_all(None, {"name": True})))
