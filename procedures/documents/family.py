"""From a decided case to a member of the family: the answers, the editors' words and the names, as typed contents."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from procedures.cases.models import Decision
from procedures.definition import Convocation, Need, NominalList, Output, VerificationReport
from procedures.documents import reports
from procedures.documents.case_reading import Reading
from procedures.documents.contents import facts_of, holder_label, holder_row, paragraphs_of, signatory_of, until_of
from procedures.documents.frame import frame, row
from procedures.documents.members import Certified, Convoked, Listed, Member, Repeated, Reported
from procedures.documents.models import Document
from procedures.documents.names import Names
from procedures.documents.wording import Words, clock, day, same, words
from procedures.fields import Cin, IdentityNumber

LEADS: dict[str, Any] = {  # in the engine's own words, where the output has none
    "diploma": _("The authority named above certifies the success of"),
    "certificate": _("The authority named above certifies that what follows is held by"),
    "attestation": _("The authority named above attests what follows concerning"),
    "nominal_list": _("The persons named here are entered under the number above. The seal binds every line."),
    "convocation": _("You are expected at the place and time written here."),
}
SAYS: dict[str, Any] = {
    "order": pgettext_lazy("line of a list", "No."),
    "names_ar": _("Given and family name"),
    "names_lat": _("Given and family name (Latin)"),
    "when": _("Come on"),
    "where": _("Place"),
    "know": _("What to know and to bring"),
}
HIDDEN, SHOWN = "•••••", 3  # an identity number in a list: its last digits tell two namesakes apart
LINES = _("Lines bound by the seal")


@dataclass(frozen=True)
class Told:
    """What a member is made of: the case as read, its decision, and which output of it this is."""

    reading: Reading
    decision: Decision
    output: Output
    names: Names
    expires_on: date | None = None

    @property
    def is_assumed(self) -> bool:
        return not (self.reading.procedure.legal_basis and self.output.body)

    def said(self) -> tuple[Words, list[Words]]:
        """The first paragraph of the editors' body, or the engine's own; then the others, and how long it holds."""
        lead, *notes = paragraphs_of(self.reading, self.output) or [words(LEADS[self.output.frame.code])]
        return lead, [*notes, *([until_of(self.expires_on)] if self.expires_on else [])]

    def date(self, need: Need) -> Words:
        """A date in long form; what is no date, as it reads."""
        value = self.reading.value(need)
        try:
            return day(date.fromisoformat(str(value)[:10]))
        except ValueError:
            return self.text(need)

    def text(self, need: Need) -> Words:
        return self.reading.text(need.rstrip("?")) if isinstance(need, str) and need else same("")


def content_of(told: Told, member: Member, *, public_id: str, number: str) -> dict[str, Any]:
    """The frozen content: the frame of the document, then what the member prints in it."""
    title = words(told.output.title)
    around = frame(
        case=told.reading.case, public_id=public_id, name=title, title=title, names=told.names, number=number
    )
    return around | member.printed()


def certified(told: Told) -> Certified:
    lead, notes = told.said()
    return Certified(
        template=told.output.frame.code,
        title=words(told.output.title),
        names=told.names,
        lead=lead,
        rows=facts_of(told.reading, told.decision, told.output),
        notes=notes,
        signatory=signatory_of(told.decision),
        assumed=told.is_assumed,
        english=told.output.english,
    )


def nominal_list(told: Told, asked: NominalList) -> Listed:
    lead, notes = told.said()
    lines = list(_lines(told.reading, asked))
    count = row(words(LINES), str(len(lines)))
    heading = [holder_row(told.names, holder_label(told.reading.case, told.output))]
    return Listed(
        lead=_joined([lead, *notes]),
        rows=[*heading, *facts_of(told.reading, told.decision, told.output, but=asked.rows), count],
        columns=[_label(told.reading, address) for address in asked.columns],
        lines=lines,
        says={code: words(SAYS[code]) for code in ("order", "names_ar", "names_lat")},
        signatory=signatory_of(told.decision),
        public=[count],
    )


def _lines(reading: Reading, asked: NominalList) -> Iterator[dict[str, Any]]:
    for line in reading.values.get(asked.rows) or ():
        names = reading.with_row(asked.rows, line).names(asked.names or asked.rows)
        cells = [_cell(reading, address, str(line.get("_row", ""))) for address in asked.columns]
        yield {"ar": names.ar or names.lat, "lat": names.lat or names.ar, "cells": cells}


def _cell(reading: Reading, address: str, row_id: str) -> Words:
    group, _dot, name = address.partition(".")
    text = reading.text(f"{group}[{row_id}].{name}")
    if isinstance(reading.question(address), Cin | IdentityNumber):
        return {language: f"{HIDDEN}{said[-SHOWN:]}" if said else "" for language, said in text.items()}
    return text


def _label(reading: Reading, address: str) -> Words:
    question = reading.question(address)
    return words(question.label) if question is not None else same("")


def _joined(paragraphs: list[Words]) -> Words:
    return {language: " ".join(each[language] for each in paragraphs) for language in paragraphs[0]}


def convocation(told: Told, asked: Convocation) -> Convoked:
    lead, notes = told.said()
    placed = {need.rstrip("?") for need in asked.needs() if isinstance(need, str)}
    rows = facts_of(told.reading, told.decision, told.output, without=placed)
    return Convoked(
        names=told.names,
        lead=lead,
        when=told.date(asked.day),
        clock=told.text(asked.time),
        place=told.text(asked.place),
        rows=rows,
        notes=notes,
        says={code: words(SAYS[code]) for code in ("when", "where", "know")},
        signatory=signatory_of(told.decision),
        assumed=told.is_assumed,
        english=told.output.english,
    )


def verification_report(told: Told, asked: VerificationReport) -> Reported:
    """What the register says now: the moment is printed, and the seal binds the answers."""
    name = asked.codes.partition(".")[2]
    typed = [str(line.get(name) or "") for line in told.reading.values.get(asked.rows) or ()]
    now = timezone.now()
    applicant = holder_row(told.names, _("Asked by"))
    return reports.report_of(typed, asked_by=applicant, at=words(
        _("%(day)s at %(time)s"), day=day(timezone.localdate(now)), time=clock(now)
    ))  # fmt: skip


def duplicate(told: Told, first: Document, *, public_id: str, number: str) -> dict[str, Any]:
    """The first's frozen content, with the mark that says of what it is the duplicate, and why."""
    title = first.titles
    around = frame(
        case=told.reading.case, public_id=public_id, name=title, title=title, names=told.names, number=number
    )
    own = {name: around[name] for name in ("number", "code", "host", "demonstration", "letterhead", "words")}
    reason = told.text(getattr(told.output.frame, "reason", ""))
    return Repeated(
        first=first.content,
        own=own,
        mark=mark_of(first=first.public_id, number=first.number, issued_on=first.issued_on, reason=reason),
        signatory=signatory_of(told.decision),
    ).printed()


def mark_of(*, first: str, number: str, issued_on: date, reason: Words) -> dict[str, Any]:
    """What a duplicate says of itself; `first` is the public id of what it repeats."""
    return {
        "first": first,
        "mark": words(pgettext_lazy("document", "Duplicate")),
        "of": words(_("of no. %(number)s, issued on %(day)s, which it replaces"), number=number, day=day(issued_on)),
        "why": words(_("Reason: %(reason)s"), reason=reason),
    }
