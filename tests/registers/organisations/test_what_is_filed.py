"""What is filed for an organisation belongs to it, and is seen by its staff according to their roles."""

import uuid
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.http import Http404
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from notifications.models import Notice
from procedures import api as p
from procedures.cases import access, selectors, services
from procedures.cases.models import Case
from procedures.cases.services import NotAllowed
from procedures.jobs.services import sweep
from procedures.offices.models import Role
from procedures.offices.services import appoint
from procedures.resolving import resolve
from procedures.rules import Situation
from procedures.testing import sample_answers
from procedures.wizard.models import Draft
from procedures.wizard.services import start_draft
from registers.organisations.services import begin_service, end_service
from tests.procedures.kernel.factories import CODE, House, a_person
from tests.registers.organisations.factories import Body, an_organisation, serving

pytestmark = pytest.mark.django_db


def for_organisations(*roles: str) -> Any:
    """The procedure, as if it were for structures: none of those installed is, yet."""
    return replace(resolve(CODE), applicants=(replace(p.CENTRE, roles=roles),))


@pytest.fixture
def body() -> Body:
    return Body()


@pytest.fixture
def house() -> House:
    return House()


def filed(body: Body, by: Any, *roles: str) -> Case:
    procedure, now = for_organisations(*roles), timezone.now()
    answers = sample_answers(resolve(CODE), contact={"governorate": "TN-11"})
    return services.file_case(
        draft_id=uuid.uuid4(),
        procedure=procedure,
        answers=answers,
        situation=Situation(resolve(CODE), answers, on=timezone.localdate(now)),
        applicant=by,
        language="fr",
        on=now,
        organisation=body.organisation.public_id,
    )


def opens(person: Any, case: Case) -> bool:
    try:
        return access.own_case(person, case.public_id) == case
    except Http404:
        return False


def test_what_was_filed_stays_with_the_organisation_when_the_one_who_filed_leaves(house: House, body: Body) -> None:
    clerk = body.secretary.person
    case = filed(body, clerk)
    everybody = [clerk, body.owner.person, body.director.person, body.exam_officer.person]
    assert [opens(person, case) for person in everybody] == [True, True, True, False]  # exam officers read no cases
    assert case not in selectors.cases_of(clerk)
    end_service(staff=body.secretary)
    assert [opens(person, case) for person in everybody] == [False, True, True, False]
    assert list(selectors.cases_of_organisation(body.organisation.public_id)) == [case]
    with pytest.raises(NotAllowed):
        services.withdraw(case=case, by=clerk)
    assert services.withdraw(case=case, by=body.director.person).state == "withdrawn"
    assert [each.by_applicant for each in selectors.history(case)] == [True, True]


def test_a_stranger_and_another_organisation_see_nothing(house: House, body: Body) -> None:
    case, other = filed(body, body.owner.person), Body()
    assert not opens(other.owner.person, case)
    assert not opens(a_person(), case)


def test_nobody_files_for_an_organisation_in_which_they_have_no_such_role(house: House, body: Body) -> None:
    for person in (a_person(), body.exam_officer.person):
        with pytest.raises(NotAllowed):
            filed(body, person)
    with pytest.raises(NotAllowed):
        filed(body, body.secretary.person, "owner", "director")  # a procedure may ask for a role
    assert filed(body, body.director.person, "owner", "director").organisation == body.organisation.public_id


def test_an_officer_does_not_handle_the_case_of_an_organisation_in_which_they_serve(house: House, body: Body) -> None:
    case = filed(body, body.secretary.person)
    serving(body.organisation, "secretary", person=house.desk)
    with pytest.raises(NotAllowed):
        services.accept_completeness(case=case, by=house.desk, version=case.version)
    other = a_person()
    appoint(person=other, office=house.region, role=Role.DESK_OFFICER)
    services.accept_completeness(case=case, by=other, version=case.version)


def test_everybody_who_files_for_the_organisation_is_told(house: House, body: Body) -> None:
    case = filed(body, body.secretary.person)
    sweep(kinds=("hook",))
    told = Notice.objects.filter(case=case.public_id, event="case_submitted").values_list("person", flat=True)
    assert set(told) == {body.owner.person_id, body.director.person_id, body.secretary.person_id}


def test_a_colleague_who_only_reads_corrects_nothing(client: Client, house: House, body: Body) -> None:
    case = filed(body, body.secretary.person)
    items = [{"path": "paper.transcripts", "reason": "unreadable", "note": ""}]
    services.ask_correction(case=case, by=house.desk, version=case.version, items=items)
    page = reverse("desk:correction", kwargs={"case": case.public_id})
    client.force_login(body.owner.person)
    assert client.get(page).status_code == 200
    # whoever handed over reads until the last day
    body.owner.reads_since, body.owner.until = timezone.localdate(), timezone.localdate() + timedelta(days=9)
    body.owner.save()
    assert client.get(page)["Location"] == reverse("desk:case", kwargs={"case": case.public_id})
    assert client.post(page, {}).status_code == 302
    assert client.get(reverse("desk:case", kwargs={"case": case.public_id})).status_code == 200


def test_a_draft_for_an_organisation_is_finished_by_a_colleague(
    client: Client, rf: Any, house: House, body: Body, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("procedures.wizard.starting.resolve", lambda code: for_organisations())
    start = reverse("wizard:start", kwargs={"code": CODE})
    client.force_login(body.secretary.person)
    ours = str(body.organisation.public_id)
    assert ours in client.get(start).content.decode()
    assert client.post(start, {"organisation": str(an_organisation().public_id)}).status_code == 404
    first = client.post(start, {"organisation": ours})["Location"]
    draft = Draft.objects.get(owner=body.secretary.person)
    assert draft.organisation == body.organisation.public_id
    end_service(staff=body.secretary)
    assert client.get(first).status_code == 404
    client.force_login(body.director.person)
    assert client.get(first).status_code == 200
    client.force_login(body.exam_officer.person)
    assert client.get(first).status_code == 404


def test_a_draft_of_ones_own_is_not_mixed_up_with_that_of_the_organisation(rf: Any, body: Body) -> None:
    request = rf.get("/")
    request.user, request.session = body.owner.person, {}
    own = start_draft(request=request, procedure=resolve(CODE))
    ours = start_draft(request=request, procedure=resolve(CODE), organisation=body.organisation.public_id)
    assert own != ours
    assert start_draft(request=request, procedure=resolve(CODE)) == own
    assert start_draft(request=request, procedure=resolve(CODE), organisation=ours.organisation) == ours
    begin_service(organisation=body.organisation, person=request.user, role="owner")
