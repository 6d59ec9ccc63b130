"""A case changes hands within the administration: a conflict of interest, or an office that hands it to another."""

from typing import Any

from django.utils.translation import gettext as _

from procedures.cases.access import may_handle
from procedures.cases.errors import IllegalMove, NotAllowed, Refused
from procedures.cases.models import Case, ConflictOfInterest, OfficeHandOver, StageRecord
from procedures.cases.officers_answers import demand
from procedures.cases.routing import usual_role
from procedures.cases.selectors import open_hand_over
from procedures.cases.services.moving import Held, close_stage, open_at, transition
from procedures.cases.situations import procedure_of, situation_of
from procedures.cases.states import Event, State
from procedures.offices.models import Office

Answer = OfficeHandOver.Answer


def declare_conflict(*, case: Case, by: Any, reason: str, to: Any = None) -> Case:
    """Leave a case because of a conflict of interest: `by` acts on it no more, and may still read it.

    `to` is the colleague who goes on with it; without one it waits for whoever handles this step in the office. Raises
    NotAllowed where `to` may not handle it.
    """
    with transition(case, Event.DECLARE_CONFLICT, by=by) as held:
        demand(reason=reason)
        if to is not None and (to.pk == by.pk or not may_handle(to, held.case, held.stage)):
            raise NotAllowed(_("This colleague does not handle this step in this office."))
        ConflictOfInterest.objects.create(case=held.case, person=by, reason=reason.strip(), declared_at=held.now)
        held.case.assignee = to
        held.told = {"to": to.pk if to is not None else None}
    return case


def hand_to_office(*, case: Case, by: Any, version: int, to: Office, reason: str) -> OfficeHandOver:
    """Ask another office to take the case over in the stage where it stands; until it answers, this one handles it.

    A directorate hands over to a directorate, a central service to any office of ours; never to an outside body.
    """
    with transition(case, Event.HAND_TO_OFFICE, by=by, version=version) as held:
        demand(reason=reason)
        _refuse_office(held, to)
        procedure = procedure_of(held.case)
        role = procedure.route[held.case.stage].by or usual_role(_kind(held.stage), to)
        asked = OfficeHandOver.objects.create(
            case=held.case,
            record=held.stage,
            from_office=held.stage.office,
            to_office=to,
            role=role,
            reason=reason.strip(),
            asked_by=by,
            asked_at=held.now,
        )
        held.told = {"from_office": held.stage.office.code, "to_office": to.code}
    return asked


def take_over(*, case: Case, by: Any, version: int) -> Case:
    """Accept a case for the office that was asked: it stands there now, and so will the later stages of that place."""
    with transition(case, Event.TAKE_OVER, by=by, version=version) as held:
        asked = _asked(held)
        _answer(held, asked, Answer.TAKEN, "")
        before = held.stage
        close_stage(held, note=asked.reason, ending=StageRecord.Ending.HANDED_OVER, keep=True)
        procedure, index = procedure_of(held.case), held.case.stage
        chosen = before.kind != State.CHOICE
        situation = situation_of(held.case, procedure)
        record = open_at(
            held.case, procedure, situation, index, procedure.route[index], held.now, chosen=chosen, kept=before.answers
        )
        record.office, record.role = asked.to_office, asked.role
        record.due_on, record.silence, record.asking_office = before.due_on, before.silence, before.asking_office
        record.save(update_fields=["office", "role", "due_on", "silence", "asking_office"])
        held.case.office = asked.to_office
        held.told = {"from_office": asked.from_office.code, "to_office": asked.to_office.code}
    return case


def give_back(*, case: Case, by: Any, version: int, note: str) -> Case:
    """Decline to take a case over, with a reason; it stays with the office that asked."""
    with transition(case, Event.GIVE_BACK, by=by, version=version) as held:
        demand(note=note)
        asked = _asked(held)
        _answer(held, asked, Answer.GIVEN_BACK, note.strip())
        held.told = {"from_office": asked.from_office.code, "to_office": asked.to_office.code}
    return case


def _kind(record: StageRecord) -> State:
    return State.INSTRUCTION if record.kind == State.CHOICE else State(record.kind)


def _refuse_office(held: Held, to: Office) -> None:
    from_office = held.stage.office
    within = from_office.kind == Office.Kind.CENTRAL or to.kind == from_office.kind
    if open_hand_over(held.case) is not None:
        raise Refused({"to": [_("Another office was already asked, and has not answered yet.")]})
    if held.stage.is_of_concerned or to.pk == from_office.pk or not to.is_open:
        raise Refused({"to": [_("Choose another office that is open.")]})
    if to.kind == Office.Kind.OUTSIDE or not within:
        raise Refused({"to": [_("This office does not handle this kind of step. Choose another one.")]})


def _asked(held: Held) -> OfficeHandOver:
    asked = open_hand_over(held.case)
    if asked is None:
        raise IllegalMove(held.case.state, held.event)
    return asked


def _answer(held: Held, asked: OfficeHandOver, answer: str, note: str) -> None:
    asked.answer, asked.note, asked.answered_by, asked.answered_at = answer, note, held.by, held.now
    asked.save(update_fields=["answer", "note", "answered_by", "answered_at"])
