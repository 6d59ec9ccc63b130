"""What every transition shares: lock the row, check version, state and policy, change stages, put it on record."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from procedures.audit.services import append
from procedures.calendar.services import day_after
from procedures.cases import routing
from procedures.cases.access import capacity_for
from procedures.cases.errors import IllegalMove, NotAllowed
from procedures.cases.models import Case, OfficeHandOver, StageRecord
from procedures.cases.parties import concerned_party
from procedures.cases.selectors import open_stage
from procedures.cases.services.faster import stale
from procedures.cases.situations import situation_of
from procedures.cases.states import Event, Move, State, Who, moves_of
from procedures.definition import Concerned, Procedure, Stage
from procedures.definition import Decision as DecisionStage
from procedures.events import announce
from procedures.jobs import services as jobs
from procedures.offices.delegating import Capacity
from procedures.offices.models import Office


class Held:
    """A case whose row is locked, within one transition."""

    def __init__(self, case: Case, event: Event, by: Any, record: StageRecord | None) -> None:
        self.case, self.event, self.by, self.record = case, event, by, record
        self.now = timezone.now()
        self.told: dict[str, Any] = {}  # ids and codes for the audit chain
        self.capacity = Capacity()  # in whose name: the person's own, or who gave them a delegation

    @property
    def stage(self) -> StageRecord:
        """The open passage through a stage; every state with an officer's move has one."""
        if self.record is None:
            raise IllegalMove(self.case.state, self.event)
        return self.record


@contextmanager
def transition(case: Case, event: Event, *, by: Any, version: int | None = None, bump: bool = True) -> Iterator[Held]:
    """One transition: the block changes the held case; saving, the new version and the audit entry follow it.

    Raises StaleCase, IllegalMove or NotAllowed before the block runs. `bump=False` leaves other people's open pages
    current: for acts that move nothing.
    """
    with transaction.atomic():
        held = Held(Case.objects.select_for_update().get(pk=case.pk), event, by, None)
        held.record = open_stage(held.case)
        _check(held, version)
        before = held.case.state
        yield held
        held.case.version += bump
        held.case.save()
        told = {"from": before, "to": held.case.state} if held.case.state != before else {}
        append(action=f"case.{event}", subject=held.case, actor=by, data=told | held.capacity.told | held.told)
    case.refresh_from_db()


def _check(held: Held, version: int | None) -> None:
    case = held.case
    if version is not None and version != case.version:
        raise stale(case)
    move: Move | None = moves_of(case.state, opened=case.opened_by_id is not None).get(held.event)
    if move is None:
        raise IllegalMove(case.state, held.event)
    capacity = capacity_for(held.by, case, move, held.record)
    if capacity is None:
        why = _("A decision is signed by someone who did not prepare it.") if move.who is Who.SIGNER else ""
        raise NotAllowed(why)
    held.capacity = capacity


def open_at(
    case: Case,
    procedure: Procedure,
    situation: Any,
    index: int,
    stage: Stage,
    now: datetime,
    *,
    office: Office | None = None,
    chosen: bool = False,
    by_itself: bool = True,
    kept: dict[str, Any] | None = None,
) -> StageRecord:
    """Let the case stand in a stage: state, office and role follow from it. The caller saves the case, and may know
    the `office`.

    Before an optional stage it stands at the choice, until an officer opens the stage (`chosen`) or leaves it out.
    An automatic decision is judged by the engine unless a person must take it (`by_itself` is False). `kept` are
    answers that were begun elsewhere in the same stage.
    """
    record = StageRecord(case=case, position=index, code=routing.code_of(stage), opened_at=now, answers=kept or {})
    if stage.optional and not chosen:
        record.kind, record.office = State.CHOICE, _home(case, procedure, situation)
        record.role = routing.usual_role(State.INSTRUCTION, record.office)
    else:
        record.kind = routing.kind_of(stage)
        record.office = settled_office(case, office or routing.office_of_stage(stage, procedure, situation))
        record.role = routing.role_for(stage, record.office)
        _set_deadline(record, stage, situation, now)
        if record.kind == State.OPINION:
            record.asking_office = _home(case, procedure, situation)
            _address(record, stage, case, situation)
    record.save()
    if record.kind == State.OPINION and isinstance(stage.at, Concerned):
        disclose(case, now)
        if record.is_of_concerned:
            announce("hearing_asked", key=str(record.pk), case_id=case.pk, record_id=record.pk)
    case.stage, case.state, case.office, case.assignee = index, record.kind, record.office, None
    if by_itself and record.kind == State.DECISION and isinstance(stage, DecisionStage) and stage.automatic is not None:
        promise_automatic(record)
    return record


def disclose(case: Case, now: datetime) -> None:
    """From now on those whom a file of the authority concerns see it; the caller saves the case."""
    if case.opened_by_id is not None and case.disclosed_at is None:
        case.disclosed_at = now


def settled_office(case: Case, office: Office) -> Office:
    """The office that stands in the place of another for this case, since it took the case over from it."""
    if case.version <= 1:
        return office  # nobody has touched it since it was filed
    taken = OfficeHandOver.objects.filter(case_id=case.pk, answer=OfficeHandOver.Answer.TAKEN).order_by("pk")
    for each in taken.select_related("to_office"):
        if each.from_office_id == office.pk:
            office = each.to_office
    return office


def promise_automatic(record: StageRecord) -> None:
    """Promise that the condition of an automatic decision is judged, once a passage, after this transaction."""
    jobs.add(
        kind="cases.decide", key=f"decide:{record.pk}", payload={"case_id": record.case_id, "record_id": record.pk}
    )


def _home(case: Case, procedure: Procedure, situation: Any) -> Office:
    """The office that decides, which asks the opinions and chooses the optional stages."""
    return settled_office(case, routing.office_for(procedure.authority, situation))


def _set_deadline(record: StageRecord, stage: Stage, situation: Any, now: datetime) -> None:
    deadline = stage.deadline
    if deadline is not None and situation.holds(deadline.when) is not False:
        record.due_on = day_after(timezone.localdate(now), deadline.within)
        record.silence = str(deadline.silence)


def _address(record: StageRecord, stage: Stage, case: Case, situation: Any) -> None:
    """Those concerned answer an opinion themselves, where they are the party that is asked."""
    if isinstance(stage.at, Concerned):
        party = concerned_party(stage.at, case, situation)
        record.person, record.organisation = party.person, party.organisation


def close_stage(
    held: Held, *, answers: dict[str, Any] | None = None, note: str = "", ending: str = "", keep: bool = False
) -> None:
    """End the open passage; what it answered is kept with it (`keep`: what was written in its checklist stays)."""
    record = held.stage
    record.closed_at, record.closed_by = held.now, held.by
    record.note, record.ending = note, ending
    if not keep:
        record.answers = answers or {}
    record.save(update_fields=["closed_at", "closed_by", "answers", "note", "ending"])
    record.hand_overs.filter(answer="").update(answer=OfficeHandOver.Answer.LAPSED, answered_at=held.now)


def next_stage(held: Held, procedure: Procedure) -> tuple[int, Stage] | None:
    """The stage after the present one that stays, by all answers given up to now; None at the end of the route."""
    situation = situation_of(held.case, procedure)
    return next(routing.stages_from(procedure, situation, held.case.stage + 1), None)


def advance(held: Held, procedure: Procedure) -> None:
    """Open the next stage. Only a route that ends before any decision has none: `check` refuses such a route."""
    following = next_stage(held, procedure)
    if following is None:
        raise IllegalMove(held.case.state, held.event)
    open_at(held.case, procedure, situation_of(held.case, procedure), *following, held.now)
