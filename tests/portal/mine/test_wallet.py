"""A holder takes a document into a wallet: a credential of W3C and a badge that programs of others accept."""

from typing import Any

import jwt
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openbadgeslib.ob3.verifier import OB3VerificationError, OB3Verifier

from procedures.audit.models import Entry
from procedures.cases import services
from procedures.documents.models import Document, StatusPeriod
from tests.procedures.kernel.factories import House, a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(house: House) -> Document:
    case = house.at_signature()
    services.sign(case=case, by=house.delegate, version=case.version)
    found = case.documents.exclude(output="receipt").get()
    Document.objects.filter(pk=found.pk).update(state=Document.State.ISSUED, stored="sealed.pdf")
    return Document.objects.get(pk=found.pk)


@pytest.fixture
def mine(house: House, client: Client) -> Client:
    client.force_login(house.applicant)
    return client


def taken(client: Client, document: Document, form: str) -> str:
    answer = client.get(reverse(f"mine:{form}", args=(document.public_id,)))
    assert answer["Content-Type"] == "application/vc+jwt"
    assert "no-store" in answer["Cache-Control"]
    return str(answer.content.decode())


def published_key(token: str) -> Any:
    """The key that a stranger finds under `kid` in the set that anybody may fetch."""
    keys = Client().get("/.well-known/jwks.json").json()["keys"]
    (found,) = [key for key in keys if key["kid"] == jwt.get_unverified_header(token)["kid"]]
    return jwt.PyJWK(found).key


def altered(token: str) -> str:
    head, body, signature = token.split(".")
    changed = jwt.utils.base64url_decode(body).replace(b"2026", b"2025", 1)
    return f"{head}.{jwt.utils.base64url_encode(changed).decode()}.{signature}"


def test_the_credential_is_signed_with_a_published_key_and_says_what_the_seal_says(
    mine: Client, document: Document
) -> None:
    token = taken(mine, document, "credential")
    held = jwt.decode(token, published_key(token), algorithms=["ES256"])
    assert jwt.get_unverified_header(token)["typ"] == "vc+jwt"
    assert held["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    assert held["type"] == ["VerifiableCredential"]
    assert held["issuer"]["id"] == held["iss"]
    assert held["validFrom"] == f"{document.issued_on.isoformat()}T00:00:00Z"
    assert held["credentialSubject"]["holderArabic"] == document.holder_ar
    assert held["id"].endswith(document.public_id)
    assert "vc" not in held  # the form of an older version
    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(altered(token), published_key(token), algorithms=["ES256"])


def test_a_library_of_others_accepts_the_badge_and_no_altered_one(mine: Client, document: Document) -> None:
    token = taken(mine, document, "badge")
    verifier = OB3Verifier(published_key(token))
    badge = verifier.verify(token)
    assert badge.issuer.id == settings.TAKWIN_PUBLIC_URL
    assert document.titles["fr"] in badge.achievement.name
    held = jwt.decode(token, options={"verify_signature": False})
    assert held["credentialSubject"]["identifier"][0]["identityHash"] == document.holder_lat
    with pytest.raises(OB3VerificationError):
        verifier.verify(altered(token))


@pytest.mark.parametrize("form", ["credential", "badge"])
def test_only_the_holder_takes_it_and_only_while_the_document_holds(
    form: str, mine: Client, document: Document, client: Client
) -> None:
    address = reverse(f"mine:{form}", args=(document.public_id,))
    page = reverse("mine:document", args=(document.public_id,))
    assert address in mine.get(page).content.decode()
    assert mine.get(address).status_code == 200
    assert Entry.objects.get(action="document.credential").data == {"form": form, "kid": document.kid}
    StatusPeriod.objects.create(document=document, status="suspended", since=timezone.now(), reason="inquiry")
    assert mine.get(address).status_code == 404
    assert address not in mine.get(page).content.decode()
    client.force_login(a_person())
    assert client.get(address).status_code == 404
