"""Visits and what they find; measures that hold for a time and change what a structure may do."""

from datetime import date

import pytest

from procedures.audit.models import Entry
from registers.history.services import PeriodsOverlap
from registers.inspections import errors, selectors
from registers.inspections.models import Finding, Measure, Visit
from registers.inspections.services import (
    GivenFinding,
    close_finding,
    lift_measure,
    plan_visit,
    record_inspection,
    record_visit,
    take_measure,
)
from registers.structures.errors import WrongStatus
from registers.structures.selectors import status_of
from tests.registers.factories import a_structure, by_case, by_hand

pytestmark = pytest.mark.django_db
PLANNED, VISITED = date(2026, 4, 20), date(2026, 4, 22)


def test_a_visit_is_planned_made_and_its_findings_are_mended():
    structure, case = a_structure(), by_case("inspection_mission")
    visit = plan_visit(case, structure=structure, planned_on=PLANNED, drawn=True)
    assert plan_visit(case, structure=structure, planned_on=PLANNED) == visit
    found = [
        GivenFinding("minor", "no_first_aid_box", due_on=date(2026, 6, 1)),
        GivenFinding("grave", "too_many_trainees", "Two groups in one room", date(2026, 5, 1)),
    ]
    record_visit(by_hand(), visit=visit, visited_on=VISITED, findings=found)
    with pytest.raises(errors.VisitedAlready, match="22 April 2026"):
        record_visit(by_hand(), visit=visit, visited_on=VISITED)
    assert [row.code for row in selectors.open_findings(structure)] == ["too_many_trainees", "no_first_aid_box"]
    assert [row.code for row in selectors.overdue_findings(date(2026, 5, 2))] == ["too_many_trainees"]
    grave = Finding.objects.get(severity="grave")
    close_finding(by_hand(), finding=grave, on=date(2026, 5, 3), note="One group moved.")
    with pytest.raises(errors.ClosedAlready):
        close_finding(by_hand(), finding=grave, on=date(2026, 5, 4))
    assert not selectors.overdue_findings(date(2026, 5, 20)).exists()
    assert selectors.visits_of(structure).get() == visit
    assert "Two groups" not in str(list(Entry.objects.values_list("data", flat=True)))


def test_what_a_case_found_is_entered_once_and_fills_the_visit_that_was_planned():
    structure, case = a_structure(), by_case("premises_check")
    planned = plan_visit(case, structure=structure, planned_on=PLANNED)
    given = {"structure": structure, "visited_on": VISITED, "findings": [GivenFinding("minor", "no_first_aid_box")]}
    entered = record_inspection(case, **given)
    assert (entered, record_inspection(case, **given)) == (planned, entered)
    record_inspection(by_hand(), **given)
    assert (Visit.objects.count(), Finding.objects.count()) == (2, 2)


def test_a_suspension_suspends_the_structure_and_lifting_it_resumes():
    structure, case = a_structure(), by_case("precautionary_suspension")
    measure = take_measure(case, structure=structure, kind="suspension", since=date(2026, 5, 1))
    assert take_measure(case, structure=structure, kind="suspension", since=date(2026, 5, 1)) == measure
    take_measure(by_case(), structure=structure, kind="notice", since=date(2026, 4, 1))
    assert status_of(structure, date(2026, 5, 1)) == "suspended"
    assert {row.kind for row in selectors.measures_on(structure, date(2026, 5, 1))} == {"suspension", "notice"}
    with pytest.raises(PeriodsOverlap):
        take_measure(by_case(), structure=structure, kind="suspension", since=date(2026, 6, 1))
    lift_measure(by_hand(), structure=structure, kind="suspension", on=date(2026, 7, 1))
    assert status_of(structure, date(2026, 7, 1)) == "active"
    assert [row.kind for row in selectors.measures_on(structure, date(2026, 7, 1))] == ["notice"]
    with pytest.raises(errors.NoSuchMeasure):
        lift_measure(by_hand(), structure=structure, kind="suspension", on=date(2026, 8, 1))


def test_a_closure_closes_for_good_and_a_refused_measure_leaves_nothing():
    structure = a_structure()
    take_measure(by_case("forced_closure"), structure=structure, kind="closure", since=date(2026, 5, 1))
    assert status_of(structure, date(2026, 5, 1)) == "closed"
    with pytest.raises(errors.NoSuchMeasure):
        lift_measure(by_hand(), structure=structure, kind="closure", on=date(2026, 6, 1))
    with pytest.raises(WrongStatus):
        take_measure(by_case(), structure=structure, kind="suspension", since=date(2026, 6, 1))
    assert (Measure.objects.count(), Visit.objects.count()) == (1, 0)
