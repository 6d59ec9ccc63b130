"""Pages in three languages say what the procedure says, and nothing that nobody knows."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page

from cms_content.models import HomePage, ServicePage
from tests.cms_content.factories import ADDRESS, CODE

pytestmark = pytest.mark.usefixtures("site")
LANGUAGES = ["ar", "fr", "en"]


@pytest.mark.parametrize(("language", "says"), [("ar", "من أنت؟"), ("fr", "Qui êtes-vous"), ("en", "Who are you?")])
def test_the_home_page_speaks_its_language(client: Client, language: str, says: str) -> None:
    answer = client.get(f"/{language}/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert says in page
    assert f'href="/{language}/{ADDRESS}/"' in page


@pytest.mark.parametrize(
    ("language", "facts"),
    [
        ("ar", ["الأجل المعلن", "45", "يوم عمل", "مجاني", "افتراض", "ابدأ المطلب"]),
        ("fr", ["Délai annoncé", "45", "jours ouvrés", "Gratuit", "hypothèse", "Commencer la demande"]),
        ("en", ["Announced delay", "45", "working days", "Free", "assumption", "Start the application"]),
    ],
)
def test_a_service_page_shows_delay_fee_and_that_they_are_assumptions(
    client: Client, language: str, facts: list[str]
) -> None:
    page = client.get(f"/{language}/{ADDRESS}/").content.decode()
    assert [fact for fact in facts if fact not in page] == []
    assert f"/{language}/services/{CODE}/start/" in page


def test_the_page_lists_papers_with_their_conditions_route_checks_and_texts(client: Client) -> None:
    page = client.get(f"/en/{ADDRESS}/").content.decode()
    for said in ("Identity card or passport", "only if", "The commission gives its opinion", "250", "Legal basis"):
        assert said in page


def test_no_delay_or_fee_is_published_for_a_service_that_does_not_run(client: Client) -> None:
    rows = client.get("/en/services/?theme=homologation").content.decode()
    assert "Not yet online" in rows
    assert "working day" not in rows


def test_a_page_of_a_procedure_that_is_gone_says_closed(client: Client) -> None:
    ServicePage.objects.filter(procedure=CODE).update(procedure="gone_with_its_plugin")
    answer = client.get(f"/en/{ADDRESS}/")
    assert answer.status_code == 200
    assert "Closed to new applications" in answer.content.decode()
    assert "/start/" not in answer.content.decode()


def test_loading_the_site_again_makes_nothing_and_overwrites_nothing() -> None:
    home = HomePage.objects.get(locale__language_code="fr")
    home.lead = "Écrit par une rédactrice"
    home.save_revision().publish()
    before = Page.objects.count()
    out = StringIO()
    call_command("load_site", stdout=out)
    assert Page.objects.count() == before
    assert HomePage.objects.get(pk=home.pk).lead == "Écrit par une rédactrice"
    assert "all its pages" in out.getvalue()


def test_pages_of_one_family_are_translations_of_each_other() -> None:
    keys = set(ServicePage.objects.filter(procedure=CODE).values_list("translation_key", flat=True))
    assert ServicePage.objects.filter(procedure=CODE).count() == 3
    assert len(keys) == 1


@pytest.mark.parametrize(("path", "most"), [("/ar/", 9), (f"/ar/{ADDRESS}/", 10), ("/ar/services/", 2)])
def test_public_pages_ask_the_database_little(
    client: Client, django_assert_max_num_queries: object, path: str, most: int
) -> None:
    client.get(path)
    with django_assert_max_num_queries(most):
        client.get(path)


@pytest.mark.parametrize("path", ["/ar/", f"/fr/{ADDRESS}/", "/en/services/?q=diploma", "/fr/privacy/"])
def test_a_visitor_leaves_with_no_cookie_and_no_session(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert not answer.cookies


def test_whoever_follows_a_case_keeps_only_the_guard_of_its_form(client: Client) -> None:
    answer = client.get("/ar/track/")
    assert set(answer.cookies) == {settings.CSRF_COOKIE_NAME}  # number and code are posted, never in an address


def test_pages_to_be_completed_say_so(client: Client) -> None:
    assert "Projet" in client.get("/fr/privacy/").content.decode()
    assert "مسودّة" in client.get("/ar/accessibility/").content.decode()
