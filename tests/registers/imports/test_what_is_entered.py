"""From a file to the registers: what each kind of table enters, what it refuses and why, and that it does so once."""

from datetime import date
from decimal import Decimal

import pytest

from procedures.audit.models import Entry
from procedures.jobs.models import Job
from registers.certificates.models import Certificate
from registers.imports import entering, services, staging
from registers.imports.models import Hold, ImportBatch, ImportRow
from registers.organisations.models import Organisation
from registers.people.models import Engagement, Identifier, Person
from registers.people.vault import vault
from registers.programmes.services import grant_homologation
from registers.structures.models import Structure
from registers.structures.selectors import status_of
from registers.structures.services import allow_speciality
from registers.training.models import AttendanceWeek, Enrolment, Result
from tests.registers.imports.factories import (
    CAUSE,
    UNTIL,
    School,
    a_table,
    a_trainee,
    by_office,
    entered,
    faults,
    read,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def school() -> School:
    return School()


def trainees(school: School, *rows: dict) -> ImportBatch:
    return read(school.bring("trainees", a_table("trainees", rows)))


def test_sound_rows_are_entered_once_and_the_cards_are_not_readable_in_the_database(school):
    rows = [a_trainee(number) for number in range(1, 4)]
    batch = trainees(school, *rows, a_trainee(4, birth_date="31/02/2004"))
    assert (batch.state, batch.counts["sound"], batch.counts["faulty"]) == ("ready", 3, 1)
    assert Person.objects.count() == 0
    entered(batch)
    assert (batch.state, batch.counts["entered"], batch.counts["faulty"]) == ("entered", 3, 1)
    assert [each.batch for each in Enrolment.objects.filter(session=school.group)] == [batch.pk] * 3
    assert set(batch.rows.values_list("state", flat=True)) == {"entered", "faulty"}
    cards = [vault().open(row.kind, row.country, row.value, row.key_id) for row in Identifier.objects.all()]
    assert sorted(cards) == ["08000001", "08000002", "08000003"]
    assert not any("8000004" in value for row in ImportRow.objects.values() for value in map(str, row.values()))
    again = trainees(school, *rows, a_trainee(5))
    assert (again.counts["already"], again.counts["sound"]) == (3, 1)
    entered(again)
    assert Enrolment.objects.count() == Person.objects.count() == 4


def test_everything_or_nothing_enters_nothing_while_a_row_has_a_fault(school):
    batch = trainees(school, a_trainee(1), a_trainee(2, sex="?"))
    with pytest.raises(services.StillFaulty):
        services.decide_import(batch=batch, mode="all", by=school.director)
    assert not Job.objects.filter(kind="imports.enter").exists()
    assert not Hold.objects.exists()


def test_everything_or_nothing_looks_again_before_the_first_row_is_entered(school):
    batch = trainees(school, *(a_trainee(number) for number in range(1, 9)))
    services.decide_import(batch=batch, mode="all", by=school.director)
    school.group.places = 7  # somebody else took places since the table was read
    school.group.save()
    entering.enter(batch_id=batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.counts["faulty"], Enrolment.objects.count()) == ("ready", 1, 0)
    assert faults(batch) == {9: [("group", "group_full")]}
    assert not Hold.objects.exists()


def test_a_row_that_turned_faulty_since_it_was_read_is_left_out_and_says_why(school):
    batch = trainees(school, a_trainee(1), a_trainee(2))
    school.group.places = 1
    school.group.save()
    entered(batch)
    assert (batch.counts["entered"], batch.counts["refused"]) == (1, 1)
    assert faults(batch) == {3: [("group", "group_full")]}


@pytest.mark.parametrize(
    ("changes", "column", "code"),
    [
        ({"id_number": "1234567O"}, "id_number", "cin_letter"),
        ({"id_number": "12"}, "id_number", "cin"),
        ({"id_number": ""}, "id_number", "missing"),
        ({"id_kind": "passport", "id_number": "A1"}, "id_number", "passport"),
        ({"birth_date": "31/02/2004"}, "birth_date", "day"),
        ({"birth_date": "01/01/2027"}, "birth_date", "day_later"),
        ({"birth_date": "01/01/1819"}, "birth_date", "day_early"),
        ({"birth_date": "12/09/2012"}, "birth_date", "too_young"),
        ({"birth_date": "12/09/1930"}, "birth_date", "too_old"),
        ({"first_ar": "Amira"}, "first_ar", "arabic"),
        ({"last_lat": "المثالي"}, "last_lat", "latin"),
        ({"last_lat": "x" * 61}, "last_lat", "too_long"),
        ({"first_ar": "أمي\u202eرة"}, "first_ar", "invisible"),
        ({"first_ar": "#NAME?"}, "first_ar", "sheet_error"),
        ({"sex": "peut-être"}, "sex", "not_in_list"),
        ({"nationality": "Tunisi"}, "nationality", "near"),
        ({"group": "2026-Z"}, "group", "group"),
        ({"structure": "99-99999-9"}, "structure", "structure"),
        ({"entered_on": "01/08/2026"}, "entered_on", "day_outside"),
    ],
)
def test_each_fault_is_found_at_its_row_and_column(school, changes, column, code):
    batch = trainees(school, a_trainee(1), a_trainee(2, **changes))
    assert faults(batch) == {3: [(column, code)]}
    assert batch.counts["sound"] == 1


def test_a_number_that_stands_twice_is_a_fault_of_the_second_row(school):
    batch = trainees(school, a_trainee(1), a_trainee(2), a_trainee(1))
    assert faults(batch) == {4: [("id_number", "twice")]}
    assert batch.rows.get(line=4).errors[0]["values"] == {"row": 2}


def test_a_number_that_the_register_knows_for_somebody_else_is_a_fault(school):
    entered(trainees(school, a_trainee(1), a_trainee(2)))
    school.open_group("2026-B")
    batch = trainees(
        school,
        a_trainee(1, group="2026-B", birth_date="01/01/2000"),
        a_trainee(2, group="2026-B", first_ar="كريم", first_lat="Karim", last_lat="Zerouali", last_ar="الزروالي"),
    )
    assert faults(batch) == {2: [("birth_date", "other_person")], 3: [("id_number", "name_differs")]}


def test_rows_beyond_the_places_of_a_group_are_faults(school):
    batch = trainees(school, *(a_trainee(number) for number in range(1, 13)))
    assert faults(batch) == {line: [("group", "group_full")] for line in (12, 13)}


def test_a_director_writes_for_the_structures_of_the_organisation_only(school):
    other = School("2026-B")
    rows = [a_trainee(1, structure=other.structure.number, group="2026-B"), a_trainee(2, structure="")]
    assert faults(trainees(school, *rows)) == {2: [("structure", "structure")]}
    mine = read(by_office("trainees", a_table("trainees", rows)))
    assert faults(mine) == {3: [("structure", "structure_missing")]}


def test_somebody_who_left_the_organisation_enters_nothing_any_more(school):
    batch = trainees(school, a_trainee(1))
    services.decide_import(batch=batch, mode="valid", by=school.director)
    school.organisation.staff.update(until=date(2026, 4, 1))
    entering.enter(batch_id=batch.pk)
    assert Enrolment.objects.count() == 0
    assert faults(batch) == {2: [("structure", "structure_missing")]}


def test_of_two_imports_of_one_group_the_second_waits_and_loses_nothing(school):
    first, second = trainees(school, a_trainee(1)), trainees(school, a_trainee(2))
    services.decide_import(batch=first, mode="valid", by=school.director)
    with pytest.raises(services.Busy):
        services.decide_import(batch=second, mode="valid", by=school.director)
    second.refresh_from_db()
    assert (second.state, second.counts["sound"]) == ("ready", 1)
    entering.enter(batch_id=first.pk)
    assert entered(second).counts["entered"] == 1
    assert Enrolment.objects.count() == 2
    assert not Hold.objects.exists()


def test_work_that_is_done_again_changes_nothing(school):
    batch = trainees(school, a_trainee(1), a_trainee(2))
    before = list(batch.rows.values_list("line", "state"))
    staging.stage(batch_id=batch.pk)
    assert list(batch.rows.values_list("line", "state")) == before
    entered(batch)
    entering.enter(batch_id=batch.pk)
    ImportBatch.objects.update(state="entering")
    entering.enter(batch_id=batch.pk)
    assert Enrolment.objects.count() == Person.objects.count() == 2
    batch.refresh_from_db()
    assert (batch.state, batch.counts["entered"]) == ("entered", 2)


def test_a_decision_is_taken_once_and_a_cancelled_table_leaves_nothing(school):
    batch = trainees(school, a_trainee(1))
    services.cancel_import(batch=batch, by=school.director)
    assert ImportRow.objects.count() == 0
    with pytest.raises(services.NotWaiting):
        services.decide_import(batch=batch, mode="valid", by=school.director)
    again = trainees(school, a_trainee(1))
    with pytest.raises(services.FileRefused):
        school.bring("trainees", a_table("trainees", [a_trainee(1)]))
    entered(again)
    with pytest.raises(services.NotWaiting):
        services.cancel_import(batch=again, by=school.director)


def test_a_table_that_cannot_be_read_says_so_and_keeps_no_row(school):
    rows = [a_trainee(1)]
    rows[0].pop("sex")
    batch = read(school.bring("trainees", a_table("trainees", rows)))
    assert (batch.state, batch.refusal) == ("refused", {"code": "missing_columns", "values": {"columns": ["sex"]}})
    assert batch.rows.count() == 0


def test_the_chain_knows_each_step_and_no_name(school):
    entered(trainees(school, a_trainee(1)))
    entries = Entry.objects.filter(action__startswith="import.").order_by("seq")
    assert [entry.action for entry in entries] == ["import.received", "import.decided", "import.entered"]
    assert not any(name in str(entry.data) for entry in Entry.objects.all() for name in ("أميرة", "Amira", "8000001"))


def test_attendance_is_counted_by_week_and_a_day_in_it_is_taken_for_its_monday(school):
    entered(trainees(school, a_trainee(1)))
    row = {"group": "2026-A", "id_number": "08000001", "week": "07/10/2025", "hours": "28,5"}
    rows = [
        row,
        row | {"week": "13/10/2025", "hours": "99"},
        row | {"week": "03/02/2025"},
        row | {"id_number": "09999999"},
    ]
    batch = read(school.bring("attendance", a_table("attendance", rows)))
    assert faults(batch) == {
        3: [("hours", "hours")],
        4: [("week", "day_outside")],
        5: [("id_number", "not_in_group")],
    }
    assert batch.counts["repairs"] == {"monday": [1, 2], "decimal": [1, 2]}
    entered(batch)
    week = AttendanceWeek.objects.get()
    assert (week.week, week.hours) == (date(2025, 10, 6), Decimal("28.5"))
    assert read(school.bring("attendance", a_table("attendance", [row]))).counts["already"] == 1


def test_results_take_a_mark_or_the_word_for_absent(school):
    entered(trainees(school, a_trainee(1), a_trainee(2), a_trainee(3)))
    row = {"group": "2026-A", "id_number": "08000001", "held_on": "20/03/2026", "mark": "12,5"}
    rows = [row, row | {"id_number": "08000002", "mark": "غائب"}, row | {"id_number": "08000003", "mark": ""}]
    batch = read(school.bring("results", a_table("results", rows)))
    assert faults(batch) == {4: [("mark", "missing")]}
    entered(batch)
    marks = Result.objects.order_by("pk").values_list("mark", "passed")
    assert list(marks) == [(Decimal("12.50"), True), (None, False)]
    again = read(school.bring("results", a_table("results", [row, row | {"id_number": "08000003", "mark": "9"}])))
    assert (again.counts["already"], again.counts["sound"]) == (1, 1)


def test_trainers_are_engaged_and_overlapping_engagements_are_refused(school):
    who = {name: value for name, value in a_trainee(1).items() if name not in ("group", "entered_on")}
    row = who | {"since": "01/09/2024", "until": "", "contract": "بالساعة", "hours": "12", "diploma": "إجازة"}
    batch = read(school.bring("trainers", a_table("trainers", [row, row | {"since": "01/09/2025"}])))
    assert faults(batch) == {}
    entered(batch)
    assert faults(batch) == {3: [("since", "engaged")]}
    assert Engagement.objects.get().subject.qualifications == [{"diploma": "إجازة"}]
    other = read(school.bring("trainers", a_table("trainers", [row | {"since": "01/10/2025", "until": "01/09/2025"}])))
    assert faults(other) == {2: [("until", "order"), ("since", "engaged")]}


def test_a_certificate_counts_as_homologated_only_where_the_register_covers_it(school):
    who = {name: value for name, value in a_trainee(1).items() if name not in ("group", "entered_on")}
    row = who | {"programme": school.programme.code, "paper_number": "2021/7", "issued_on": "30/06/2021"}
    allow_speciality(CAUSE, structure=school.structure, speciality=school.programme.speciality, since=date(2020, 1, 2))
    grant_homologation(CAUSE, offer=school.offer, since=date(2022, 1, 1), until=UNTIL, diploma="CAP")
    yes = row | {"homologated": "نعم", "paper_number": "2021/8"}
    rows = [row, yes, yes | {"issued_on": "30/06/2023", "paper_number": "2023/9"}, row | {"programme": "X-1"}]
    rows[3]["paper_number"] = "2021/10"
    batch = read(school.bring("certificates", a_table("certificates", rows)))
    assert faults(batch) == {3: [("homologated", "may_not_give")], 5: [("programme", "programme")]}
    entered(batch)
    found = Certificate.objects.order_by("paper_number").values_list("paper_number", "homologated", "source")
    assert list(found) == [("2021/7", False, "import"), ("2023/9", True, "import")]
    assert read(school.bring("certificates", a_table("certificates", [row]))).counts["already"] == 1


def test_structures_are_brought_by_the_administration_with_their_owners(school):
    row = {
        "legacy_number": "12/2019",
        "name_ar": "هيكل النخيل",
        "tax_number": "9876543/P/A/M/000",
        "governorate": "قفصة",
        "opened_on": "15/09/2019",
        "kinds": "initial, continuing",
        "capacity": "80",
    }
    rows = [row, row | {"legacy_number": "13/2019", "governorate": "Gafssa"}, row | {"name_ar": "غيره"}]
    batch = read(by_office("structures", a_table("structures", rows)))
    assert faults(batch) == {3: [("governorate", "near")], 4: [("legacy_number", "twice")]}
    entered(batch)
    structure = Structure.objects.get(legacy_number="12/2019")
    assert (structure.place_id, structure.kinds) == ("TN-71", ["continuing", "initial"])
    assert status_of(structure, date(2026, 4, 1)) == "active"
    assert structure.organisation == Organisation.objects.get(tax_number="9876543P")
    assert read(by_office("structures", a_table("structures", [row]))).counts["already"] == 1
