"""What every transition shares: lock the row, check version, state and policy, change stages, put it on record."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procedures.audit.selectors import entries_about
from procedures.audit.services import append
from procedures.cases import routing
from procedures.cases.access import may
from procedures.cases.errors import IllegalMove, NotAllowed, StaleCase
from procedures.cases.models import Case, StageRecord
from procedures.cases.readings import OF_A_CASE
from procedures.cases.selectors import open_stage
from procedures.cases.situations import situation_of
from procedures.cases.states import TABLE, Event, Move, State, Who
from procedures.definition import Procedure, Stage
from procedures.offices.models import Office

FASTER: dict[str, Promise | Callable[..., str]] = {
    "case.accept_completeness": gettext_lazy("Already accepted as complete by %(who)s at %(time)s."),
    "case.close_instruction": gettext_lazy("Examination already closed by %(who)s at %(time)s."),
    "case.record_opinion_of_commission": gettext_lazy("Opinion already recorded by %(who)s at %(time)s."),
    "case.prepare_decision": gettext_lazy("Already decided by %(who)s at %(time)s."),
    "case.sign": gettext_lazy("Already signed by %(who)s at %(time)s."),
    "case.send_back": gettext_lazy("Already sent back by %(who)s at %(time)s."),
    "case.ask_correction": gettext_lazy("A correction was already asked by %(who)s at %(time)s."),
    "case.return_correction": gettext_lazy("%(who)s returned the correction at %(time)s."),
    "case.withdraw": gettext_lazy("%(who)s withdrew the case at %(time)s."),
}


class Held:
    """A case whose row is locked, within one transition."""

    def __init__(self, case: Case, event: Event, by: Any, record: StageRecord | None) -> None:
        self.case, self.event, self.by, self.record = case, event, by, record
        self.now = timezone.now()
        self.told: dict[str, Any] = {}  # ids and codes for the audit chain

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
        append(action=f"case.{event}", subject=held.case, actor=by, data=told | held.told)
    case.refresh_from_db()


def _check(held: Held, version: int | None) -> None:
    case = held.case
    if version is not None and version != case.version:
        raise _stale(case)
    move: Move | None = TABLE[State(case.state)].get(held.event)
    if move is None:
        raise IllegalMove(case.state, held.event)
    if not may(held.by, case, held.event, move, held.record):
        why = _("A decision is signed by someone who did not prepare it.") if move.who is Who.SIGNER else ""
        raise NotAllowed(why)


def _stale(case: Case) -> StaleCase:
    entries = entries_about(case).filter(action__startswith="case.").exclude(action__in=OF_A_CASE)
    last = entries.order_by("-seq").first()
    if last is None:
        return StaleCase(_("The case has changed. Look at it again."), who="", at=None, action="")
    person = get_user_model().objects.filter(pk=last.actor).first() if last.actor else None
    who = str(person) if person else _("the portal")
    sentence = FASTER.get(last.action, gettext_lazy("The case was changed by %(who)s at %(time)s."))
    told = {"who": who, "time": time_format(timezone.localtime(last.at), "H:i")}
    return StaleCase(str(sentence) % told, who=who, at=last.at, action=last.action)


def open_at(
    case: Case,
    procedure: Procedure,
    situation: Any,
    index: int,
    stage: Stage,
    now: datetime,
    *,
    office: Office | None = None,
) -> None:
    """Let the case stand in a stage: state, office and role follow from it. The caller saves the case, and may know
    the `office`."""
    office = office or routing.office_of_stage(stage, procedure, situation)
    case.stage, case.state, case.office, case.assignee = index, routing.kind_of(stage), office, None
    StageRecord.objects.create(
        case=case,
        position=index,
        kind=case.state,
        code=routing.code_of(stage),
        office=office,
        role=routing.role_for(stage, office),
        opened_at=now,
    )


def close_stage(held: Held, *, answers: dict[str, Any] | None = None, note: str = "") -> None:
    """End the open passage; what it answered is kept with it."""
    record = held.stage
    record.closed_at, record.closed_by = held.now, held.by
    record.answers, record.note = answers or {}, note
    record.save(update_fields=["closed_at", "closed_by", "answers", "note"])


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
