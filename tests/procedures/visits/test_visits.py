"""The life of a visit: planned, made, reported, confirmed; what it found goes on with the case."""

import uuid
from datetime import date, timedelta

import pytest
from django.utils import timezone

from procedures.audit.models import Entry
from procedures.cases import services as cases
from procedures.cases.errors import IllegalMove, NotAllowed, Refused, StaleCase
from procedures.cases.models import Case
from procedures.cases.selectors import history
from procedures.checks import faults_of
from procedures.jobs.models import Job
from procedures.visits import services
from procedures.visits.models import Edition, Synchronisation, Visit
from procedures.visits.selectors import latest_edition, planned, visits_made
from procedures.visits.services.closing import Wrong
from registers.inspections.models import Visit as Inspection
from tests.registers.factories import a_structure
from tests.visited.procedure import PROCEDURE

pytestmark = pytest.mark.django_db


def hooks_promised() -> list[str]:
    return [job.payload["event"] for job in Job.objects.filter(kind="hook") if "visit" in job.payload["event"]]


def test_the_trial_procedure_is_sound():
    assert faults_of(PROCEDURE) == ()


@pytest.mark.parametrize("who", ["ines", "director"])
def test_an_inspector_or_the_director_plans_and_an_announced_visit_is_told(house, who):
    visit = house.planned(by=getattr(house, who))
    assert (visit.state, visit.inspectors) == ("planned", [house.ines])
    assert hooks_promised() == ["visit_planned"]
    assert list(planned(house.imed, since=date(2026, 1, 1))) == [visit]
    assert not planned(house.stranger, since=date(2026, 1, 1)).exists()
    assert not planned(house.imed, since=date(2026, 1, 1), mine=True).exists()


def test_a_visit_without_notice_is_told_to_nobody_and_does_not_show_in_the_history_of_the_case(house):
    visit = house.planned(announced=False)
    moved = timezone.localdate() + timedelta(days=3)
    services.reschedule_visit(
        visit=visit, by=house.ines, version=visit.version, planned_on=moved, lead=house.imed, reason="Ines is away."
    )
    assert hooks_promised() == []
    assert not [one for one in history(visit.case) if "visit" in one.action]


@pytest.mark.parametrize("who", ["desk", "stranger", "applicant"])
def test_nobody_else_plans(house, who):
    with pytest.raises(NotAllowed):
        house.planned(by=getattr(house, who))
    assert not Visit.objects.exists()


def test_whoever_is_behind_the_case_makes_no_visit_of_it(house):
    house.applicant = house.imed
    case = house.at_visit()
    with pytest.raises(NotAllowed):
        house.planned(case, by=house.imed)
    with pytest.raises(Refused) as refused:
        house.planned(case, second=house.imed)
    assert "second" in refused.value.faults


def test_a_plan_is_refused_by_field(house):
    wrong = {"planned_on": date(2026, 1, 1), "lead": house.stranger, "second": house.stranger, "place_name": " "}
    with pytest.raises(Refused) as refused:
        house.planned(**wrong)
    assert set(refused.value.faults) == {"planned_on", "lead", "second", "place_name"}


def test_one_visit_is_planned_at_a_time_and_another_once_it_is_called_off(house):
    visit = house.planned()
    with pytest.raises(NotAllowed, match="already"):
        house.planned(visit.case)
    with pytest.raises(Refused):
        services.call_off_visit(visit=visit, by=house.director, version=visit.version, reason=" ")
    services.call_off_visit(visit=visit, by=house.director, version=visit.version, reason="The road is flooded.")
    assert house.planned(visit.case).pk != visit.pk
    assert hooks_promised() == ["visit_planned"] * 3


