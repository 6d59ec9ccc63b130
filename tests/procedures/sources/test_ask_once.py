"""Ask once: what is known is offered with where it comes from, taken by an act of the person, and never silently."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from procedures import api as p
from procedures.cases.models import Case
from procedures.consents.services import give_consent
from procedures.consents.texts import REUSE
from procedures.evidence.models import Upload
from procedures.resolving import resolve
from procedures.sources.models import Taken
from procedures.sources.offering import offers_for
from procedures.sources.papers import papers_for
from procedures.sources.services import origins_of
from procedures.wizard.models import Draft
from procedures.wizard.plan import Plan
from tests.portal.backoffice.factories import at_screen_of, page_of
from tests.procedures.kernel.factories import House
from tests.procedures.wizard.factories import CODE, Visitor, a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def again(house: House) -> Visitor:
    """The applicant of one case who starts another application."""
    visitor = Visitor(house.applicant)
    house.files(identity={"first_name_lat": "Emna"})
    give_consent(person=house.applicant, code=REUSE, version=1)
    visitor.start()
    return visitor


def known(visitor: Visitor, step: str = "holder") -> str:
    return visitor.path(f"drafts/{visitor.draft}/known/{step}/")


def keys(html: str) -> list[str]:
    return re.findall(r'name="take" value="([^"]+)"', html)


def opened(visitor: Visitor, step: str = "holder") -> str:
    answer = visitor.client.get(known(visitor, step))
    assert answer.status_code == 200
    return answer.content.decode()


def take(visitor: Visitor, *wanted: str, step: str = "holder") -> Any:
    return visitor.client.post(known(visitor, step), {"take": wanted}, follow=True)


def draft_of(visitor: Visitor) -> Draft:
    return Draft.objects.get(pk=visitor.draft)


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_an_earlier_case_is_offered_by_its_number_and_day_and_nothing_is_filled_in_by_looking(again: Visitor) -> None:
    case = Case.objects.get()
    html = opened(again)
    assert f"From case {case.number} of 18 November 2026" in words(html)
    assert "Given name in Latin letters: Emna" in words(html)
    assert (draft_of(again).answers, draft_of(again).typed, Taken.objects.count()) == ({}, {}, 0)
    assert "Emna" not in again.open("holder").content.decode()


def test_only_what_is_ticked_is_taken(again: Visitor) -> None:
    case = Case.objects.get()
    (key,) = (key for key in keys(opened(again)) if key.endswith("identity.first_name_lat"))
    page = take(again, key).content.decode()
    assert 'value="Emna"' in page
    assert "One answer was taken." in page
    assert 'value="Tounsi"' not in page
    assert {each.path: (each.origin, each.number) for each in Taken.objects.all()} == {
        "identity.first_name_lat": ("case", case.number)
    }


def test_taking_all_fills_the_page_dates_and_choices_too(again: Visitor) -> None:
    take(again, *keys(opened(again)))
    answers, before = draft_of(again).answers, Case.objects.get().answers
    assert answers["identity"] == before["identity"]
    assert answers["contact"] == before["contact"] | {
        "email": again.person.email
    }  # the account is nearer than the case
    assert [key.rpartition("|")[2] for key in keys(opened(again))] == ["contact.email"]
    taken = Taken.objects.get(path="contact.email")
    assert taken.origin == "account"


def test_the_form_saves_what_was_typed_before_it_leads_to_what_is_known(again: Visitor) -> None:
    answer = again.send("holder", {"identity-first_name_lat": "Mouna"}, known="1")
    assert answer["Location"] == known(again)
    html = opened(again)
    assert "Instead of: Mouna" in words(html)
    key = next(key for key in keys(html) if key.endswith("identity.first_name_lat"))
    assert f'value="{key}" checked' not in html  # an answer that stands is not replaced unless it is ticked
    take(again, "case-nonsense|identity.first_name_lat")
    assert draft_of(again).typed["holder"]["data"]["identity-first_name_lat"] == ["Mouna"]


def test_a_consent_is_never_offered_again(again: Visitor) -> None:
    page = Plan(draft_of(again), resolve(CODE))
    step = page.steps["target"]
    paths = {offer.path for each in offers_for(page, step, again.person) for offer in each.offers}
    assert "target.level" in paths
    assert not any(path.startswith("consent") for path in paths)


def test_the_account_offers_the_addresses_that_its_owner_confirmed(house: House) -> None:
    person = a_person()
    type(person).objects.filter(pk=person.pk).update(phone="+21622123456", phone_verified=True)
    visitor = Visitor(person)
    visitor.start()
    html = opened(visitor)
    assert ">From your account</legend>" in html
    assert {"account|contact.email", "account|contact.phone"} == set(keys(html))
    type(person).objects.filter(pk=person.pk).update(phone_verified=False)
    assert keys(opened(visitor)) == ["account|contact.email"]


def test_nothing_of_another_person_is_offered_and_another_persons_draft_does_not_exist(again: Visitor) -> None:
    stranger = Visitor(a_person())
    stranger.start()
    assert "Emna" not in opened(stranger)
    assert stranger.client.get(known(again)).status_code == 404
    assert Client().get(known(again)).status_code == 302
    forged = take(stranger, f"case-{Case.objects.get().number}|identity.first_name_lat").content.decode()
    assert "Nothing was ticked, and nothing was taken." in forged


def test_the_rows_of_a_group_are_taken_together(again: Visitor) -> None:
    again.fill()
    draft = draft_of(again)
    Draft.objects.filter(pk=draft.pk).update(
        answers={**draft.answers, "stays": []}, typed={**draft.typed, "path": {"data": {}, "at": 1}}
    )
    (key,) = (key for key in keys(opened(again, "path")) if key.endswith("|stays"))
    take(again, key, step="path")
    data = draft_of(again).typed["path"]["data"]
    (row,) = Case.objects.get().answers["stays"]
    assert data["stays-row"] == [row["_row"]]
    assert data[f"stays-{row['_row']}-country"] == [row["country"]]


def test_the_officer_sees_what_was_taken_and_from_where_until_it_is_changed(house: House, again: Visitor) -> None:
    number = Case.objects.get().number
    take(again, *keys(opened(again)))
    draft = draft_of(again)
    held = origins_of(draft, draft.answers)
    assert held["identity.birth_date"].number == number
    changed = draft.answers | {"identity": draft.answers["identity"] | {"birth_date": "1990-01-01"}}
    assert "identity.birth_date" not in origins_of(draft, changed)
    filed = house.files()
    Taken.objects.filter(draft=draft).update(draft=None, case=filed)
    Case.objects.filter(pk=filed.pk).update(answers=draft.answers)
    text = words(at_screen_of(house.desk).get(page_of(filed)).content.decode())
    assert "Answers taken from elsewhere" in text
    assert f"Date of birth From case {number} of" in text


def test_filing_carries_the_origins_to_the_case(house: House) -> None:
    first = house.files()
    visitor = Visitor(house.applicant).ready()
    Taken.objects.create(
        draft=draft_of(visitor), path="identity.gender", origin="case", number=first.number, digest="0" * 64
    )
    assert visitor.file().status_code == 302
    taken = Taken.objects.get()
    assert taken.draft is None
    assert taken.case is not None
    assert taken.case != first


def test_a_block_with_a_source_offers_what_the_register_says_and_nothing_while_it_is_down(again: Visitor) -> None:
    procedure, draft = resolve(CODE), draft_of(again)

    def with_source(read: Any) -> Plan:
        block = p.Block("contact", procedure.blocks["contact"].block.asks, source=p.Fact("places.contact", (), read))
        first, *others = procedure.steps
        asks = (first.asks[0], block)
        return Plan(draft, replace(procedure, steps=(replace(first, asks=asks), *others)))

    plan = with_source(lambda: {"postal_code": "1000", "governorate": "TN-11"})
    offered = {str(each.origin): each.offers for each in offers_for(plan, plan.steps["holder"], a_person())}
    assert {offer.path for offer in offered["From the register"]} == {"contact.postal_code", "contact.governorate"}

    def down() -> Any:
        raise ConnectionError

    plan = with_source(down)
    assert "From the register" not in {str(each.origin) for each in offers_for(plan, plan.steps["holder"], a_person())}


def test_a_paper_of_an_earlier_case_is_taken_again_as_a_copy(house: House) -> None:
    give_consent(person=house.applicant, code=REUSE, version=1)
    visitor = Visitor(house.applicant)
    visitor.ready()
    assert visitor.file().status_code == 302
    first = Case.objects.get()
    visitor.fill()
    html = opened(visitor, "papers")
    assert f"From case {first.number}" in words(html)
    key = keys(html)[0]
    assert " checked" not in html
    before = Upload.objects.count()
    take(visitor, key, step="papers")
    (copy,) = Upload.objects.filter(draft=visitor.draft)
    original = Upload.objects.get(pk=key.partition("|")[0])
    assert (copy.sha256, copy.paper) == (original.sha256, original.paper)
    assert copy.stored != original.stored
    assert Upload.objects.count() == before + 1
    assert key not in opened(visitor, "papers")
    assert Taken.objects.get(draft=visitor.draft).path == f"paper.{copy.paper}"


def test_a_paper_that_must_be_recent_is_offered_until_its_last_day(house: House) -> None:
    give_consent(person=house.applicant, code=REUSE, version=1)
    visitor = Visitor(house.applicant)
    visitor.ready()
    visitor.file()
    visitor.fill()
    procedure = resolve(CODE)
    papers = tuple(replace(each, age=p.Days(90)) if each.code == "identity" else each for each in procedure.papers)

    def offered() -> set[str]:
        plan = Plan(draft_of(visitor), replace(procedure, papers=papers))
        return {again.paper.code for again in papers_for(plan)}

    assert "identity" in offered()
    with time_machine.travel(timezone.now() + timedelta(days=90)):
        assert "identity" in offered()
    with time_machine.travel(timezone.now() + timedelta(days=91)):
        assert "identity" not in offered()
        assert "certificate" in offered()


def test_only_a_person_with_an_account_is_offered_anything() -> None:
    visitor = Visitor()
    visitor.start()
    assert "already known" not in visitor.open("holder").content.decode()
    assert reverse("account_login") in visitor.client.get(known(visitor))["Location"]
