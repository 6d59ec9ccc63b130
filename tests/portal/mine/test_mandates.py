"""A proxy acts under a mandate: for whom, for what and until when it says, and for nothing else."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from notifications.models import Delivery, Notice
from procedures.audit.models import Entry
from procedures.cases.models import Case
from procedures.cases.selectors import people_behind
from procedures.mandates.models import Mandate
from procedures.mandates.services import MOST_A_DAY, accept_mandate, end_mandate, give_mandate
from procedures.refusal import Refusal
from procedures.wizard.models import Draft
from tests.portal.backoffice.factories import at_screen_of, page_of
from tests.procedures.kernel.factories import House
from tests.procedures.wizard.factories import CODE, Visitor, a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def proxy() -> Any:
    return a_person("Bechir")


@pytest.fixture
def mandate(house: House, proxy: Any) -> Mandate:
    until = timezone.localdate() + timedelta(days=30)
    given = give_mandate(principal=house.applicant, email=proxy.email, until=until)
    return accept_mandate(mandate=given, by=proxy)


class Proxy(Visitor):
    """The browser of somebody who files for another."""

    mandate: Mandate

    def start(self, code: str = "") -> str:
        path = self.path(f"services/{code or self.code}/start/")
        answer = self.client.post(path, {"organisation": str(self.mandate.public_id)})
        draft, step = answer["Location"].rstrip("/").rsplit("/", 2)[1:]
        self.draft = UUID(draft)
        return str(step)


def for_principal(mandate: Mandate, person: Any) -> Visitor:
    """The proxy's browser, at a draft of the principal's to which only the button is left."""
    visitor = Proxy(person)
    visitor.mandate = mandate
    return visitor.ready()


def test_a_mandate_is_given_by_address_accepted_by_its_account_and_both_are_told(house: House, proxy: Any) -> None:
    mine, theirs = Visitor(house.applicant).client, Visitor(proxy).client
    page, day = reverse("mine:mandates"), timezone.localdate() + timedelta(days=10)
    boxes = {"until_day": day.day, "until_month": day.month, "until_year": day.year}
    assert mine.post(page, {"email": proxy.email.upper(), "procedure": "", **boxes}).status_code == 302
    given = Mandate.objects.get()
    assert (given.principal, given.email, given.until, given.proxy) == (house.applicant, proxy.email, day, None)
    letter = Delivery.objects.get(address=proxy.email)
    assert house.applicant.name not in letter.subject + letter.body
    assert "Amel" in theirs.get(reverse("desk:home")).content.decode()
    theirs.post(reverse("mine:mandate", args=(given.public_id,)), {"accept": "1"})
    given.refresh_from_db()
    assert given.proxy == proxy
    assert Notice.objects.get(person=house.applicant).event == "mandate_accepted"
    assert list(Entry.objects.filter(subject_type="mandate").values_list("action", "actor")) == [
        ("mandate.give", house.applicant.pk), ("mandate.accept", proxy.pk)]  # fmt: skip
    assert not mail.outbox


@pytest.mark.parametrize(
    ("change", "field"),
    [({"until_year": "2020"}, "until"), ({"until_year": "2029"}, "until"), ({"email": "own"}, "email"),
     ({"procedure": "nothing"}, "procedure"), ({"email": ""}, "email")],
)  # fmt: skip
def test_a_mandate_without_end_or_to_oneself_is_refused_beside_its_field(
    house: House, proxy: Any, change: dict[str, str], field: str
) -> None:
    day = timezone.localdate() + timedelta(days=10)
    data = {"email": proxy.email, "until_day": day.day, "until_month": day.month, "until_year": day.year} | change
    if change.get("email") == "own":
        data["email"] = house.applicant.email
    answer = Visitor(house.applicant).client.post(reverse("mine:mandates"), data)
    assert answer.status_code == 200
    assert answer.context["form"].errors[field]
    assert not Mandate.objects.exists()


def test_who_gives_and_ends_mandates_all_day_floods_nobody(house: House) -> None:
    until = timezone.localdate() + timedelta(days=30)

    def give(number: int) -> None:
        end_mandate(
            mandate=give_mandate(principal=house.applicant, email=f"stranger{number}@example.tn", until=until),
            by=house.applicant,
        )

    for number in range(MOST_A_DAY):
        give(number)
    with pytest.raises(Refusal, match="tomorrow"):
        give(MOST_A_DAY)
    assert Mandate.objects.count() == MOST_A_DAY
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        give(MOST_A_DAY)


def test_what_a_proxy_files_is_the_principals_and_says_who_filed_it_under_what(
    house: House, proxy: Any, mandate: Mandate
) -> None:
    visitor = for_principal(mandate, proxy)
    assert Draft.objects.get().owner == house.applicant
    filed = visitor.file()
    case = Case.objects.get()
    assert case.applicant == house.applicant
    assert filed["Location"].endswith(f"/desk/cases/{case.public_id}/filed/")
    entry = Entry.objects.get(action="case.file_case")
    assert (entry.actor, entry.data["mandate"], entry.data["for"]) == (proxy.pk, mandate.pk, house.applicant.pk)
    assert set(people_behind(case)) == {house.applicant, proxy}
    for client in (visitor.client, Visitor(house.applicant).client):
        page = client.get(reverse("desk:case", args=(case.public_id,))).content.decode()
        assert "Bechir" in page
        assert "under a mandate until" in page
    assert "under a mandate until" in at_screen_of(house.desk).get(page_of(case)).content.decode()
    assert case.number in visitor.client.get(reverse("desk:home")).content.decode()


def test_a_proxy_sees_nothing_else_of_the_principals(house: House, proxy: Any, mandate: Mandate) -> None:
    own, visitor = house.files(), Visitor(proxy)
    mine = Visitor(house.applicant)
    mine.start()
    visitor.draft = mine.draft
    assert visitor.open("holder").status_code == 404
    assert visitor.client.get(reverse("desk:case", args=(own.public_id,))).status_code == 404
    filled = for_principal(mandate, proxy)
    known = filled.client.get(filled.path(f"drafts/{filled.draft}/known/holder/"))
    assert known.status_code == 404, "earlier cases are the principal's own business"


def test_after_its_last_day_the_proxy_sees_and_does_nothing_more(house: House, proxy: Any, mandate: Mandate) -> None:
    visitor = for_principal(mandate, proxy)
    visitor.file()
    case, later = Case.objects.get(), for_principal(mandate, proxy)
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        for client in (visitor.client, later.client):
            client.force_login(proxy)
        assert visitor.client.get(reverse("desk:case", args=(case.public_id,))).status_code == 404
        assert later.open("check").status_code == 404
        assert later.client.post(later.path(f"drafts/{later.draft}/file/")).status_code == 404
        assert Visitor(proxy).client.post(f"/en/services/{CODE}/start/", {
            "organisation": str(mandate.public_id)}).status_code == 404  # fmt: skip
        assert people_behind(case) == (house.applicant,)
        principal = Visitor(house.applicant)
        principal.draft = later.draft
        assert principal.open("check").status_code == 200, "nothing is lost to whose it is"


@pytest.mark.parametrize("who", ["principal", "proxy"])
def test_either_of_the_two_ends_it_at_once(house: House, proxy: Any, mandate: Mandate, who: str) -> None:
    visitor = for_principal(mandate, proxy)
    by = Visitor(house.applicant if who == "principal" else proxy).client
    by.post(reverse("mine:mandate", args=(mandate.public_id,)), {"end": "1"})
    mandate.refresh_from_db()
    assert mandate.ended_at
    assert visitor.open("check").status_code == 404
    assert Entry.objects.filter(action="mandate.end").count() == 1


def test_a_mandate_for_one_service_opens_no_other(house: House, proxy: Any) -> None:
    until = timezone.localdate()
    given = give_mandate(principal=house.applicant, email=proxy.email, until=until, procedure=CODE)
    accept_mandate(mandate=given, by=proxy)
    Mandate.objects.update(procedure="another_service")
    answer = Visitor(proxy).client.post(f"/en/services/{CODE}/start/", {"organisation": str(given.public_id)})
    assert answer.status_code == 404


def test_a_stranger_neither_accepts_nor_ends_nor_reads_it(house: House, proxy: Any, client: Client) -> None:
    given = give_mandate(principal=house.applicant, email=proxy.email, until=timezone.localdate())
    stranger = a_person()
    client.force_login(stranger)
    for act in ("accept", "end"):
        assert client.post(reverse("mine:mandate", args=(given.public_id,)), {act: "1"}).status_code == 404
    with pytest.raises(Refusal):
        accept_mandate(mandate=given, by=stranger)
    assert "Amel" not in client.get(reverse("mine:mandates")).content.decode()


def test_an_officer_who_is_a_proxy_handles_no_case_that_they_filed(house: House, mandate: Mandate, proxy: Any) -> None:
    Mandate.objects.update(proxy=house.desk)
    visitor = for_principal(mandate, house.desk)
    visitor.file()
    case = Case.objects.get()
    page = at_screen_of(house.desk).get(page_of(case)).content.decode()
    assert "accept_completeness/" not in page
