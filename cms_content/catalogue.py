"""The list of services: those that run here, read from the registry, and those announced but not online yet."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from cms_content.choices import THEMES
from cms_content.folding import folded_words
from cms_content.in_force import marks_read_once
from cms_content.presenting import Fact, delay_in_brief, fee_in_brief
from cms_content.wording import in_language
from procedures.definition import Procedure
from procedures.definition.words import Text
from procedures.registry import procedures, services_for_people
from procedures.resolving import resolve

FILE = Path(__file__).parent / "data" / "catalogue.json"


@dataclass(frozen=True)
class Planned:
    """A service of the published list: what it is called and whom it is for; no delay and no fee before it runs."""

    code: str
    theme: str
    audiences: tuple[str, ...]
    wave: int
    names: dict[str, str]
    office: str  # who handles it while it is not online: a word of portal/public/offices.py


@dataclass(frozen=True)
class Service:
    """One row of the catalogue."""

    code: str
    title: Text
    theme: str
    audiences: tuple[str, ...]
    online: bool
    summary: Text = ""
    delay: Fact | None = None
    fee: Fact | None = None
    address: str = ""  # filled in by those who show it
    names: tuple[str, ...] = ()  # in every language: a search reads all of them


@cache
def planned() -> tuple[Planned, ...]:
    """The published list, those that come online first at its head."""
    rows = json.loads(FILE.read_text(encoding="utf-8"))
    found = (
        Planned(
            row["code"],
            row["theme"],
            tuple(row["audiences"]),
            row["wave"],
            {language: row[language] for language, _ in settings.LANGUAGES},
            row["office"],
        )
        for row in rows
    )
    return tuple(sorted(found, key=lambda one: one.wave))


def services(*, theme: str = "", audience: str = "", query: str = "") -> list[Service]:
    """Services that fit, those online first; a query must find each of its words in some language."""
    fitting = [
        one
        for one in _all_services()
        if (not theme or one.theme == theme) and (not audience or audience in one.audiences)
    ]
    words = folded_words(query[:100])
    if not words:
        return fitting
    ranked = [(_closeness(one, words), place, one) for place, one in enumerate(fitting)]
    return [one for closeness, place, one in sorted(ranked, key=lambda row: (-row[0], row[1])) if closeness]


def themes_in_use() -> list[tuple[str, Text]]:
    used = {one.theme for one in planned()} | {_theme(code) for code in services_for_people()}
    return [(code, title) for code, title in THEMES if code in used]


def planned_service(code: str) -> Service | None:
    """A service that is announced and does not run here."""
    return next((_announced(one) for one in planned() if one.code == code and code not in procedures()), None)


def _all_services() -> list[Service]:
    with marks_read_once():
        online = [_running(resolve(code)) for code in services_for_people()]
    announced = [_announced(one) for one in planned() if one.code not in procedures()]
    return online + announced


def _running(procedure: Procedure) -> Service:
    names = next((tuple(one.names.values()) for one in planned() if one.code == procedure.code), ())
    return Service(
        procedure.code,
        procedure.title,
        _theme(procedure.code),
        tuple(str(applicant.audience) for applicant in procedure.applicants),
        online=True,
        summary=procedure.summary,
        delay=delay_in_brief(procedure),
        fee=fee_in_brief(procedure),
        names=names,
    )


def _announced(one: Planned) -> Service:
    return Service(
        one.code, in_language(one.names), one.theme, one.audiences, online=False, names=tuple(one.names.values())
    )


def _theme(code: str) -> str:
    return next((one.theme for one in planned() if one.code == code), "other")


def _closeness(service: Service, words: tuple[str, ...]) -> int:
    """3 a word in the title shown, 2 in a name in another language, 1 in the summary; 0 when a word is nowhere."""
    shelves: list[tuple[int, Any]] = [
        (3, folded_words(str(service.title))),
        (2, folded_words(" ".join(service.names))),
        (1, folded_words(str(service.summary))),
    ]
    total = 0
    for word in words:
        found = max((weight for weight, shelf in shelves if any(_alike(each, word) for each in shelf)), default=0)
        if not found:
            return 0
        total += found
    return total


def _alike(known: str, typed: str) -> bool:
    """A beginning is enough; a plural typed for a singular is one word."""
    return known.startswith(typed) or (len(known) > 3 and typed.startswith(known))
