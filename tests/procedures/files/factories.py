"""A structure with people who answer for it, a directorate with its inspector and director, and files about them."""

import uuid
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from procedures.cases import services
from procedures.cases.models import Case
from procedures.offices.models import Role
from procedures.resolving import resolve
from procedures.rules import Situation
from procedures.testing import sample_answers, sample_stage_answers
from registers.organisations.models import Organisation, Staff
from registers.structures.models import Structure
from tests.procedures.evidence.corpus import pdf
from tests.procedures.kernel.factories import a_person, staff_of, the_central_service, the_directorate
from tests.registers.factories import a_structure, an_owner

REPLY = {"reply": {"stand": "in_part", "answer": "Les extincteurs sont remplacés."}}


class Directorate:
    """Of a governorate: two inspectors, a director, a structure whose owner has an account, one without any."""

    def __init__(self, place: str = "TN-81") -> None:
        self.office = the_directorate(place)
        self.inspector = staff_of(self.office, Role.INSPECTOR, "Ines")
        self.colleague = staff_of(self.office, Role.INSPECTOR, "Iyed")
        self.director = staff_of(self.office, Role.REGIONAL_DIRECTOR, "Rached")
        self.desk = staff_of(self.office, Role.DESK_OFFICER, "Dora")
        self.elsewhere = staff_of(the_directorate("TN-82"), Role.INSPECTOR, "Emna")
        self.owner = a_person("Hela")
        self.body: Organisation = an_owner()
        Staff.objects.create(organisation=self.body, person=self.owner, role="owner", since=date(2020, 1, 1))
        self.structure: Structure = a_structure(place=place, organisation=self.body)

    def opens(self, code: str, *, by: Any = None, structure: Structure | None = None, **more: Any) -> Case:
        """A file about the structure, opened by the inspector."""
        number = (structure or self.structure).number
        return opened(code, by or self.inspector, {"target": {"structure": number}}, **more)


def the_equivalence_service() -> tuple[Any, Any]:
    """An officer who opens a revocation, and who signs it."""
    office = the_central_service()
    return staff_of(office, Role.CENTRAL_OFFICER, "Omar"), staff_of(office, Role.MINISTER_DELEGATE, "Dalila")


def opened(
    code: str,
    by: Any,
    target: dict[str, Any],
    *,
    sample: str = "",
    papers: Any = None,
    key: uuid.UUID | None = None,
    **changes: Any,
) -> Case:
    now = timezone.now()
    day = timezone.localdate(now)
    procedure = resolve(code, on=day)
    chosen = sample or procedure.samples[0].code
    answers = sample_answers(procedure, sample=chosen, on=day, **(target | changes))
    if papers is None:
        papers = {each.code: [a_paper()] for each in procedure.papers if not each.at and not each.optional}
    return services.open_file(
        draft_id=key or uuid.uuid4(),
        procedure=procedure,
        answers=answers,
        situation=Situation(procedure, answers, on=day),
        by=by,
        language="fr",
        on=now,
        papers=papers,
    )


def a_paper(name: str = "preuve.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf(), content_type="application/pdf")


def prepares(case: Case, by: Any, kind: str, *, reasons: tuple[str, ...] = (), **more: Any) -> Any:
    procedure = resolve(case.procedure)
    case.refresh_from_db()
    answers = sample_stage_answers(procedure, procedure.route[case.stage].name, "fr")
    said = {"answers": answers, "reasons": reasons} | more
    return services.prepare_decision(case=case, by=by, version=case.version, kind=kind, **said)


def signs(case: Case, by: Any) -> Case:
    case.refresh_from_db()
    return services.sign(case=case, by=by, version=case.version)


def answers_in_writing(case: Case, by: Any, **more: Any) -> Case:
    return services.record_opinion(case=case, by=by, version=None, answers=REPLY, **more)


def in_days(number: int) -> str:
    return (timezone.localdate() + timedelta(days=number)).isoformat()
