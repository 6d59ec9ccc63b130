"""Enrol people in sessions, many at once, and write when and how they left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from procedures.audit.services import append
from registers.history.causes import Cause
from registers.history.errors import EndsTooEarly
from registers.history.rows import insert
from registers.people.models import Person
from registers.training.errors import OutsideSession, SessionCancelled, SessionIsFull
from registers.training.models import Enrolment, Session

Outcome = Enrolment.Outcome


@dataclass(frozen=True)
class Entry:
    """A person enters a session, on a day or on its first."""

    session: Session
    person: Person
    on: date | None = None


def enrol(cause: Cause, *, session: Session, person: Person, on: date | None = None) -> tuple[Enrolment, bool]:
    """Enrol one person; whether now. Raises as `enrol_people`."""
    return enrol_people(cause, entries=[Entry(session, person, on)])[0]


@transaction.atomic
def enrol_people(cause: Cause, *, entries: Sequence[Entry]) -> list[tuple[Enrolment, bool]]:
    """The enrolment of each entry, in their order, and whether it was made now; all of them or none.

    As many queries for 500 as for one; one audit entry. Raises SessionCancelled, OutsideSession, SessionIsFull.
    """
    sessions = _locked(entry.session.pk for entry in entries)
    people = {_one(entry.person) for entry in entries}
    there = {
        (row.session_id, row.person_id): row
        for row in Enrolment.objects.filter(session__in=sessions, person__in=people)
    }
    enrolled: list[tuple[Enrolment, bool]] = []
    new: list[Enrolment] = []
    for entry in entries:
        key = entry.session.pk, _one(entry.person)
        if key in there:
            enrolled.append((there[key], False))
            continue
        there[key] = _enrolment(cause, sessions[entry.session.pk], key[1], entry.on)
        new.append(there[key])
        enrolled.append((there[key], True))
    _refuse_overflow(sessions, new)
    _write(new)
    if new:
        ids = {"enrolments": [row.pk for row in new], "sessions": sorted({row.session_id for row in new})}
        subject = new[0] if len(new) == 1 else ("training.enrolment", f"{len(new)} enrolments")
        append(action="training.enrol", subject=subject, actor=cause.by, data=cause.told | ids)
    return enrolled


@transaction.atomic
def leave(cause: Cause, *, enrolment: Enrolment, on: date, outcome: str) -> Enrolment:
    """A person does not follow a session any more from `on` on; entered by mistake: they never did.

    Written again it is corrected, and the chain keeps both. Raises EndsTooEarly.
    """
    held = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    on = held.entered_on if outcome == Outcome.MISTAKE else on
    if on < held.entered_on:
        raise EndsTooEarly(held.entered_on, on)
    before = {"left_on": held.left_on and held.left_on.isoformat(), "outcome": held.outcome}
    held.left_on, held.outcome, held.reason = on, Outcome(outcome), cause.reason[:200]
    held.save(update_fields=["left_on", "outcome", "reason"])
    data = cause.told | {"left_on": on.isoformat(), "outcome": held.outcome, "before": before}
    append(action="training.leave", subject=held, actor=cause.by, data=data)
    return held


@transaction.atomic
def complete_session(cause: Cause, *, session: Session) -> int:
    """Whoever still follows the session has completed it on its end. How many."""
    held = _locked([session.pk])[session.pk]
    staying = Enrolment.objects.filter(session=held, left_on__isnull=True)
    ids = list(staying.values_list("pk", flat=True))
    staying.update(left_on=held.until, outcome=Outcome.COMPLETED)
    if ids:
        append(action="training.complete", subject=held, actor=cause.by, data=cause.told | {"enrolments": ids})
    return len(ids)


def _locked(ids: Iterable[int]) -> dict[int, Session]:
    return {row.pk: row for row in Session.objects.select_for_update().filter(pk__in=set(ids)).order_by("pk")}


def _one(person: Person) -> int:
    return int(person.merged_into_id or person.pk)


def _enrolment(cause: Cause, session: Session, person: int, on: date | None) -> Enrolment:
    if session.state == Session.State.CANCELLED:
        raise SessionCancelled(session.pk)
    on = on or session.since
    if not session.since <= on < session.until:
        raise OutsideSession(session, on)
    return Enrolment(
        session=session,
        person_id=person,
        entered_on=on,
        source=Enrolment.Source.PORTAL if cause.batch_id is None else Enrolment.Source.IMPORT,
        case_id=cause.case_id,
        batch=cause.batch_id,
        recorded_at=timezone.now(),
    )


def _write(new: Sequence[Enrolment]) -> None:
    """Insert them and tell each its key."""
    insert(new)
    keys = {"session__in": {row.session_id for row in new}, "person__in": {row.person_id for row in new}}
    written = {
        (session, person): pk
        for session, person, pk in Enrolment.objects.filter(**keys).values_list("session_id", "person_id", "pk")
    }
    for row in new:
        row.pk = written[row.session_id, row.person_id]
        row._state.adding = False


def _refuse_overflow(sessions: dict[int, Session], new: Sequence[Enrolment]) -> None:
    """A place is taken by whoever has not left; somebody who left gives it to another."""
    wanted = Counter(row.session_id for row in new)
    counted = Session.objects.filter(pk__in=wanted).annotate(
        taken=Count("enrolments", filter=Q(enrolments__left_on__isnull=True))
    )
    for pk, taken in counted.values_list("pk", "taken"):
        if taken + wanted[pk] > sessions[pk].places:
            raise SessionIsFull(sessions[pk], max(0, sessions[pk].places - taken))
