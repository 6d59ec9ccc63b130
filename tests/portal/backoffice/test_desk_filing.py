"""An officer files at a desk for the person before them: the case, its receipt and its news are that person's."""

import re
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from notifications.models import Notice
from procedures.audit.models import Entry
from procedures.cases.models import Case, DeskFiling
from procedures.jobs.services import sweep
from procedures.offices.models import Role
from tests.portal.backoffice.factories import at_screen_of
from tests.procedures.kernel.factories import CODE, House, a_person, staff_of
from tests.procedures.wizard.factories import Visitor

pytestmark = pytest.mark.django_db
PATH = "/en/office/desk/"


@pytest.fixture
def house() -> House:
    return House()


class AtDesk(Visitor):
    """The officer's browser, in which an application of somebody else is filled in."""

    def begin(self, **typed: Any) -> Any:
        answer = self.client.post(PATH, {"procedure": CODE, "paper": "passport"} | typed)
        found = re.search(r"/drafts/([0-9a-f-]+)/(\w+)/", answer.get("Location", ""))
        if found:
            self.draft, self.first = UUID(found[1]), found[2]
        return answer

    def start(self) -> str:
        return self.first


def officer_at(house: House) -> AtDesk:
    return AtDesk(house.desk, client=at_screen_of(house.desk))


def filed(visitor: AtDesk) -> Case:
    answer = visitor.ready().file()
    case = Case.objects.get(draft_id=visitor.draft)
    assert answer["Location"] == f"{PATH}{case.public_id}/"
    return case


def test_the_case_and_its_receipt_belong_to_the_person_and_not_to_the_officer(house: House) -> None:
    visitor = officer_at(house)
    visitor.begin(account=house.applicant.email)
    case = filed(visitor)
    assert case.applicant == house.applicant
    sweep(kinds=("hook",))
    assert {each.person for each in Notice.objects.filter(event="case_submitted")} == {house.applicant}
    theirs = Client()
    theirs.force_login(house.applicant)
    assert theirs.get(f"/en/desk/cases/{case.public_id}/").status_code == 200
    assert visitor.client.get(f"/en/desk/cases/{case.public_id}/").status_code == 404
    page = visitor.client.get(f"{PATH}{case.public_id}/").content.decode()
    assert case.number in page


def test_the_record_says_who_sat_at_the_desk_for_whom_and_which_paper_was_seen(house: House) -> None:
    visitor = officer_at(house)
    visitor.begin(account=house.applicant.email)
    case = filed(visitor)
    begun, done = Entry.objects.get(action="desk.start_filing"), Entry.objects.get(action="case.file_case")
    assert (begun.actor, begun.data["applicant"], begun.data["paper"]) == (
        house.desk.pk,
        house.applicant.pk,
        "passport",
    )
    assert (done.actor, done.data["at_desk_for"]) == (house.desk.pk, house.applicant.pk)
    assert DeskFiling.objects.get().draft_id == case.draft_id


def test_a_person_without_account_gets_a_case_that_the_printed_code_shows(house: House) -> None:
    visitor = officer_at(house)
    visitor.begin(name="Hedi Trabelsi")
    case = filed(visitor)
    assert (case.applicant.email, case.applicant.phone, case.applicant.name) == (None, None, "Hedi Trabelsi")
    assert not case.applicant.has_usable_password()
    page = visitor.client.get(f"{PATH}{case.public_id}/").content.decode()
    assert "has no account" in page
    assert f"{case.tracking_code[:4]}-{case.tracking_code[4:]}" in page
    track = Client().post("/en/track/", {"number": case.number, "code": case.tracking_code})
    assert "Being checked" in track.content.decode()


def test_the_draft_is_open_to_its_person_and_to_this_session_of_the_officer_alone(house: House) -> None:
    visitor = officer_at(house)
    visitor.begin(account=house.applicant.email)
    step = visitor.step_path(visitor.first)
    theirs, stranger = Client(), Client()
    theirs.force_login(house.applicant)
    stranger.force_login(a_person())
    colleague = at_screen_of(staff_of(house.region, Role.DESK_OFFICER))
    assert visitor.client.get(step).status_code == theirs.get(step).status_code == 200
    for other in (stranger, colleague, at_screen_of(house.desk), Client()):
        assert other.get(step).status_code == 404


@pytest.mark.parametrize("typed", [{"account": "nobody@example.tn"}, {"account": "OFFICER"}, {}])
def test_an_unknown_account_an_officer_or_nobody_at_all_begins_nothing(house: House, typed: dict[str, str]) -> None:
    data = {name: house.officer.email if value == "OFFICER" else value for name, value in typed.items()}
    assert officer_at(house).begin(**data).status_code == 200
    assert not DeskFiling.objects.exists()
    assert not get_user_model().objects.filter(email=None).exists()


def test_only_desk_officers_file_at_a_desk(house: House) -> None:
    assert at_screen_of(house.officer).get(PATH).status_code == 404
    client = Client()
    client.force_login(house.applicant)
    assert client.get(PATH).status_code == 404
