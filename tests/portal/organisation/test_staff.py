"""Colleagues through the pages: noting absences, ending service, handing over, leaving; and for strangers nothing."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from notifications.models import Delivery, Notice
from procedures.audit.models import Entry
from registers.organisations.models import Absence, Invitation, Staff
from registers.organisations.selectors import roles_in
from registers.organisations.services import limit_to_structures
from tests.portal.accounts.factories import person
from tests.portal.organisation.factories import a_structure
from tests.portal.organisation.test_accounts import invite
from tests.procedures.kernel.factories import a_person
from tests.registers.organisations.factories import Body, serving

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def body() -> Body:
    return Body()


def address(name: str, body: Body, **more: Any) -> str:
    return reverse(f"organisation_desk:{name}", kwargs={"organisation": body.organisation.public_id, **more})


def typed(name: str, day: date) -> dict[str, str]:
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def test_an_absence_is_noted_with_its_stand_in_who_is_told_on_each_page(client: Client, body: Body) -> None:
    today = timezone.localdate()
    page = address("absence", body, member=body.director.public_id)
    client.force_login(body.director.person)
    wrong = client.post(page, typed("since", today) | typed("until", today - DAY)).content.decode()
    assert "The last day lies before the first" in wrong
    days = typed("since", today) | typed("until", today + 2 * DAY)
    assert client.post(page, days | {"stand_in": str(body.secretary.public_id)}).status_code == 302
    client.force_login(body.secretary.person)
    shown = client.get(address("desk", body)).content.decode()
    assert "You stand in today for" in shown
    assert client.get(address("certificates", body)).status_code == 200  # which a secretary does not open alone
    absence = Absence.objects.get()
    client.force_login(body.exam_officer.person)
    assert client.post(address("back", body, absence=absence.public_id)).status_code == 404
    client.force_login(body.owner.person)
    client.post(address("back", body, absence=absence.public_id))
    assert not Absence.objects.exists()


def test_a_colleague_of_another_organisation_is_not_there(client: Client, body: Body) -> None:
    other = Body()
    client.force_login(other.owner.person)
    for name in ("end", "absence", "hand_over"):
        for where in (body, other):
            assert client.get(address(name, where, member=body.secretary.public_id)).status_code == 404
            assert client.post(address(name, where, member=body.secretary.public_id)).status_code == 404
    body.secretary.refresh_from_db()
    assert body.secretary.until is None


def test_a_secretary_ends_their_own_service_and_nobody_elses(client: Client, body: Body) -> None:
    client.force_login(body.secretary.person)
    assert client.post(address("end", body, member=body.exam_officer.public_id)).status_code == 404
    own = address("end", body, member=body.secretary.public_id)
    assert "What it filed stays" in client.get(own).content.decode()
    assert client.post(own)["Location"] == "/en/organisation/"
    assert client.get(address("desk", body)).status_code == 404


def test_the_last_owner_is_told_to_hand_over_first(client: Client, body: Body) -> None:
    client.force_login(body.owner.person)
    answer = client.post(address("end", body, member=body.owner.public_id), follow=True)
    assert "Hand the role over first" in answer.content.decode()
    assert roles_in(body.owner.person, body.organisation)


def test_a_role_passes_by_a_link_and_the_old_holder_reads_on(client: Client, body: Body) -> None:
    today, successor = timezone.localdate(), person(email="next@example.tn")
    client.force_login(body.owner.person)
    page = address("hand_over", body, member=body.owner.public_id)
    late = {"email": "next@example.tn"} | typed("takes_over_on", today + 9 * DAY) | typed("last_day", today)
    assert "Nobody would hold the role in between" in client.post(page, late).content.decode()
    given = {"email": "next@example.tn"} | typed("takes_over_on", today) | typed("last_day", today + 20 * DAY)
    assert client.post(page, given)["Location"] == address("staff", body)
    link = Delivery.objects.get(address="next@example.tn").body.split("http", 1)[1].split()[0]
    guest = Client()
    guest.force_login(successor)
    guest.get("/en/organisation/invitation/" + link.rsplit("/", 2)[1] + "/")
    assert guest.post("/en/organisation/invitation/").status_code == 302
    assert Staff.objects.get(person=successor).role == "owner"
    assert Notice.objects.filter(person=body.owner.person, event="organisation_handover").exists()
    assert "Your role was handed over" in client.get(address("desk", body)).content.decode()
    assert client.get(address("invite", body)).status_code == 404
    assert guest.get(address("invite", body)).status_code == 200


def test_a_colleague_is_invited_to_some_structures_only(client: Client, body: Body) -> None:
    here, _there = a_structure(body), a_structure(body, name="مركز الزيتونة")
    client.force_login(body.owner.person)
    page = address("invite", body)
    asked = {"email": "one@example.tn", "role": "secretary", "structures": [here.number]}
    assert client.post(page, asked | {"structures": ["99-99999-9"]}).status_code == 200  # not theirs
    assert client.post(page, asked).status_code == 302
    invited = person(email="one@example.tn")
    link = Delivery.objects.get(address="one@example.tn").body.split("http", 1)[1].split()[0]
    client.force_login(invited)
    client.get("/en/organisation/invitation/" + link.rsplit("/", 2)[1] + "/")
    client.post("/en/organisation/invitation/")
    shown = client.get(address("desk", body)).content.decode()
    assert here.number in shown
    assert _there.number not in shown
    assert client.get(address("structure", body, number=_there.number)).status_code == 404


def test_the_page_of_colleagues_offers_what_the_table_allows(client: Client, body: Body) -> None:
    serving(body.organisation, "secretary", since=timezone.localdate() + DAY)
    client.force_login(body.director.person)
    invite(client, body, "new@example.tn")
    page = client.get(address("staff", body)).content.decode()
    assert "new@example.tn" in page
    assert address("end", body, member=body.secretary.public_id) in page
    assert address("end", body, member=body.owner.public_id) not in page
    client.force_login(body.secretary.person)
    page = client.get(address("staff", body)).content.decode()
    assert "new@example.tn" not in page
    assert page.count("/end/") == 1  # their own
    assert a_person().pk


def test_the_structures_of_a_colleague_are_changed_later_and_on_record(client: Client, body: Body) -> None:
    page = address("limits", body, member=body.secretary.public_id)
    client.force_login(body.owner.person)
    assert client.get(page).status_code == 404  # there is nothing to choose
    here, there = a_structure(body), a_structure(body, name="مركز الزيتونة")
    assert page in client.get(address("staff", body)).content.decode()
    assert client.post(page, {"structures": ["99-99999-9"]}).status_code == 200
    assert f"(\u2066{here.number}\u2069)" in client.get(page).content.decode()  # read from left to right in Arabic too
    assert client.post(page, {"structures": [here.number]})["Location"] == address("staff", body)
    assert list(body.secretary.structures.all()) == [here]
    shown = client.get(page).content.decode()
    assert re.search(rf'value="{here.number}"[^>]*checked', shown)
    assert not re.search(rf'value="{there.number}"[^>]*checked', shown)
    client.post(page, {})
    assert not body.secretary.structures.exists()
    recorded = Entry.objects.filter(action="organisation.limit_service").order_by("seq")
    assert [entry.data["structures"] for entry in recorded] == [[here.number], []]


def test_structures_are_changed_by_those_who_appoint_and_nobody_changes_their_own(client: Client, body: Body) -> None:
    here, there = a_structure(body), a_structure(body, name="مركز الزيتونة")
    director, secretary = (address("limits", body, member=each.public_id) for each in (body.director, body.secretary))
    owner = address("limits", body, member=body.owner.public_id)
    for by, page in ((body.director, director), (body.secretary, secretary), (body.exam_officer, secretary),
                     (body.director, owner), (body.owner, owner), (Body().owner, secretary)):  # fmt: skip
        client.force_login(by.person)
        assert client.get(page).status_code == 404
        assert client.post(page, {"structures": [here.number]}).status_code == 404
    limit_to_structures(staff=body.director, structures=[here, there])
    limit_to_structures(staff=body.secretary, structures=[here])
    client.force_login(body.director.person)
    assert "Choose among these" in client.post(secretary, {}).content.decode()  # none ticked: more than their own
    assert client.post(secretary, {"structures": [there.number]}).status_code == 302
    body.exam_officer.refresh_from_db()
    assert not body.exam_officer.structures.exists()


def test_whoever_serves_in_one_structure_invites_to_that_one(client: Client, body: Body) -> None:
    here, _there = a_structure(body), a_structure(body, name="مركز الزيتونة")
    limit_to_structures(staff=body.director, structures=[here])
    client.force_login(body.director.person)
    invite(client, body, "new@example.tn")
    assert list(Invitation.objects.get().structures.all()) == [here]