def test_a_plan_changes_with_its_reason_and_nobody_overwrites_a_colleague(house):
    visit = house.planned()
    day = timezone.localdate() + timedelta(days=7)
    given = {"visit": visit, "by": house.ines, "planned_on": day, "lead": house.imed, "second": house.ines}
    services.reschedule_visit(version=visit.version, reason="Two are needed.", **given)
    with pytest.raises(StaleCase):
        services.reschedule_visit(version=visit.version, reason="Again.", **given)
    visit.refresh_from_db()
    assert (visit.planned_on, visit.lead, visit.second) == (day, house.imed, house.ines)
    assert [change.reason for change in visit.changes.all()] == ["Two are needed."]


def test_a_visit_keeps_the_edition_it_began_with(house):
    visit = house.begun()
    edition = services.begin_edition(checklist=house.checklist, by=house.director)
    services.publish_edition(edition=edition, by=house.director)
    visit = services.begin_visit(visit=visit, by=house.ines)
    assert visit.edition.number == 1
    assert latest_edition(house.checklist).number == 2
    assert house.begun(case=house.at_visit()).edition.number == 2


def test_only_its_inspectors_begin_and_answer(house):
    visit = house.planned()
    with pytest.raises(NotAllowed):
        services.begin_visit(visit=visit, by=house.imed)
    services.begin_visit(visit=visit, by=house.ines)
    for other in (house.imed, house.director, house.stranger):
        with pytest.raises(NotAllowed):
            house.brings(visit, by=other, item__exits="yes")


def test_the_same_key_is_received_once(house):
    visit, key = house.begun(), uuid.uuid4()
    first = house.brings(visit, key=key, item__exits="no")
    again = house.brings(visit, key=key, item__exits="yes")
    assert (first.repeated, again.repeated) == (False, True)
    visit.refresh_from_db()
    assert visit.answers["item-exits"] == "no"
    assert Synchronisation.objects.count() == 1
    assert Entry.objects.filter(action="visit.synchronise").count() == 1


def test_two_devices_merge_what_differs_and_ask_where_they_clash(house):
    visit = house.begun(second=house.imed)
    seen = visit.version
    house.brings(visit, device="one", seen=seen, item__exits="no", item__sign="yes")
    other = {"by": house.imed, "device": "two", "seen": seen}
    merged = house.brings(visit, **other, item__address="yes", item__sign="yes")
    assert (merged.clashes, merged.fresh["item-exits"]) == ((), "no")
    clash = house.brings(visit, **other, item__exits="yes", note__exits="Clear.")
    assert [(one.name, one.here, one.there, one.by) for one in clash.clashes] == [
        ("item-exits", "yes", "no", house.ines.pk)
    ]
    visit.refresh_from_db()
    assert "note-exits" not in visit.answers, "where there is a clash nothing is kept"
    house.brings(visit, **other, keep={"item-exits": "there"}, item__exits="yes", note__exits="Clear.")
    visit.refresh_from_db()
    assert (visit.answers["item-exits"], visit.answers["note-exits"]) == ("no", "Clear.")
    house.brings(visit, **other, keep={"item-exits": "here"}, item__exits="yes")
    visit.refresh_from_db()
    assert visit.answers["item-exits"] == "yes"


def test_a_device_does_not_clash_with_itself_when_an_answer_got_lost(house):
    visit = house.begun()
    seen = visit.version
    house.brings(visit, seen=seen, item__exits="no")
    assert not house.brings(visit, seen=seen, item__exits="yes").clashes


def test_a_report_names_each_failed_line_and_each_free_finding_with_its_remedy(house):
    visit = house.answered(item__exits="no", item__corridor="0,9", finding__1__text="Water on the stairs")
    due = timezone.localdate() + timedelta(days=30)
    found = [
        Wrong("corridor", "major", "Widen it.", due_on=due),
        Wrong("exits", "grave", "Clear them.", due_on=timezone.localdate()),
    ]
    with pytest.raises(Refused) as refused:
        house.reports(visit, findings=found)
    assert list(refused.value.faults) == ["findings"]
    with pytest.raises(Refused) as refused:
        house.reports(visit, findings=[*found, Wrong("free-1", "dire", " ", due_on=date(2026, 1, 1))])
    assert list(refused.value.faults) == ["severity-free-1", "remedy-free-1", "due-free-1"]
    visit = house.reports(visit, findings=[*found, Wrong("free-1", "minor", "Dry it.", "Water on the stairs")])
    assert visit.findings.count() == 3


