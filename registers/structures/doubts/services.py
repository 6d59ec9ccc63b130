"""Reporting a doubt, taking it up, and answering it; each written into the audit chain, without anybody's words."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from procedures.audit.services import append
from procedures.calendar.services import add_working_days
from procedures.offices.models import Office
from procedures.offices.selectors import NoOffice, regional_office
from registers.places.models import Place
from registers.structures.doubts.models import CLOSED, Doubt
from registers.structures.models import Structure

DAYS_TO_ANSWER = 20  # working days; an assumption, and shown as one


class AlreadyAnswered(Exception):
    """Somebody answered this doubt first; their answer stands."""


@transaction.atomic
def report_doubt(
    *, public_id: UUID, structure: Structure | None, name: str, place: Place, kind: str, words: str, email: str,
    language: str,
) -> Doubt:  # fmt: skip
    """One doubt by `public_id`, however often it is sent; `place` is a governorate, `email` may be empty.

    It goes to the regional directorate of the place, and where none is open to the central services.
    """
    doubt, made = Doubt.objects.get_or_create(
        public_id=public_id,
        defaults={
            "structure": structure,
            "name": name,
            "place": place,
            "office": _directorate(place),
            "kind": kind,
            "words": words,
            "email": email,
            "language": language,
            "received_at": timezone.now(),
            "due_on": add_working_days(timezone.localdate(), DAYS_TO_ANSWER),
        },
    )
    if made:
        about = structure.number if structure else ""
        append(action="doubt.report", subject=doubt, data={"kind": kind, "structure": about, "place": place.pk})
    return doubt


@transaction.atomic
def take_up_doubt(*, doubt: Doubt, by: Any) -> Doubt:
    """From received to being looked into; a doubt that is further on stays as it is."""
    locked = Doubt.objects.select_for_update().get(pk=doubt.pk)
    if locked.state == Doubt.State.RECEIVED:
        locked.state = Doubt.State.TAKEN_UP
        locked.save(update_fields=("state",))
        append(action="doubt.take_up", subject=locked, actor=by)
    return locked


@transaction.atomic
def answer_doubt(*, doubt: Doubt, by: Any, founded: bool, answer: str) -> Doubt:
    """Close a doubt with its finding and the words that the person who reported it reads.

    Their e-mail address is forgotten here: who sends the answer reads it first, in the same transaction.
    Raises AlreadyAnswered.
    """
    locked = Doubt.objects.select_for_update().get(pk=doubt.pk)
    if locked.state in CLOSED:
        raise AlreadyAnswered
    locked.state = Doubt.State.FOUNDED if founded else Doubt.State.UNFOUNDED
    locked.answer, locked.answered_by, locked.answered_at, locked.email = answer, by, timezone.now(), ""
    locked.save(update_fields=("state", "answer", "answered_by", "answered_at", "email"))
    append(action="doubt.answer", subject=locked, actor=by, data={"state": locked.state})
    return locked


def _directorate(place: Place) -> Office | None:
    try:
        return regional_office(place.pk)
    except NoOffice:
        return None
