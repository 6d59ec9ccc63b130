"""Held documents: officers see which and why, nobody is named, and one is made anew from the list."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from procedures.cases import services
from procedures.documents import releasing
from procedures.documents.models import Document
from procedures.jobs.models import Job
from procedures.offices.models import Role
from tests.portal.backoffice.factories import at_screen_of, page_of
from tests.procedures.kernel.factories import House, staff_of, the_directorate

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def document(house: House) -> Document:
    return held_in(house)


def held_in(house: House, why: str = releasing.NOT_READ_BACK) -> Document:
    case = house.at_signature()
    services.sign(case=case, by=house.delegate, version=case.version)
    document = case.documents.get(output="equivalence")
    releasing.hold(document, why)
    document.refresh_from_db()
    return document


def of(document: Document, name: str = "release") -> str:
    return reverse(f"backoffice:{name}", args=(document.public_id,))


@pytest.mark.parametrize(
    ("why", "words"),
    [
        (releasing.NOT_READ_BACK, "name was not read back whole"),
        (releasing.WITHOUT_FONT, "signs that no font of the portal draws"),
        (releasing.FIRST_FELL, "repeats a document that was not in force"),
    ],
)
def test_the_list_says_which_document_is_held_and_why_and_names_nobody(house: House, why: str, words: str) -> None:
    document = held_in(house, why)
    page = at_screen_of(house.officer).get(reverse("backoffice:held")).content.decode()

    assert words in page
    assert document.number in page
    assert page_of(document.case) in page
    assert of(document) in page
    assert document.holder_lat
    assert document.holder_lat not in page
    assert document.holder_ar not in page


def test_the_ways_to_the_list_say_that_something_is_held(house: House, document: Document) -> None:
    screen = at_screen_of(house.officer)
    assert reverse("backoffice:held") in screen.get(page_of(document.case)).content.decode()
    found = screen.get(reverse("backoffice:documents"))
    assert found.context["held"] == 1
    assert reverse("backoffice:held") in found.content.decode()

    desk = at_screen_of(house.desk)
    assert reverse("backoffice:held") not in desk.get(reverse("backoffice:documents")).content.decode()
    case = desk.get(page_of(document.case)).content.decode()
    assert "Held: a person must look at it" in case
    assert of(document, "document") not in case  # which would not be found


def test_a_held_document_is_made_anew_from_the_list(house: House, document: Document) -> None:
    screen = at_screen_of(house.officer)
    answer = screen.post(of(document), follow=True)

    document.refresh_from_db()
    assert document.state == Document.State.PREPARING
    assert Job.objects.filter(kind="documents.seal", payload={"document_id": document.pk}).count() == 2
    assert "is being made anew" in answer.content.decode()
    assert "No document is held." in answer.content.decode()
    assert screen.post(of(document)).status_code == 404  # nothing waits any more


def test_what_was_annulled_meanwhile_is_refused_with_a_sentence(house: House, document: Document) -> None:
    document.periods.create(status="revoked", since=document.prepared_at, reason="court")
    answer = at_screen_of(house.officer).post(of(document), follow=True)

    assert "was annulled" in answer.content.decode()
    document.refresh_from_db()
    assert document.state == Document.State.HELD


def test_whom_it_does_not_concern_finds_nothing(house: House, document: Document) -> None:
    director = at_screen_of(staff_of(the_directorate("TN-82"), Role.REGIONAL_DIRECTOR))
    assert document.number not in director.get(reverse("backoffice:held")).content.decode()
    assert director.post(of(document)).status_code == 404
    for name in ("document", "file"):
        assert at_screen_of(house.officer).get(of(document, name)).status_code == 404
    desk = at_screen_of(house.desk)
    assert (desk.get(reverse("backoffice:held")).status_code, desk.post(of(document)).status_code) == (404, 404)
    assert at_screen_of(house.officer).get(of(document)).status_code == 405
    document.refresh_from_db()
    assert document.state == Document.State.HELD


def test_ten_take_no_more_questions_to_the_database_than_one(house: House, django_assert_max_num_queries: Any) -> None:
    held_in(house)
    screen, page = at_screen_of(house.officer), reverse("backoffice:held")
    screen.get(page)
    with django_assert_max_num_queries(30) as counted:
        screen.get(page)
    for _time in range(4):
        held_in(house)
    with django_assert_max_num_queries(len(counted)):
        assert len(screen.get(page).context["held"]) == 5


@pytest.mark.parametrize(("language", "words"), [("ar", "وثائق موقوفة"), ("fr", "Documents retenus")])
def test_the_list_speaks_the_language_of_the_officer(
    house: House, document: Document, language: str, words: str
) -> None:
    with translation.override(language):
        page = at_screen_of(house.officer).get(reverse("backoffice:held")).content.decode()
    assert words in page
    assert "Held" not in page
