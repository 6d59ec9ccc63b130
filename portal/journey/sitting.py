"""A session of the commission, held over HTTP: whatever stands open on its page is done next, until it is signed."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bs4 import Tag
from django.utils import timezone

from portal.journey.filling import Answers, typed
from portal.journey.telling import NotAsPromised
from portal.journey.visiting import Page, Visitor, names

MOST_STEPS = 40
ROOM = "/office/commissions/"


@dataclass
class Sitting:
    """One case before the commission. Begun again after a failure it goes on where the session stands."""

    commission: str
    case: str  # its public id
    answers: Answers
    officer: Callable[[str], Visitor]
    secretary: str = "central"
    chair: str = "president"
    session: str = ""  # its address, after the language
    way: list[str] = field(default_factory=list)  # what was sent, and what the portal said is to be mended

    def hold(self) -> None:
        if not self.session:
            self.plan()
        for step in range(MOST_STEPS):
            if self.goes_on():
                return
            time.sleep(1 if step > MOST_STEPS // 4 else 0)  # whoever is that late waits for the worker
        raise NotAsPromised(
            f"The session {self.session} was not signed after {MOST_STEPS} steps. The last: {'; '.join(self.way)}"
        )

    def sends(self, who: Visitor, page: Page, form: Tag, values: Mapping[str, Any]) -> Page:
        after = who.submit(page, form, values)
        self.way.append(f"{form.get('action')} led to “{after.title}” ({after.path}) {after.faults}")
        return after

    def plan(self) -> None:
        keeper, now = self.officer(self.secretary), timezone.localtime()
        page = keeper.here(f"{ROOM}{self.commission}/new/")
        day = {f"day_{part}": getattr(now, part) for part in ("day", "month", "year")}
        values = {**day, "time": now.strftime("%H:%M"), "place_ar": "مقرّ الإدارة", "place_fr": "Siège", "mode": "room"}
        page = keeper.submit(page, page.with_field("place_ar", "plan a session"), values)
        if not page.path.endswith("/agenda/"):
            raise NotAsPromised(f"No session was planned: {page.faults or page.title}")
        self.session = page.path.removeprefix(f"/{keeper.language}").removesuffix("agenda/")

    def goes_on(self) -> bool:
        """Do what the page of the session offers next; True once the minutes are signed."""
        keeper = self.officer(self.secretary)
        page = keeper.here(self.session)
        if (form := offered(page, "/convene/")) or (
            (form := offered(page, "/attendance/")) and not offered(page, "/end/")
        ):
            self.sends(keeper, page, form, {})
        elif form := offered(page, "/end/"):
            if not self.hear(page):
                self.sends(keeper, page, form, {})
        elif any("/minutes/" in str(link["href"]) for link in links(page)):
            return self.write()
        else:
            self.put_on_agenda()
        return False

    def put_on_agenda(self) -> None:
        keeper = self.officer(self.secretary)
        page = keeper.here(f"{self.session}agenda/")
        self.sends(keeper, page, page.with_field("case", "put the case on the agenda"), {"case": self.case})

    def hear(self, page: Page) -> bool:
        """Put the next case to the vote, and note that every hand was raised; False where none is left."""
        keeper = self.officer(self.secretary)
        for link in links(page):
            if "/cases/" not in str(link["href"]):
                continue
            here = keeper.open(str(link["href"]))
            if form := offered(here, "/put/"):
                here = self.sends(keeper, here, form, {**typed(form, self.answers), "opinion": "favourable"})
                if here.faults:
                    raise NotAsPromised(f"The proposal was not taken: {here.faults}")
                return True
            if form := offered(here, "/hands/"):
                self.sends(keeper, here, form, {name: "for" for name in names(form) if name.startswith("hand-")})
                return True
        return False

    def write(self) -> bool:
        """The secretary closes the minutes, whoever chaired signs them."""
        keeper, chair = self.officer(self.secretary), self.officer(self.chair)
        address = f"{self.session}minutes/"
        page = keeper.here(address)
        if form := offered(page, "/minutes/close/"):
            self.sends(keeper, page, form, {})
        page = chair.here(address)
        if form := offered(page, "/minutes/sign/"):
            page = self.sends(chair, page, form, {})
        return is_signed(page)


def is_signed(page: Page) -> bool:
    """Neither to be closed nor to be signed any more."""
    return offered(page, "/minutes/sign/") is None and offered(page, "/minutes/read/") is None


def offered(page: Page, ending: str) -> Tag | None:
    return next((form for form in page.forms() if str(form.get("action") or "").endswith(ending)), None)


def links(page: Page) -> list[Any]:
    return list(page.soup.find_all("a", href=True)) if page.soup else []
