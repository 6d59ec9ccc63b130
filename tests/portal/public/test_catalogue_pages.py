"""The catalogue, the way from a code to its page, and how to follow an application."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from cms_content.models import ServicePage
from tests.cms_content.factories import ADDRESS, CODE

pytestmark = pytest.mark.usefixtures("site")


def test_a_search_in_arabic_letters_folded_finds_the_page(client: Client) -> None:
    page = client.get("/ar/services/", {"q": "معادله"}).content.decode()
    assert f"/ar/{ADDRESS}/" in page
    assert "structure_creation" not in page


def test_a_search_without_result_keeps_the_words_and_says_what_to_try(client: Client) -> None:
    page = client.get("/en/services/", {"q": '<b>"zzz'}).content.decode()
    assert "&lt;b&gt;&quot;zzz" in page
    assert "Try one word only" in page


@pytest.mark.parametrize("query", ["%", "\x00", "…" * 400, "' OR 1=1 --", "١٢٣"])
def test_odd_words_are_an_answer_and_no_error(client: Client, query: str) -> None:
    assert client.get("/ar/services/", {"q": query}).status_code == 200


def test_a_theme_filters_and_an_unknown_theme_shows_all(client: Client) -> None:
    assert "structure_creation" not in client.get("/en/services/?theme=certificates").content.decode()
    assert "structure_creation" in client.get("/en/services/?theme=nonsense").content.decode()


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_a_code_leads_to_its_page_in_the_language(client: Client, language: str) -> None:
    with translation.override(language):
        answer = client.get(reverse("public:service", args=[CODE]))
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/{language}/{ADDRESS}/"


def test_a_procedure_without_a_page_still_shows_its_facts(client: Client) -> None:
    for page in ServicePage.objects.all():
        page.delete()
    page = client.get(f"/en/services/{CODE}/").content.decode()
    assert "Announced delay" in page


def test_a_service_not_online_sends_to_the_regional_directorate(client: Client) -> None:
    page = client.get("/fr/services/structure_creation/").content.decode()
    assert "direction régionale" in page
    assert "/start/" not in page


def test_an_unknown_code_is_not_found(client: Client) -> None:
    assert client.get("/ar/services/no_such_thing/").status_code == 404


def test_following_needs_the_account_or_the_code_of_the_receipt_and_says_why(client: Client) -> None:
    page = client.get("/en/track/").content.decode()
    assert "/en/desk/" in page
    assert 'name="number"' in page
    assert 'name="code"' in page
    assert "Why the number alone is not enough" in page
