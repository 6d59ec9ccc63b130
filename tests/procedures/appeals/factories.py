"""A house with a service above it that hears its appeals, and two people in that service."""

from typing import Any

from procedures.cases import services
from procedures.cases.models import Case
from procedures.offices.models import Office, Role
from procedures.offices.services import open_office
from procedures.resolving import resolve
from procedures.serving.services import note_opened
from procedures.testing import posted, sample_answers, sample_stage_answers
from procedures.wizard.contesting import begin_appeal
from procedures.wizard.filing import file_draft
from procedures.wizard.models import Draft
from tests.procedures.kernel.factories import House, staff_of

APPEAL = "administrative_appeal"
REASON = "body_not_recognised"


class Tribunal(House):
    """Omar prepares and Dalila signs in the house; Jamila and Nizar hear the appeals of its central service."""

    def __init__(self) -> None:
        super().__init__()
        names = dict.fromkeys(("ar", "fr", "en"), "Appeals service")
        self.above = open_office(code="appeals", kind=Office.Kind.CENTRAL, names=names)
        Office.objects.filter(pk__in=(self.region.pk, self.central.pk)).update(above=self.above)
        self.jurist = staff_of(self.above, Role.CENTRAL_OFFICER, "Jamila")
        self.judge = staff_of(self.above, Role.MINISTER_DELEGATE, "Nizar")

    def refused(self, **changes: Any) -> Case:
        """A case that Omar and Dalila refused; nobody was told yet."""
        case = self.at_signature(kind="refuse", reasons=(REASON,), **changes)
        services.sign(case=case, by=self.delegate, version=case.version)
        case.refresh_from_db()
        return case

    def opened(self, **changes: Any) -> Case:
        """A refused case whose page the applicant opened today."""
        case = self.refused(**changes)
        note_opened(case=case, by=self.applicant)
        return case

    def begun(self, case: Case, *, by: Any = None) -> Draft:
        """An appeal with every answer given, ready to be filed."""
        return filled(begin_appeal(case=case, by=by or self.applicant))

    def appealed(self, case: Case | None = None) -> Case:
        """The appeal, filed, before the officers of the service above."""
        return filed(self.begun(case or self.opened()), self.applicant)

    def decides_appeal(self, appeal: Case, *, kind: str = "grant", reasons: tuple[str, ...] = ()) -> Case:
        """Jamila examines and prepares, Nizar signs."""
        services.close_instruction(case=appeal, by=self.jurist, version=appeal.version, answers={})
        answers = sample_stage_answers(resolve(APPEAL), "decision") if kind == "grant" else {}
        services.prepare_decision(
            case=appeal, by=self.jurist, version=appeal.version, kind=kind, reasons=reasons, answers=answers
        )
        services.sign(case=appeal, by=self.judge, version=appeal.version)
        appeal.refresh_from_db()
        return appeal


def filled(draft: Draft) -> Draft:
    """Every page as its person typed it."""
    procedure = resolve(draft.procedure)
    draft.answers = sample_answers(procedure)
    typed = posted(procedure, draft.answers)
    data = {name: value if isinstance(value, list) else [value] for name, value in typed.items()}
    for step in procedure.steps:
        draft.typed[step.code] = {"data": data, "at": 1}
        draft.done_steps.append(step.code)
    draft.save()
    return draft


def filed(draft: Draft, by: Any) -> Case:
    return file_draft(draft=draft, procedure=resolve(draft.procedure), by=by)
