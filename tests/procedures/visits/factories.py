"""Offices, inspectors and cases that wait for a visit, each named after the situation it makes."""

import uuid
from typing import Any

from django.utils import timezone

from procedures.cases import services as cases
from procedures.cases.models import Case
from procedures.offices.models import Role
from procedures.resolving import resolve
from procedures.rules import Situation
from procedures.testing import sample_answers
from procedures.visits import services
from procedures.visits.answering import Brought
from procedures.visits.models import Checklist, Item, Visit
from tests.procedures.kernel.factories import a_person, staff_of, the_directorate
from tests.visited.installed import CODE

PLACE = {"place_name": "مركز الياسمين", "place_address": "12 نهج قرطاج، تونس"}


def file(applicant: Any, *, place: str = "TN-11", **changes: Any) -> Case:
    day = timezone.localdate()
    procedure = resolve(CODE, on=day)
    answers = sample_answers(procedure, on=day, **{"asking": {"governorate": place} | changes})
    return cases.file_case(
        draft_id=uuid.uuid4(),
        procedure=procedure,
        answers=answers,
        situation=Situation(procedure, answers, on=day),
        applicant=applicant,
        language="fr",
        on=timezone.now(),
    )


def all_conform(visit: Visit, **changes: str) -> dict[str, str]:
    """Every line of the list answered, as it should be unless said."""
    assert visit.edition is not None
    good = {Item.Kind.CONFORMS: "yes", Item.Kind.COUNT: "4", Item.Kind.MEASUREMENT: "25", Item.Kind.TEXT: "Seen."}
    answers = {f"item-{item.code}": good.get(item.kind, "") for item in visit.edition.items.all()}
    return answers | {name.replace("__", "-"): value for name, value in changes.items()}


class Inspectorate:
    """A directorate with two inspectors and a director, and another that has nothing to do with its cases."""

    def __init__(self, region: Any = None) -> None:
        self.region, self.elsewhere = region or the_directorate(), the_directorate("TN-82")
        self.desk = staff_of(self.region, Role.DESK_OFFICER, "Dora")
        self.ines = staff_of(self.region, Role.INSPECTOR, "Ines")
        self.imed = staff_of(self.region, Role.INSPECTOR, "Imed")
        self.director = staff_of(self.region, Role.REGIONAL_DIRECTOR, "Rania")
        self.stranger = staff_of(self.elsewhere, Role.INSPECTOR, "Sami")
        self.applicant = a_person("Amel")
        self.checklist = Checklist.objects.get(code="premises")

    def second_director(self) -> Any:
        """Whoever signs what the director prepared."""
        return staff_of(self.region, Role.REGIONAL_DIRECTOR, "Ridha")

    def at_visit(self, **changes: Any) -> Case:
        case = file(self.applicant, **changes)
        return cases.accept_completeness(case=case, by=self.desk, version=case.version)

    def planned(self, case: Case | None = None, **changes: Any) -> Visit:
        given = {
            "case": case or self.at_visit(),
            "by": self.director,
            "checklist": self.checklist,
            "planned_on": timezone.localdate(),
            "lead": self.ines,
            "announced": True,
        }
        return services.plan_visit(**given | PLACE | changes)

    def begun(self, **changes: Any) -> Visit:
        return services.begin_visit(visit=self.planned(**changes), by=self.ines)

    def answered(self, visit: Visit | None = None, **changes: str) -> Visit:
        visit = visit or self.begun()
        self.brings(visit, **all_conform(visit, **changes))
        return Visit.objects.get(pk=visit.pk)

    def brings(
        self,
        visit: Visit,
        by: Any = None,
        *,
        key: Any = None,
        device: str = "phone",
        seen: int = 999,
        keep: Any = None,
        **values: str,
    ) -> services.Received:
        named = {name.replace("__", "-"): value for name, value in values.items()}
        brought = Brought(named, device, seen, keep or {})
        return services.synchronise(visit=visit, by=by or self.ines, key=key or uuid.uuid4(), brought=brought)

    def reports(self, visit: Visit, by: Any = None, findings: Any = (), **changes: Any) -> Visit:
        given = {"visited_on": timezone.localdate(), "answers": {"seen": {"capacity": 40}}, "version": visit.version}
        return services.write_report(visit=visit, by=by or self.ines, findings=findings, **given | changes)

    def closed(self, **changes: Any) -> Visit:
        visit = self.reports(self.answered(self.begun(**changes)))
        return services.close_visit(visit=visit, by=self.ines, version=visit.version)
