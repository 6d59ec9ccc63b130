"""The inbox through its addresses, without a script: filters kept, acts on several cases, workload, absence."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from procedures.audit.models import Entry
from procedures.bulk.models import BulkAct
from procedures.cases import services
from procedures.cases.models import Case
from procedures.cases.states import State
from procedures.inboxes.models import Following, SavedFilter
from procedures.jobs.services import sweep
from procedures.offices.absences import record_absence
from procedures.offices.models import Role
from tests.portal.backoffice.factories import at_screen_of, page_of
from tests.procedures.kernel.factories import House, staff_of, the_directorate

pytestmark = pytest.mark.django_db
INBOX = "/en/office/"
MOST_QUERIES = 12
SESSION_AND_USER = ("django_session", "accounts_user")


@pytest.fixture
def house() -> House:
    return House()


def numbers(answer) -> list[str]:
    return [row.case.number for row in answer.context["rows"]]


@pytest.mark.parametrize("query", ["", "state=open", "state=any&q=amel", "due=late&assignee=me", "unread=1&followed=1"])
@pytest.mark.parametrize("role", ["desk", "officer", "delegate", "auditor"])
def test_a_page_asks_the_database_no_more_than_it_did(house, role, query):
    house.auditor = staff_of(house.central, Role.AUDITOR)
    for _number in range(3):
        house.files()
        house.at_instruction()
    client = at_screen_of(getattr(house, role))
    client.get(f"{INBOX}?{query}")
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"{INBOX}?{query}").status_code == 200
    ours = [each["sql"] for each in asked if not any(f'FROM "{name}"' in each["sql"] for name in SESSION_AND_USER)]
    assert len(ours) <= MOST_QUERIES, "\n".join(sql[:200] for sql in ours)


def test_a_filter_is_saved_without_the_words_sought_and_opened_again(house):
    case = house.files()
    client = at_screen_of(house.desk)

    client.post(f"{INBOX}filters/", {"name": "Mine", "query": "state=completeness&q=Amel&col=filed"})

    kept = SavedFilter.objects.get()
    assert kept.query == "state=completeness&col=filed"
    page = client.get(INBOX).content.decode()
    assert "Mine" in page
    assert numbers(client.get(f"{INBOX}?{kept.query}")) == [case.number]
    assert "Filed on" in client.get(f"{INBOX}?{kept.query}").content.decode()
    client.post(f"{INBOX}filters/{kept.public_id}/delete/")
    assert not SavedFilter.objects.exists()


def test_a_case_is_followed_and_no_longer(house):
    case = house.files()
    client = at_screen_of(house.desk)

    client.post(f"{INBOX}cases/{case.public_id}/follow/", {"follow": "1"})
    assert Following.objects.get().person == house.desk
    assert "Followed" in client.get(INBOX).content.decode()
    assert "Stop following" in client.get(page_of(case)).content.decode()
    client.post(f"{INBOX}cases/{case.public_id}/follow/", {"follow": "0"})
    assert not Following.objects.exists()
    elsewhere = staff_of(the_directorate("TN-82"), Role.DESK_OFFICER)
    assert at_screen_of(elsewhere).post(f"{INBOX}cases/{case.public_id}/follow/", {"follow": "1"}).status_code == 404


def test_a_case_is_followed_from_its_row_and_found_by_the_filter_of_what_is_followed(house):
    followed, other = house.files(), house.files()
    client = at_screen_of(house.desk)
    page = client.get(INBOX).content.decode()
    assert page.count('form="follow"') == 2
    assert f'formaction="{INBOX}cases/{followed.public_id}/follow/"' in page

    client.post(f"{INBOX}cases/{followed.public_id}/follow/", {"follow": "1", "query": "state=completeness"})

    assert numbers(client.get(f"{INBOX}?followed=1")) == [followed.number]
    assert sorted(numbers(client.get(INBOX))) == sorted([followed.number, other.number])


def test_an_opened_case_is_no_longer_new(house):
    case = house.files()
    client = at_screen_of(house.desk)
    assert [row.is_unread for row in client.get(INBOX).context["rows"]] == [True]

    client.get(page_of(case))

    assert [row.is_unread for row in client.get(INBOX).context["rows"]] == [False]


def test_several_cases_are_accepted_after_a_look_and_taken_back(house):
    chosen = [house.files(), house.files()]
    client = at_screen_of(house.desk)
    posted = {"act": "accept_completeness", "which": "chosen", "case": [str(case.public_id) for case in chosen]}

    asked = client.post(f"{INBOX}several/new/", posted)
    assert "2 cases are chosen." in asked.content.decode()
    client.post(f"{INBOX}several/new/", posted | {"told": "1", "note": "All seen"})
    bulk = BulkAct.objects.get()
    address = f"{INBOX}several/{bulk.public_id}/"
    assert client.get(address)["Refresh"]
    sweep(kinds=("bulk.foresee",))
    assert "Nothing is done yet" in client.get(address).content.decode()

    client.post(f"{address}order/")
    sweep(kinds=("bulk.carry_out",))
    assert set(Case.objects.values_list("state", flat=True)) == {State.INSTRUCTION}
    assert "You can undo this until" in client.get(address).content.decode()

    client.post(f"{address}undo/")
    sweep(kinds=("bulk.undo",))
    assert set(Case.objects.values_list("state", flat=True)) == {State.COMPLETENESS}
    assert client.get(address).content.decode().count("Taken back") == 2
    assert numbers(client.get(INBOX)) == [case.number for case in chosen]


def test_all_of_a_filter_is_what_the_person_may_open(house):
    here, other = house.files(), the_directorate("TN-82")
    house.files(contact={"governorate": "TN-82"})
    client = at_screen_of(house.desk)

    client.post(f"{INBOX}several/new/", {"act": "follow", "which": "all", "query": "state=any"})

    assert [item.case.number for item in BulkAct.objects.get().items.all()] == [here.number]
    assert Entry.objects.get(action="bulk.prepared").data["filter"] == {"state": "any"}
    stranger = staff_of(other, Role.DESK_OFFICER)
    address = f"{INBOX}several/{BulkAct.objects.get().public_id}/"
    assert at_screen_of(stranger).get(address).status_code == 404
    posted = {"act": "follow", "which": "chosen", "case": str(here.public_id)}
    at_screen_of(stranger).post(f"{INBOX}several/new/", posted)
    assert BulkAct.objects.count() == 1


def test_signing_several_asks_for_a_fresh_proof(house):
    case = house.at_signature(kind="refuse", reasons=("no_matching_level",))
    client = at_screen_of(house.delegate, seconds_ago=400)
    client.post(f"{INBOX}several/new/", {"act": "sign", "which": "chosen", "case": str(case.public_id)})
    sweep(kinds=("bulk.foresee",))

    answer = client.post(f"{INBOX}several/{BulkAct.objects.get().public_id}/order/")

    assert "reauthenticate" in answer["Location"]
    assert BulkAct.objects.get().state == BulkAct.State.READY


def test_the_cases_of_somebody_absent_go_to_whoever_has_least(house):
    director = staff_of(house.region, Role.REGIONAL_DIRECTOR)
    busy, idle = (staff_of(house.region, Role.DESK_OFFICER, name) for name in ("Busy", "Idle"))
    held = [house.files() for _number in range(3)]
    for case in held:
        services.assign(case=case, by=house.desk, to=house.desk)
    for _number in range(2):
        services.assign(case=house.files(), by=house.desk, to=busy)
    today = timezone.localdate()
    record_absence(person=house.desk, since=today, until=today + timedelta(days=5))
    client = at_screen_of(director)

    loads = client.get(f"{INBOX}workload/").context["loads"]
    assert loads[0].whole.open == 5
    assert {str(one.who): (one.open, one.is_absent) for one in loads[0].people}["Dora"] == (3, True)
    client.post(f"{INBOX}workload/{house.desk.pk}/")
    sweep(kinds=("bulk.foresee",))
    client.post(f"{INBOX}several/{BulkAct.objects.get().public_id}/order/")
    sweep(kinds=("bulk.carry_out",))

    given = list(Case.objects.filter(pk__in=[case.pk for case in held]).values_list("assignee", flat=True))
    assert sorted(given) == sorted([idle.pk, idle.pk, busy.pk]) or given.count(idle.pk) >= 2
    assert house.desk.pk not in given


def test_a_director_sees_their_own_offices_and_officers_none(house):
    director = staff_of(the_directorate("TN-82"), Role.REGIONAL_DIRECTOR)
    assert [str(load.office) for load in at_screen_of(director).get(f"{INBOX}workload/").context["loads"]] == [
        "Directorate TN-82"
    ]
    assert at_screen_of(director).get(f"{INBOX}workload/{house.desk.pk}/").status_code == 404
    assert at_screen_of(house.desk).get(f"{INBOX}workload/").status_code == 404


def test_days_are_typed_in_three_boxes_and_stay_in_the_address_of_a_kept_filter(house):
    case, today = house.files(), timezone.localdate()
    screen = at_screen_of(house.desk)
    for days, found in ((0, True), (1, False)):
        day = today + timedelta(days=days)
        boxes = {"since_day": day.day, "since_month": day.month, "since_year": day.year}
        page = screen.get("/en/office/", boxes).content.decode()
        assert (case.number in page) is found
        assert 'type="date"' not in page
        assert f'name="query" value="since={day}"' in page
        assert f'name="since_year" value="{day.year}"' in page
        assert (case.number in screen.get("/en/office/", {"since": str(day)}).content.decode()) is found