def test_a_report_waits_for_every_answer_and_for_numbers_that_can_be_read(house):
    visit = house.answered(item__exits="", item__corridor="wide", item__classrooms="2.5")
    with pytest.raises(Refused) as refused:
        house.reports(visit, visited_on=date(2026, 1, 1))
    assert "visited_on" in refused.value.faults
    assert len(refused.value.faults["items"]) == 3


def test_closing_moves_the_case_on_with_what_was_found(house):
    structure = a_structure()
    visit = house.answered(house.begun(case=house.at_visit(structure=structure.number)), item__exits="no")
    visit = house.reports(visit, findings=[Wrong("exits", "grave", "Clear them.", due_on=date(2026, 12, 24))])
    services.close_visit(visit=visit, by=house.ines, version=visit.version)
    case = Case.objects.get(pk=visit.case_id)
    assert case.state == "decision"
    record = case.stages.get(kind="visit")
    finding = {"code": "exits", "severity": "grave", "due_on": "2026-12-24"}
    assert record.answers["visit_report"] == {"visited_on": "2026-11-18", "findings": [finding]}
    assert record.answers["seen"] == {"capacity": 40}
    assert [one.code for one in visits_made(case.pk)[0].findings] == ["exits"]
    services_done = list(Entry.objects.filter(action__startswith="case.record_visit").values_list("actor", flat=True))
    assert services_done == [house.ines.pk]
    cases.prepare_decision(case=case, by=house.director, version=case.version, kind="conform", motivation="x")
    case.refresh_from_db()
    signer = house.second_director()
    cases.sign(case=case, by=signer, version=case.version)
    [entered] = Inspection.objects.filter(structure=structure)
    assert (entered.visited_on, entered.inspector, entered.case) == (date(2026, 11, 18), house.ines, case)
    assert [(one.code, one.severity) for one in entered.findings.all()] == [("exits", "grave")]


def test_the_second_inspector_confirms_a_report_and_the_first_cannot(house):
    visit = house.reports(house.answered(house.begun(second=house.imed)))
    for other in (house.ines, house.director):
        with pytest.raises(NotAllowed):
            services.close_visit(visit=visit, by=other, version=visit.version)
    visit = services.reopen_report(visit=visit, by=house.imed, version=visit.version)
    visit = house.reports(visit, by=house.imed)
    visit = services.close_visit(visit=visit, by=house.ines, version=visit.version)
    assert (visit.state, visit.closed_by, visit.case.state) == ("closed", house.ines, "decision")
    with pytest.raises(NotAllowed):
        house.brings(visit, item__exits="no")


def test_a_report_whose_case_waits_for_its_applicant_is_not_closed(house):
    visit = house.reports(house.answered())
    case = Case.objects.get(pk=visit.case_id)
    item = {"path": "asking.secret", "reason": "incomplete", "note": "More."}
    cases.ask_correction(case=case, by=house.ines, version=case.version, items=[item])
    with pytest.raises(IllegalMove):
        services.close_visit(visit=visit, by=house.ines, version=visit.version)
    visit.refresh_from_db()
    assert visit.state == "reported"


def test_what_stands_on_a_published_edition_stays(house):
    edition = Edition.objects.get(checklist=house.checklist)
    item = edition.items.first()
    with pytest.raises(services.checklists.ChecklistRefused):
        services.remove_item(item=item, by=house.director)


def test_nothing_of_what_was_seen_stands_in_the_audit_chain(house):
    house.answered(remarks="The owner Amel was rude", note__exits="A wardrobe stands before it")
    told = str(list(Entry.objects.values_list("data", flat=True)))
    assert "Amel" not in told
    assert "wardrobe" not in told
    assert "الياسمين" not in told
