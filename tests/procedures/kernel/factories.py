"""People, offices and cases of the equivalence procedure, each named after the situation it makes."""

import itertools
import uuid
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from procedures.cases import services
from procedures.cases.models import Case
from procedures.evidence.models import Upload
from procedures.offices.models import Office, Role
from procedures.offices.services import appoint, open_office
from procedures.resolving import resolve
from procedures.rules import Situation
from procedures.testing import sample_answers, sample_stage_answers
from registers.specialities.models import Speciality

CODE = "foreign_certificate_equivalence"
_count = itertools.count(1)


def a_person(name: str = "") -> Any:
    number = next(_count)
    return get_user_model().objects.create_user(
        f"person{number}-{uuid.uuid4().hex[:6]}@example.tn", name=name or f"P{number}"
    )


def the_directorate(place: str = "TN-11") -> Office:
    names = dict.fromkeys(("ar", "fr", "en"), f"Directorate {place}")
    return open_office(code=f"rd-{place[3:].lower()}", kind=Office.Kind.REGIONAL, place=place, names=names)


def the_central_service() -> Office:
    names = dict.fromkeys(("ar", "fr", "en"), "Equivalence service")
    return open_office(code="equivalence", kind=Office.Kind.CENTRAL, names=names)


def staff_of(office: Office, role: str, name: str = "") -> Any:
    person = a_person(name or role)
    appoint(person=person, office=office, role=role, since=date(2020, 1, 1))
    return person


class House:
    """The offices that the equivalence procedure needs, and one person in each role."""

    def __init__(self) -> None:
        names = {f"{part}_{language}": "Bakery" for part in ("sector", "name") for language in ("ar", "fr", "en")}
        Speciality.objects.get_or_create(code="BAK-1", defaults=names | {"invented": True})
        self.region, self.central = the_directorate(), the_central_service()
        self.desk = staff_of(self.region, Role.DESK_OFFICER, "Dora")
        self.officer = staff_of(self.central, Role.CENTRAL_OFFICER, "Omar")
        self.secretary = staff_of(self.central, Role.COMMISSION_SECRETARY, "Salma")
        self.delegate = staff_of(self.central, Role.MINISTER_DELEGATE, "Dalila")
        self.applicant = a_person("Amel")

    def files(self, *, applicant: Any = None, draft_id: Any = None, on: Any = None, **changes: Any) -> Case:
        """A filed case that stands at the completeness check of the directorate."""
        return file(applicant or self.applicant, draft_id=draft_id, on=on, **changes)

    def at_instruction(self, **changes: Any) -> Case:
        case = self.files(**changes)
        return services.accept_completeness(case=case, by=self.desk, version=case.version)

    def at_commission(self, **changes: Any) -> Case:
        case = self.at_instruction(**changes)
        answers = sample_stage_answers(resolve(CODE), "instruction")
        return services.close_instruction(case=case, by=self.officer, version=case.version, answers=answers)

    def at_decision(self, **changes: Any) -> Case:
        case = self.at_commission(**changes)
        return services.record_opinion_of_commission(
            case=case,
            by=self.secretary,
            version=case.version,
            held_on=timezone.localdate(),
            members=["Hedi", "Nour"],
            opinion="favourable",
        )

    def decides(self, case: Case, *, kind: str = "grant", by: Any = None, **more: Any) -> Any:
        answers = sample_stage_answers(resolve(CODE), "decision") if kind == "grant" else {}
        return services.prepare_decision(
            case=case, by=by or self.officer, version=case.version, kind=kind, answers=answers, **more
        )

    def at_signature(self, *, kind: str = "grant", reasons: tuple[str, ...] = (), **changes: Any) -> Case:
        case = self.at_decision(**changes)
        self.decides(case, kind=kind, reasons=reasons)
        return case


def file(applicant: Any, *, draft_id: Any = None, on: Any = None, **changes: Any) -> Case:
    moment = on or timezone.now()
    day = timezone.localdate(moment)
    procedure = resolve(CODE, on=day)
    answers = sample_answers(procedure, on=day, **({"contact": {"governorate": "TN-11"}} | changes))
    return services.file_case(
        draft_id=draft_id or uuid.uuid4(),
        procedure=procedure,
        answers=answers,
        situation=Situation(procedure, answers, on=day),
        applicant=applicant,
        language="fr",
        on=moment,
    )


def hand_in(case: Case, paper: str, row: str = "") -> Upload:
    return Upload.objects.create(
        case=case,
        paper=paper,
        row=row,
        name="x.pdf",
        kind="application/pdf",
        size=1,
        sha256="0" * 64,
        stored=f"x/{uuid.uuid4()}",
        state=Upload.State.CLEAN,
        received_from=case.applicant,
    )
