"""A document of a practice space is worth nothing wherever it is asked about; a genuine one is nothing of practice."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from procedures.documents import cose
from procedures.documents.addresses import code_text
from procedures.documents.key_making import make_keys
from procedures.documents.models import Document, SealKey
from tests.portal.verification.test_scan_in_a_browser import scanning
from tests.procedures.documents.factories import issued_decision

WORDS = {
    "ar": "وثيقة تدريب: لا قيمة لها",
    "fr": "Document d’entraînement : sans aucune valeur",
    "en": "Practice document: worth nothing",
}
GENUINE = ('class="verdict "', "Genuine document", "Document authentique", 'class="y"')


@pytest.fixture
def practised(in_practice: Any) -> Document:
    """Sealed in a practice space, with its own keys."""
    make_keys(in_practice.TAKWIN_KEYS)
    return issued_decision()


@pytest.fixture
def genuine_again(in_practice: Any, key_folder: Any) -> Callable[..., None]:
    """From now on this is the genuine portal, which has its own keys and never heard of practice."""

    def leave(document: Document, *, unknown: bool = True) -> None:
        in_practice.TAKWIN_PRACTICE = in_practice.TAKWIN_DEMONSTRATION = False
        in_practice.TAKWIN_KEYS = key_folder
        if unknown:
            Document.objects.filter(pk=document.pk).delete()
            SealKey.objects.filter(kid=document.kid).delete()

    return leave


@pytest.mark.parametrize("language", WORDS)
def test_the_practice_space_never_calls_its_own_document_genuine(
    client: Client, practised: Document, language: str
) -> None:
    page = client.get(f"/{language}/verify/{practised.public_id}/").content.decode()
    assert WORDS[language] in page
    assert "v-bad" in page
    assert not any(sign in page for sign in GENUINE)


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("unknown", [True, False])
def test_the_genuine_portal_says_what_a_practice_document_is_worth(
    client: Client, practised: Document, genuine_again: Any, language: str, unknown: bool
) -> None:
    genuine_again(practised, unknown=unknown)
    answer = client.get(f"/{language}/verify/{practised.public_id}/")
    page = answer.content.decode()
    assert answer.status_code == (404 if unknown else 200)
    assert WORDS[language] in page
    assert not any(sign in page for sign in GENUINE)


def test_the_genuine_portal_publishes_no_practice_key(client: Client, practised: Document, genuine_again: Any) -> None:
    assert all(key["takwin_practice"] for key in client.get("/.well-known/jwks.json").json()["keys"])
    genuine_again(practised, unknown=False)
    kids = {key["kid"] for key in client.get("/.well-known/jwks.json").json()["keys"]}
    assert len(kids) == 2
    assert not any("takwin_practice" in key for key in client.get("/.well-known/jwks.json").json()["keys"])


def test_a_genuine_document_stays_genuine_on_the_genuine_portal(client: Client) -> None:
    page = client.get(f"/en/verify/{issued_decision().public_id}/").content.decode()
    assert "Genuine document" in page
    assert "ractice" not in page


@pytest.mark.browser
@pytest.mark.parametrize("where", ["practice", "genuine", "genuine that holds the row"])
def test_the_script_of_the_page_says_it_of_the_paper_itself(
    practised: Document, genuine_again: Any, where: str, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    if where != "practice":
        genuine_again(practised, unknown=where == "genuine")
    with scanning(practised) as page:
        page.goto(code_text(practised.public_id, cose.fragment(bytes(practised.cose))))
        page.wait_for_function("document.title.startsWith('Document d’entraînement')")
        assert "v-bad" in (page.locator("#verdict").get_attribute("class") or "")
        assert page.inner_text("#heading") == WORDS["fr"]
        assert page.locator("#ticks li.y").count() == 0
        assert page.locator("#signed:not([hidden])").count() == 0


@pytest.mark.browser
def test_the_script_condemns_a_practice_seal_under_the_code_of_a_genuine_document(
    practised: Document, genuine_again: Any, settings: Any
) -> None:
    """The page says genuine, of the code; the paper in hand was sealed in a practice space."""
    genuine_again(practised, unknown=False)
    settings.ALLOWED_HOSTS = ["*"]
    document = issued_decision(serial=2)
    with scanning(document) as page:
        page.goto(code_text(document.public_id, cose.fragment(bytes(practised.cose))))
        page.wait_for_selector("#verdict.v-bad")
        assert page.inner_text("#heading") == WORDS["fr"]
