"""An invented case taken to where it is wanted, through the services that real officers use, by invented colleagues."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.practice.people import colleague
from procedures.cases import services
from procedures.cases.models import Case, StageRecord
from procedures.cases.routing import code_of
from procedures.cases.selectors import open_stage
from procedures.cases.situations import procedure_of
from procedures.cases.states import State
from procedures.definition import Decision, Procedure, Stage
from procedures.refusal import Refusal
from procedures.testing import sample_stage_answers

MOST_STEPS = 20
NOTE = "حالة للتدريب · Cas d’entraînement"


@dataclass
class Walk:
    """One case on its way to a stage; whoever asked for it does none of the acts, so that theirs is left to them."""

    case: Case
    asked_by: Any
    procedure: Procedure = field(init=False)

    def __post_init__(self) -> None:
        self.procedure = procedure_of(self.case)

    def to(self, stage: str) -> StageRecord:
        """Act until the case stands at this stage. Raises Refusal where its route does not lead there."""
        for _step in range(MOST_STEPS):
            record = open_stage(self.case)
            if record is None:
                break
            if record.code == stage and self.case.state != State.CHOICE:
                return record
            act = ACTS.get(State(self.case.state))
            if act is None:
                break
            act(self, record)
            self.case.refresh_from_db()
        raise Refusal(_("This invented case does not reach that step. Choose another one."))

    def _by(self, record: StageRecord) -> Any:
        return colleague(record.office, record.role, besides={self.asked_by.pk})

    def _stage(self, record: StageRecord) -> Stage:
        return next(stage for stage in self.procedure.route if code_of(stage) == record.code)

    def _answers(self, record: StageRecord) -> dict[str, Any]:
        return sample_stage_answers(self.procedure, record.code)

    def _accept(self, record: StageRecord) -> None:
        services.accept_completeness(case=self.case, by=self._by(record), version=self.case.version)

    def _examine(self, record: StageRecord) -> None:
        services.close_instruction(
            case=self.case, by=self._by(record), version=self.case.version, answers=self._answers(record), note=NOTE
        )

    def _visit(self, record: StageRecord) -> None:
        services.record_visit(
            case=self.case, by=self._by(record), visited_on=timezone.localdate(), findings=[],
            answers=self._answers(record), note=NOTE,
        )  # fmt: skip

    def _give_opinion(self, record: StageRecord) -> None:
        services.record_opinion(
            case=self.case,
            by=self.case.applicant if record.is_of_concerned else self._by(record),
            version=self.case.version,
            answers=self._answers(record),
            note=NOTE,
        )

    def _deliberate(self, record: StageRecord) -> None:
        services.record_opinion_of_commission(
            case=self.case, by=self._by(record), version=self.case.version, held_on=timezone.localdate(),
            members=["عضو أول (تجريبي)", "عضو ثان (تجريبي)"], opinion=StageRecord.Opinion.FAVOURABLE,
            answers=self._answers(record), note=NOTE,
        )  # fmt: skip

    def _decide(self, record: StageRecord) -> None:
        stage = self._stage(record)
        kind = stage.kinds[0] if isinstance(stage, Decision) else ""
        reasons = [reason.code for reason in self.procedure.reasons if kind in reason.on][:1]
        services.prepare_decision(
            case=self.case, by=self._by(record), version=self.case.version, kind=kind, reasons=reasons,
            motivation=NOTE, answers=self._answers(record),
        )  # fmt: skip

    def _sign(self, record: StageRecord) -> None:
        prepared = {one for one in self.case.decisions.values_list("prepared_by", flat=True) if one}
        signer = colleague(record.office, record.role, besides={self.asked_by.pk, *prepared})
        services.sign(case=self.case, by=signer, version=self.case.version)

    def _leave_out(self, record: StageRecord) -> None:
        services.skip_stage(case=self.case, by=self._by(record), version=self.case.version, note=NOTE)


ACTS: dict[State, Callable[[Walk, StageRecord], None]] = {
    State.COMPLETENESS: Walk._accept,
    State.INSTRUCTION: Walk._examine,
    State.VISIT: Walk._visit,
    State.OPINION: Walk._give_opinion,
    State.COMMISSION: Walk._deliberate,
    State.DECISION: Walk._decide,
    State.SIGNATURE: Walk._sign,
    State.CHOICE: Walk._leave_out,
}
