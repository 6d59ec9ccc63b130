"""The inbox: whose cases, in which order, and at what cost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from procedures.cases import services
from procedures.cases.models import Case
from procedures.offices.models import Role
from tests.portal.backoffice.factories import at_screen_of
from tests.procedures.kernel.factories import House, staff_of, the_directorate

pytestmark = pytest.mark.django_db
INBOX = "/en/office/"


@pytest.fixture
def house() -> House:
    return House()


def due(case: Case, days: int) -> None:
    case.due_on = timezone.localdate() + timedelta(days=days)
    case.save()


def numbers(answer) -> list[str]:
    return [row.case.number for row in answer.context["rows"]]


def test_an_officer_sees_the_cases_that_wait_in_their_office_and_no_others(house):
    case = house.files()
    elsewhere = staff_of(the_directorate("TN-82"), Role.DESK_OFFICER)

    assert numbers(at_screen_of(house.desk).get(INBOX)) == [case.number]
    assert numbers(at_screen_of(elsewhere).get(INBOX)) == []
    assert numbers(at_screen_of(house.officer).get(INBOX)) == []


def test_an_applicant_has_no_inbox(house):
    assert at_screen_of(house.applicant).get(INBOX).status_code == 404


def test_the_nearest_deadline_comes_first(house):
    later, sooner = house.at_instruction(), house.at_instruction()
    due(sooner, 1)

    assert numbers(at_screen_of(house.officer).get(INBOX)) == [sooner.number, later.number]


def test_the_counters_tell_late_near_waiting_and_with_the_applicant(house):
    late, near, asked = house.at_instruction(), house.at_instruction(), house.at_instruction()
    due(late, -7)
    due(near, 1)
    items = [{"path": "paper.transcripts", "reason": "unreadable", "note": "Page 2."}]
    services.ask_correction(case=asked, by=house.officer, version=asked.version, items=items)

    answer = at_screen_of(house.officer).get(INBOX)

    assert [counter.number for counter in answer.context["counters"]] == [1, 1, 2, 1]
    assert "Late by" in answer.content.decode()


def test_a_search_folds_arabic_letters(house):
    case = house.files(identity={"first_name_ar": "آمنة", "last_name_ar": "القابسي"})
    client = at_screen_of(house.desk)

    assert numbers(client.get(INBOX, {"q": "امنه"})) == [case.number]
    assert numbers(client.get(INBOX, {"q": case.number.lower()})) == [case.number]
    assert numbers(client.get(INBOX, {"q": "nobody"})) == []


def test_filters_stand_in_the_address(house):
    case, moved = house.files(), house.at_instruction()
    client = at_screen_of(house.desk)

    assert numbers(client.get(INBOX, {"state": "instruction"})) == [moved.number]
    assert numbers(client.get(INBOX, {"procedure": case.procedure})) == [case.number]
    assert numbers(client.get(INBOX, {"mine": "1"})) == []
    services.assign(case=case, by=house.desk, to=house.desk)
    assert numbers(client.get(INBOX, {"mine": "1"})) == [case.number]
    assert numbers(client.get(INBOX, {"state": "nonsense", "page": "99"})) == [case.number]


def test_a_long_list_has_pages_that_keep_the_filter(house):
    for _number in range(26):
        house.files()

    first = at_screen_of(house.desk).get(INBOX, {"state": "completeness"})

    assert len(first.context["rows"]) == 25
    assert "state=completeness&amp;after=" in first.content.decode()


def test_rows_cost_no_queries(house):
    client = at_screen_of(house.desk)
    house.files()
    client.get(INBOX)
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(INBOX)
    for _number in range(6):
        house.files()
    client.get(INBOX)  # what was kept for a while may have gone stale meanwhile, on a slow machine
    with CaptureQueriesContext(connection) as many:
        answer = client.get(INBOX)

    assert len(answer.context["rows"]) == 7
    assert len(many) <= len(one)
