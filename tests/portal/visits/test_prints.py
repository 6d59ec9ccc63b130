"""The blank list and the report on paper, read back in Arabic and French."""

import re
import uuid

import pypdfium2
import pytest
from django.urls import reverse
from django.utils import translation

from procedures.visits.services import close_visit, keep_photograph
from procedures.visits.services.closing import Wrong
from tests.portal.backoffice.factories import at_screen_of
from tests.procedures.evidence.corpus import photograph, upload

pytestmark = pytest.mark.django_db


def read(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    try:
        return re.sub(r"\s+", " ", " ".join(page.get_textpage().get_text_bounded() for page in document))
    finally:
        document.close()


def printed(visit, reader, name: str, language: str) -> bytes:
    with translation.override(language):
        address = reverse(f"visits:{name}", args=(visit.public_id,))
    answer = at_screen_of(reader).get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    return answer.content


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", ("Extincteurs", "Hypothèse", "12 rue", "Sans objet", "au moins 1,4")), ("ar", ("مخارج", "المتفقد"))],
)
def test_the_blank_list_can_be_taken_along(house, language, words):
    visit = house.planned(place_address="12 rue de Carthage")
    text = read(printed(visit, house.ines, "checklist", language))
    assert [word for word in words if word.lower() not in text.lower()] == []
    assert visit.case.number in text
    assert "owner-only-word" not in text


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", ("Rapport de visite", "Grave", "issues de secours", "Hors liste")), ("ar", ("تقرير", "خطير"))],
)
def test_the_report_says_what_was_found_and_that_it_is_a_draft_until_it_is_closed(house, language, words):
    visit = house.begun()
    file = upload("front.jpg", photograph())
    keep_photograph(visit=visit, by=house.ines, key=uuid.uuid4(), item="front", file=file)
    visit = house.answered(visit, item__exits="no", finding__1__text="Humidité")
    found = [Wrong("exits", "grave", "Dégager."), Wrong("free-1", "minor", "Sécher.", "Humidité")]
    visit = house.reports(visit, findings=found, remarks="Accueil correct.")
    draft = {"fr": "Projet", "ar": "مسودّة"}[language]
    text = read(printed(visit, house.ines, "report_file", language))
    assert draft[:4] in text
    assert [word for word in (*words, "Dégager", "Humidité", "Accueil correct") if word not in text] == []
    close_visit(visit=visit, by=house.ines, version=visit.version)
    assert draft[:4] not in read(printed(visit, house.ines, "report_file", language))
