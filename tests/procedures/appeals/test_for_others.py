"""An appeal for somebody else: an officer takes it at a desk, a proxy begins it under a mandate that covers it."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from procedures.audit.models import Entry
from procedures.cases import selectors, services
from procedures.cases.at_desk import filed_at_desk_by
from procedures.cases.models import Case, CaseLink, DeskFiling
from procedures.mandates.models import Mandate
from procedures.mandates.services import accept_mandate, begin_errand, end_mandate, give_mandate
from procedures.offices.models import Role
from procedures.offices.services import appoint
from procedures.wizard.contesting import begin_appeal, begin_appeal_at_desk
from procedures.wizard.models import Draft
from tests.portal.backoffice.factories import at_screen_of, page_of
from tests.procedures.appeals.factories import APPEAL, Tribunal, filed, filled
from tests.procedures.kernel.factories import CODE, a_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Any:
    with translation.override("en"):
        yield


def at_desk(case: Case) -> str:
    return reverse("backoffice:appeal_at_desk", args=(case.public_id,))


@pytest.fixture
def alone(house: Tribunal) -> Case:
    """The refused case of somebody who has no account, as it was filed at a desk."""
    house.applicant = get_user_model().objects.create_user(None, name="عمر")
    return house.refused()


def test_the_desk_takes_the_appeal_of_somebody_without_an_account_and_it_is_theirs(
    house: Tribunal, alone: Case
) -> None:
    screen = at_screen_of(house.desk)
    assert at_desk(alone) in screen.get(page_of(alone)).content.decode()
    assert screen.post(at_desk(alone), {}).context["form"].errors["paper"]
    answer = screen.post(at_desk(alone), {"paper": "passport"})
    draft = Draft.objects.get(procedure=APPEAL)
    assert f"/drafts/{draft.pk}/" in answer["Location"]
    assert screen.get(answer["Location"]).status_code == 200

    appeal = filed(filled(draft), house.desk)

    link = CaseLink.objects.get(kind="appeal")
    assert (link.case, link.to) == (alone, appeal)
    assert (appeal.applicant, appeal.office, appeal.state) == (house.applicant, house.above, "instruction")
    assert appeal.tracking_code
    assert filed_at_desk_by(house.desk, appeal.public_id) == appeal
    noted = DeskFiling.objects.get(draft_id=draft.pk)
    assert (noted.officer, noted.applicant, noted.paper_seen) == (house.desk, house.applicant, "passport")
    assert Entry.objects.get(action="appeal.begin").actor == house.desk.pk
    assert at_desk(alone) not in screen.get(page_of(alone)).content.decode(), "it is contested already"
    assert not selectors.visible_to(house.desk).contains(appeal)


def test_an_appeal_of_the_desk_that_is_accepted_reopens_the_case(house: Tribunal, alone: Case) -> None:
    draft = begin_appeal_at_desk(case=alone, officer=house.desk, office=house.region, paper_seen="passport")
    house.decides_appeal(filed(filled(draft), house.desk))
    alone.refresh_from_db()
    assert (alone.state, alone.outcome) == ("decision", "")


def test_who_decided_or_serves_no_desk_takes_no_appeal(house: Tribunal, alone: Case) -> None:
    assert at_screen_of(house.officer).get(at_desk(alone)).status_code == 404
    appoint(person=house.officer, office=house.central, role=Role.DESK_OFFICER, since=timezone.localdate())
    house.officer = type(house.officer).objects.get(pk=house.officer.pk)
    refused = at_screen_of(house.officer).post(at_desk(alone), {"paper": "passport"}, follow=True)
    assert "a colleague takes the appeal" in refused.content.decode()
    assert not Draft.objects.filter(procedure=APPEAL).exists()


def test_what_cannot_be_contested_at_the_desk_says_how_it_can(house: Tribunal) -> None:
    granted = house.at_signature()
    services.sign(case=granted, by=house.delegate, version=granted.version)
    told = at_screen_of(house.desk).get(at_desk(granted), follow=True).content.decode()
    assert "No appeal is foreseen" in told
    of_a_body = house.refused()
    Case.objects.filter(pk=of_a_body.pk).update(organisation="6f9619ff-8b86-4d01-b42d-00cf4fc964ff")
    told = at_screen_of(house.desk).get(at_desk(of_a_body), follow=True).content.decode()
    assert "An organisation contests from its own account" in told


@pytest.fixture
def proxy() -> Any:
    return a_person("Bechir")


def mandated(house: Tribunal, proxy: Any, procedure: str = "") -> Mandate:
    until = timezone.localdate() + timedelta(days=30)
    given = give_mandate(principal=house.applicant, email=proxy.email, until=until, procedure=procedure)
    return accept_mandate(mandate=given, by=proxy)


def filed_by(proxy: Any, house: Tribunal, mandate: Mandate) -> Case:
    """A refused case that the proxy had filed."""
    case = house.refused()
    begin_errand(draft_id=case.draft_id, procedure=case.procedure, mandate=mandate, by=proxy)
    return case


def own(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_a_proxy_contests_for_whom_they_filed_and_the_appeal_is_that_persons(house: Tribunal, proxy: Any) -> None:
    case = filed_by(proxy, house, mandated(house, proxy))
    answer = own(proxy).post(reverse("desk:appeal", args=(case.public_id,)))
    draft = Draft.objects.get(procedure=APPEAL)
    assert str(draft.pk) in answer["Location"]
    assert draft.owner == house.applicant
    assert begin_appeal(case=case, by=proxy) == begin_appeal(case=case, by=house.applicant) == draft
    appeal = filed(filled(draft), proxy)
    assert appeal.applicant == house.applicant
    for person in (proxy, house.applicant):
        assert selectors.open_to_applicant(person).contains(appeal)


def test_a_mandate_for_one_service_does_not_cover_its_appeal_and_the_page_says_what_to_do(
    house: Tribunal, proxy: Any
) -> None:
    case = filed_by(proxy, house, mandated(house, proxy, procedure=CODE))
    told = own(proxy).post(reverse("desk:appeal", args=(case.public_id,)), follow=True).content.decode()
    assert "gives you a mandate for any service" in told
    assert not Draft.objects.filter(procedure=APPEAL).exists()
    assert begin_appeal(case=case, by=house.applicant).owner == house.applicant


def test_a_mandate_that_ended_leaves_the_appeal_to_the_person_alone(house: Tribunal, proxy: Any) -> None:
    mandate = mandated(house, proxy)
    case = filed_by(proxy, house, mandate)
    draft = begin_appeal(case=case, by=proxy)
    end_mandate(mandate=mandate, by=house.applicant)
    with pytest.raises(services.NotAllowed):
        begin_appeal(case=case, by=proxy)
    assert begin_appeal(case=case, by=house.applicant) == draft
