"""Internal notes: written, and struck through where one was wrong."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from procedures.audit.services import append
from procedures.cases.errors import NotAllowed
from procedures.cases.models import Case
from procedures.dossiers.access import rights
from procedures.dossiers.models import Note, NoteStruck
from procedures.offices.models import Office
from procedures.offices.selectors import seat_of
from procedures.refusal import Refusal

LONGEST, LONGEST_REASON = 4000, 1000


@transaction.atomic
def write_note(*, case: Case, by: Any, text: str) -> Note:
    """Leave a note for colleagues; the applicant is told nothing, the clock and open pages stay as they are."""
    held = held_case(case, by)
    note = Note.objects.create(
        case=held, text=worded(text, "text", LONGEST), by=by, office=office_of(by, held), at=timezone.now()
    )
    append(action="note.written", subject=held, actor=by, data={"note": note.pk})
    return note


@transaction.atomic
def strike_note(*, note: Note, by: Any, reason: str) -> NoteStruck:
    """Strike a mistaken note through: it stays readable, with the reason beside it."""
    held = held_case(note.case, by)
    if NoteStruck.objects.filter(note=note).exists():
        raise Refusal(_("This note is struck through already."))
    struck = NoteStruck.objects.create(
        note=note, reason=worded(reason, "reason", LONGEST_REASON), by=by, at=timezone.now()
    )
    append(action="note.struck", subject=held, actor=by, data={"note": note.pk})
    return struck


def held_case(case: Case, by: Any) -> Case:
    """The case, its row locked. Raises NotAllowed for whoever may not write beside it."""
    held = Case.objects.select_for_update().get(pk=case.pk)
    if not rights(by, held).writes:
        raise NotAllowed(_("Only who handles this case in one of its offices writes here."))
    return held


def office_of(person: Any, case: Case) -> Office | None:
    """Where they serve, the office of the case first."""
    return Office.objects.filter(code=seat_of(person, case.office_id).get("office", "")).first()


def worded(text: str, field: str, most: int) -> str:
    """What was typed, without blanks around it. Raises Refusal where nothing was, or too much."""
    said = text.strip()
    if not said:
        raise Refusal(_("Write the note first.") if field == "text" else _("Give the reason."), field)
    if len(said) > most:
        raise Refusal(_("This is longer than %(most)s signs. Shorten it.") % {"most": most}, field)
    return said
