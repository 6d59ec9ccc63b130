"""What a stranger reads: each state in its own words and colour, short names, and no door to guess through."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from procedures.documents import codes, services
from procedures.documents.models import Document, SealKey, StatusPeriod
from procedures.documents.status_changes import StatusRefused
from tests.procedures.documents.factories import issued_decision, person

CASES = {
    "valid": ("Genuine document", 'class="verdict "'),
    "suspended": ("Document suspended: do not rely on it for now", "v-hold"),
    "revoked": ("Document revoked: do not accept it", "v-bad"),
    "replaced": ("Document replaced: ask for the new one", "v-old"),
    "expired": ("Document expired: it no longer holds", "v-old"),
}


@pytest.fixture
def document() -> Document:
    return issued_decision()


def put_in(document: Document, state: str) -> None:
    if state == "expired":
        Document.objects.filter(pk=document.pk).update(expires_on=timezone.localdate() - timedelta(days=1))
    elif state != "valid":
        StatusPeriod.objects.create(document=document, status=state, since=timezone.now(), reason="inquiry")


@pytest.mark.parametrize("state", CASES)
@pytest.mark.parametrize("door", ["/en/verify/{}/", "/V/{}", "/v/{}"])
def test_each_state_has_its_words_and_its_colour(client: Client, document: Document, state: str, door: str) -> None:
    put_in(document, state)
    address = door.format(document.public_id.lower() if door == "/v/{}" else document.public_id)
    answer = client.get(address, HTTP_ACCEPT_LANGUAGE="en")
    page = answer.content.decode()
    heading, colour = CASES[state]
    assert answer.status_code == 200
    assert heading in page
    assert colour in page
    assert [other for other, (words, _) in CASES.items() if words in page] == [state]


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_the_words_differ_by_state_in_every_language(client: Client, document: Document, language: str) -> None:
    headings = set()
    for state in CASES:
        document.periods.all().delete()
        Document.objects.filter(pk=document.pk).update(expires_on=None)
        put_in(document, state)
        page = client.get(f"/{language}/verify/{document.public_id}/").content.decode()
        headings.add(re.search(r'<h1 id="heading">(.*?)</h1>', page)[1])
    headings.add(re.search(r'<h1 id="heading">(.*?)</h1>', unknown(client, language).content.decode())[1])
    assert len(headings) == 6


def key_tick(client: Client, document: Document) -> str:
    page = client.get(f"/en/verify/{document.public_id}/").content.decode()
    found = re.search(r'<li class="\w" id="tick-key">.*?</li>', page)
    assert found
    return found[0]


def test_the_key_of_issue_is_ours_then_retired_or_not_of_that_day(client: Client, document: Document) -> None:
    ours = key_tick(client, document)
    assert 'class="y" id="tick-key"' in ours
    assert "Key of issue: ours" in ours

    key = SealKey.objects.filter(kid=document.kid, purpose="qr")
    key.update(revoked_at=datetime(2026, 11, 18, 9, tzinfo=UTC))
    retired = key_tick(client, document)
    assert 'class="w" id="tick-key"' in retired
    assert "Key of issue: retired since" in retired
    assert "It was retired on 18 November 2026." in retired
    assert "Status: Valid" in client.get(f"/en/verify/{document.public_id}/").content.decode()

    key.update(revoked_at=None, not_after=datetime(2026, 11, 1, tzinfo=UTC))
    other = key_tick(client, document)
    assert 'class="n" id="tick-key"' in other
    assert "Key of issue: not in force" in other


def unknown(client: Client, language: str = "en", code: str = "") -> Any:
    return client.get(f"/{language}/verify/{code or codes.new_id()}/")


def test_a_code_shows_the_short_name_alone(client: Client, document: Document) -> None:
    for address in (
        f"/ar/verify/{document.public_id}/",
        f"/fr/verify/{document.public_id}/",
        f"/V/{document.public_id}",
    ):
        page = client.get(address).content.decode()
        assert "الورتاني" not in page
        assert "OUERTANI" not in page.upper().replace("CODE", "")
    assert "ياسين ب." in client.get(f"/ar/verify/{document.public_id}/").content.decode()
    assert "Yassine B." in client.get(f"/fr/verify/{document.public_id}/").content.decode()


def test_a_document_in_the_making_and_one_never_made_look_the_same(client: Client, document: Document) -> None:
    Document.objects.filter(pk=document.pk).update(state=Document.State.PREPARING)
    never = codes.new_id()

    def body(code: str) -> str:
        page = unknown(client, code=code).content.decode()
        return re.sub(r"<time.*?</time>", "", page).replace(code, "").replace(codes.grouped(code), "")

    assert unknown(client, code=document.public_id).status_code == 404
    assert body(document.public_id) == body(never)


def test_a_mistyped_code_is_told_without_asking_the_register(
    client: Client, django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr("portal.verification.views.issued_standing", asked.append)
    answer = client.get("/en/verify/", {"code": "84G7-ZWYR-D6Z1-RV0Q"})
    assert "One character differs from the printed code" in answer.content.decode()
    assert 'value="84G7-ZWYR-D6Z1-RV0Q"' in answer.content.decode()
    by_address = client.get("/en/verify/84G7ZWYRD6Z1RV0Q/")
    assert by_address.status_code == 404
    assert "One character differs from the printed code" in by_address.content.decode()
    assert asked == []


def test_a_typed_code_leads_to_its_page_however_it_was_typed(client: Client, document: Document) -> None:
    typed = codes.grouped(document.public_id).lower().replace("0", "o").replace("1", "l")
    answer = client.get("/fr/verify/", {"code": typed})
    assert answer.status_code == 302
    assert answer["Location"] == f"/fr/verify/{document.public_id}/"


def test_only_misses_are_counted_and_the_thirty_first_waits(client: Client, document: Document) -> None:
    for _ in range(30):
        assert unknown(client).status_code == 404
    blocked = unknown(client)
    assert blocked.status_code == 429
    assert 1 <= int(blocked["Retry-After"]) <= 60
    assert client.get(f"/en/verify/{document.public_id}/").status_code == 200
    assert client.get(f"/en/verify/{codes.new_id()}/", REMOTE_ADDR="192.0.2.9").status_code == 404


def test_a_hit_touches_no_counter(client: Client, document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.verification.views.seconds_to_wait", lambda request: pytest.fail("counted"))
    for _ in range(40):
        assert client.get(f"/V/{document.public_id}").status_code == 200


def test_the_answer_is_kept_by_nobody_and_sends_no_address_on(client: Client, document: Document) -> None:
    for address in (
        f"/V/{document.public_id}",
        f"/en/verify/{document.public_id}/",
        f"/V/{codes.new_id()}",
        "/en/verify/",
    ):
        answer = client.get(address)
        assert answer["Cache-Control"] == "no-store"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["Permissions-Policy"].startswith("camera=()")
        policy = answer["Content-Security-Policy"]
        for rule in ("default-src 'none'", "script-src 'self'", "connect-src 'self'", "frame-ancestors 'none'"):
            assert rule in policy
        assert "unsafe" not in policy


def test_the_page_never_asks_anyone_to_log_in(client: Client, document: Document) -> None:
    page = client.get(f"/en/verify/{document.public_id}/").content.decode()
    assert "/login/" not in page


def test_a_revocation_takes_two_people_and_changes_the_answer(client: Client, document: Document) -> None:
    officer, delegate = person("A", "minister_delegate"), person("B", "minister_delegate")
    proposal = services.propose_status_change(
        document=document, change="revoke", reason="false_paper", note="x", by=officer
    )
    assert services.status_of(document) == "valid"
    with pytest.raises(StatusRefused, match="Another person"):
        services.decide_status_change(proposal=proposal, approve=True, by=officer)
    with pytest.raises(StatusRefused, match="role"):
        services.decide_status_change(proposal=proposal, approve=True, by=person("C", "desk_officer"))
    services.decide_status_change(proposal=proposal, approve=True, by=delegate)
    page = client.get(f"/en/verify/{document.public_id}/").content.decode()
    assert "Document revoked" in page
    assert "turned out to be false" in page
    with pytest.raises(StatusRefused, match="already"):
        services.decide_status_change(proposal=proposal, approve=True, by=delegate)
    with pytest.raises(StatusRefused, match="final"):
        services.propose_status_change(document=document, change="restore", reason="settled", note="", by=officer)


def test_a_suspension_ends_and_leaves_its_period(document: Document) -> None:
    officer, delegate = person("A", "central_officer"), person("B", "minister_delegate")
    for change, reason in (("suspend", "inquiry"), ("restore", "settled")):
        proposal = services.propose_status_change(document=document, change=change, reason=reason, note="", by=officer)
        services.decide_status_change(proposal=proposal, approve=True, by=delegate)
    (period,) = document.periods.all()
    assert services.status_of(document) == "valid"
    assert period.until is not None
    assert services.status_of(document, period.since) == "suspended"


def test_a_declined_proposal_changes_nothing(document: Document) -> None:
    officer, delegate = person("A", "central_officer"), person("B", "administrator")
    proposal = services.propose_status_change(document=document, change="revoke", reason="error", note="", by=officer)
    services.decide_status_change(proposal=proposal, approve=False, by=delegate)
    assert services.status_of(document) == "valid"
