"""A document of a practice space is worth nothing wherever it is asked about; a genuine one is nothing of practice."""

from typing import Any

import pytest
from django.test import Client

from portal.verification.several import answers
from procedures.documents.models import Document
from tests.procedures.documents.factories import issued_decision

WORDS = {
    "ar": "وثيقة تدريب: لا قيمة لها",
    "fr": "Document d’entraînement\u00a0: sans aucune valeur",
    "en": "Practice document: worth nothing",
}
GENUINE = ('class="verdict "', "Genuine document", "Document authentique", 'class="y"')


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


def test_the_unchanged_file_of_a_practice_document_gets_no_tick(client: Client, practised: Document) -> None:
    page = client.post("/en/verify/file/", {"digest": practised.file_sha256}).content.decode()
    assert WORDS["en"] in page
    assert not any(sign in page for sign in GENUINE)


@pytest.mark.parametrize("where", ["practice", "genuine", "genuine that holds the row"])
def test_among_several_codes_too_it_is_practice_and_never_valid(
    practised: Document, genuine_again: Any, where: str
) -> None:
    if where != "practice":
        genuine_again(practised, unknown=where == "genuine")
    (line,) = answers([(1, practised.public_id)])
    assert (line.state, line.said, line.tone) == ("practice", "Practice", "bad-t")


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
