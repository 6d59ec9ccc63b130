"""Somebody at the wizard: opens pages, posts forms as a browser without scripts does, hands in papers."""

import re
from html import unescape
from typing import Any
from uuid import UUID

from django.test import Client

from procedures.resolving import resolve
from procedures.testing import posted, sample_answers
from procedures.wizard.models import Draft
from registers.specialities.models import Speciality
from tests.procedures.evidence.corpus import pdf, picture, upload
from tests.procedures.kernel.factories import CODE, a_person

__all__ = ["CODE", "Visitor", "a_person"]


class Visitor:
    """One browser, with or without an account."""

    def __init__(
        self, person: Any = None, *, language: str = "en", client: Client | None = None, code: str = CODE
    ) -> None:
        self.client, self.language, self.person, self.code = client or Client(), language, person, code
        if person is not None and client is None:
            self.client.force_login(person)
        self.draft: UUID | None = None

    def path(self, rest: str) -> str:
        return f"/{self.language}/{rest}"

    def step_path(self, step: str) -> str:
        return self.path(f"drafts/{self.draft}/{step}/")

    def start(self, code: str = "") -> str:
        """The code of the first page."""
        answer = self.client.post(self.path(f"services/{code or self.code}/start/"))
        assert answer.status_code == 302, answer.status_code
        found = re.search(r"/drafts/([0-9a-f-]+)/(\w+)/", answer["Location"])
        assert found
        self.draft = UUID(found[1])
        return found[2]

    def open(self, step: str) -> Any:
        return self.client.get(self.step_path(step))

    def send(self, step: str, data: dict[str, Any], *, page: Any = None, **extra: Any) -> Any:
        """Post a page with its hidden inputs, as they stand on `page` (the page as it is now unless given)."""
        html = (page or self.open(step)).content.decode()
        return self.client.post(self.step_path(step), hidden(html) | {"next": "1"} | data | extra)

    def answers(self, **changes: Any) -> dict[str, Any]:
        a_speciality()
        return sample_answers(resolve(self.code), self.language, **({"contact": {"governorate": "TN-11"}} | changes))

    def page_data(self, step: str, answers: dict[str, Any]) -> dict[str, Any]:
        procedure = resolve(self.code)
        return posted(
            procedure, {code: given for code, given in answers.items() if procedure.blocks[code].step.code == step}
        )

    def fill(self, **changes: Any) -> None:
        """Answer every page of questions."""
        answers = self.answers(**changes)
        step = self.start()
        while step not in ("papers", "check"):
            answer = self.send(step, self.page_data(step, answers))
            assert answer.status_code == 302, (step, errors(answer))
            going = answer["Location"].rstrip("/").rpartition("/")[2]
            assert going != step, (step, "the page came back")
            step = going

    def hand_in(self, **files: Any) -> Any:
        """Add one good file to every paper that is asked, or those given."""
        html = self.open("papers").content.decode()
        names = re.findall(r'type="file" id="([^"]+)"', html)
        data = {name: files.get(name, upload("scan.pdf", pdf())) for name in names}
        return self.client.post(self.step_path("papers"), data | {"next": "1"})

    def file(self, **changes: Any) -> Any:
        html = self.open("check").content.decode()
        data = hidden(html) | {"true_and_complete": "on"} | changes
        return self.client.post(self.path(f"drafts/{self.draft}/file/"), data)

    def ready(self, **changes: Any) -> "Visitor":
        """Everything answered and handed in; only the button is left."""
        self.fill(**changes)
        answer = self.hand_in()
        assert answer["Location"].endswith("/check/"), answer.content.decode()[-3000:]
        return self

    def stored(self) -> Draft:
        return Draft.objects.get(pk=self.draft)


def a_speciality() -> None:
    names = {f"{part}_{language}": "Bakery" for part in ("sector", "name") for language in ("ar", "fr", "en")}
    Speciality.objects.get_or_create(code="BAK-1", defaults=names | {"invented": True})


def hidden(html: str) -> dict[str, Any]:
    """The hidden inputs of a page, those of its form of questions."""
    found: dict[str, Any] = {}
    for tag in re.findall(r'<input type="hidden"[^>]*>', html):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and name[1] not in ("csrfmiddlewaretoken",):
            found.setdefault(name[1], []).append(unescape(value[1]) if value else "")
    return {name: values if name.endswith("-row") else values[-1] for name, values in found.items()}


def errors(answer: Any) -> list[str]:
    """The sentences of the summary."""
    html = answer.content.decode()
    summary = re.search(r'<div class="summary".*?</div>', html, re.DOTALL)
    return (
        [unescape(re.sub("<[^>]+>", "", item)) for item in re.findall(r"<li>(.*?)</li>", summary[0], re.DOTALL)]
        if summary
        else []
    )


def a_photograph() -> Any:
    return upload("IMG_1.jpg", picture())
