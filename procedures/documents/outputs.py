"""What an output of a decision is printed from and sealed with: whose it is, until when, and which member it is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from procedures.calendar.services import add_working_days
from procedures.cases.models import Decision
from procedures.definition import (
    Convocation,
    Days,
    Delay,
    Duplicate,
    Frame,
    Months,
    NominalList,
    Output,
    VerificationReport,
)
from procedures.documents import contents, family
from procedures.documents.bound_rows import digest_of
from procedures.documents.case_reading import Reading
from procedures.documents.members import Member
from procedures.documents.names import Names
from procedures.documents.selectors import issued_document, status_of
from procedures.refusal import Refusal

LASTING = ("valid", "suspended", "expired")  # what a document is worth while it can be repeated


@dataclass(frozen=True, kw_only=True)
class Paper:
    """One document before it has an id: what its seal says of it, and how its content is written once it has."""

    template: str
    names: Names
    expires_on: date | None
    slots: dict[str, Any]
    content: Callable[[str], dict[str, Any]]  # by public id


def paper_of(*, reading: Reading, decision: Decision, output: Output, issued_on: date, number: str) -> Paper:
    """Raises Refusal where a duplicate repeats nothing that is in force."""
    if isinstance(output.frame, Duplicate):
        return _repeated(reading, decision, output, number)
    names, expires_on = reading.names(output.claims.holder), _expiry(reading, output, issued_on)
    told = family.Told(reading, decision, output, names, expires_on)
    member, slots = _member(output.frame, told), _slots(reading, output)
    if bound := getattr(member, "bound", None):
        slots["rows_digest"] = digest_of(bound())
    return Paper(
        template=output.frame.code,
        names=names,
        expires_on=expires_on,
        slots=slots,
        content=lambda public_id: _content(told, member, public_id=public_id, number=number),
    )


def content_of_output(
    reading: Reading,
    decision: Decision,
    output: Output,
    names: Names,
    expires_on: date | None,
    *,
    public_id: str,
    number: str,
) -> dict[str, Any]:
    """What an output that repeats no other prints for this holder."""
    told = family.Told(reading, decision, output, names, expires_on)
    return _content(told, _member(output.frame, told), public_id=public_id, number=number)


def _content(told: family.Told, member: Member | None, *, public_id: str, number: str) -> dict[str, Any]:
    if member is not None:
        return family.content_of(told, member, public_id=public_id, number=number)
    return contents.decision_content(  # a decision, written in articles
        reading=told.reading,
        decision=told.decision,
        output=told.output,
        public_id=public_id,
        names=told.names,
        expires_on=told.expires_on,
        number=number,
    )


def signed_on(decision: Decision) -> date:
    act = decision.signatures.last()
    return localdate(act.signed_at) if act else timezone.localdate()


def rows_of(reading: Reading, output: Output) -> Iterator[tuple[str, dict[str, Any]]]:
    """The granted rows that give a document each, by their id; one empty row for a document of the whole case."""
    if not output.each:
        yield "", {}
        return
    for row in reading.values.get(output.each) or ():
        yield str(row.get("_row", "")), row


def _member(frame: Frame, told: family.Told) -> Member | None:
    if isinstance(frame, NominalList):
        return family.nominal_list(told, frame)
    if isinstance(frame, Convocation):
        return family.convocation(told, frame)
    if isinstance(frame, VerificationReport):
        return family.verification_report(told, frame)
    return family.certified(told) if frame.code in family.LEADS else None


def _repeated(reading: Reading, decision: Decision, output: Output, number: str) -> Paper:
    """The names, the term and the claims are those of the first: a duplicate never changes them."""
    first = issued_document(str(reading.value(output.replaces) or ""))
    if first is None or status_of(first) not in LASTING:
        raise Refusal(_("The document to repeat is not in force. Check its code."))
    claims = first.claims
    slots = {name: claims[name] for name in ("title", "structure", "level")}
    if rows := first.content.get("bound"):
        slots["rows_digest"] = digest_of(rows)
    told = family.Told(reading, decision, output, Names(first.holder_ar, first.holder_lat), first.expires_on)
    return Paper(
        template=first.frame,
        names=told.names,
        expires_on=first.expires_on,
        slots=slots,
        content=lambda public_id: family.duplicate(told, first, public_id=public_id, number=number),
    )


def _slots(reading: Reading, output: Output) -> dict[str, Any]:
    """Title, structure and level as the seal holds them: codes as text, digits as numbers."""
    claims = output.claims
    title, structure = reading.value(claims.title), reading.value(claims.structure)
    digits = "".join(letter for letter in str(structure or "") if letter.isdigit())
    readable = reading.text(str(claims.title))["fr"] if isinstance(claims.title, str) else ""
    return {
        "title": (str(title) if title and len(str(title)) <= 40 else readable[:40]) or None,
        "structure": int(digits) if digits else None,
        "level": reading.number(claims.level),
    }


def _expiry(reading: Reading, output: Output, issued_on: date) -> date | None:
    """The earlier of a time from issue and a date with its margin."""
    validity = output.validity
    if validity is None:
        return None
    ends = [_later(issued_on, validity.lasts)] if validity.lasts else []
    if until := reading.value(validity.until):
        day = date.fromisoformat(str(until)[:10])
        ends.append(_later(day, validity.plus) if validity.plus else day)
    return min(ends, default=None)


def _later(day: date, delay: Delay) -> date:
    if isinstance(delay, Months):
        months = day.month - 1 + delay.amount
        year, month = day.year + months // 12, months % 12 + 1
        last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
        return date(year, month, min(day.day, last))
    if isinstance(delay, Days):
        return day + timedelta(days=delay.amount)
    return add_working_days(day, delay.amount)
