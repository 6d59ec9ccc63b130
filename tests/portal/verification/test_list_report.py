"""A list of codes becomes a sealed report: made by the worker, verified by anyone, and forgotten on its day."""

import hashlib
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from portal.verification import listing
from portal.verification.models import ListReport
from portal.verification.work import forget_lists
from procedures.documents import codes
from procedures.documents.bound_rows import digest_of
from procedures.documents.keys import jwk_set
from procedures.documents.models import Document, StatusPeriod
from procedures.documents.status_list import signed_list
from procedures.jobs import services as jobs
from procedures.jobs.models import Job
from procedures.practice.kinds import CODE as PRACTICE
from takwin_verify import judged, keys_of, status_list_of
from takwin_verify.pdf_seal import HOLDS as PDF_HOLDS
from takwin_verify.pdf_seal import pdf_seal_of
from takwin_verify.reading import codes_in
from takwin_verify.verdict import HOLDS, Verdict
from tests.portal.verification.test_several import STATES, copies
from tests.procedures.documents.factories import issued_decision

ASK, WRONG = "/en/verify/several/report/", "84G7-ZWYR-D6Z1-RV0Q"
DONE = ("verification.report_list", "documents.seal")


@pytest.fixture
def document() -> Document:
    return issued_decision()


@pytest.fixture
def of_each_state(document: Document) -> list[Document]:
    issued = copies(document, 5)
    for each, state in zip(issued, STATES, strict=True):
        if state == "expired":
            Document.objects.filter(pk=each.pk).update(expires_on=timezone.localdate() - timedelta(days=1))
        elif state != "valid":
            StatusPeriod.objects.create(document=each, status=state, since=timezone.now(), reason="inquiry")
    return issued


def asked(client: Client, *typed: str) -> str:
    answer = client.post(ASK, {"codes": "\n".join(typed)})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def made(client: Client, *typed: str) -> tuple[str, Document]:
    address = asked(client, *typed)
    while jobs.sweep(seconds=60, kinds=DONE):
        pass
    report = ListReport.objects.get()
    assert report.document is not None
    return address, report.document


def practice_code() -> str:
    body = (PRACTICE + "0" * codes.LENGTH)[: codes.LENGTH - 1]
    return body + codes.check_character(body)


def test_five_hundred_codes_of_every_kind_give_a_report_whose_own_seal_verifies(
    client: Client, of_each_state: list[Document], tmp_path: Path
) -> None:
    issued, never = [each.public_id for each in of_each_state], codes.new_id()
    special = [*issued, practice_code(), never, WRONG]
    typed = special + [codes.new_id() for _place in range(500 - len(special))]

    address, report = made(client, *typed)

    page = client.get(address).content.decode()
    words = ("Genuine and in force", "Suspended", "Revoked", "Replaced", "Expired", "Practice, worth nothing")
    rows = page.partition("<tbody>")[2].split("</tr>")[:-1]
    assert len(rows) == 500
    for row, code, word in zip(rows, special, (*words, "Unknown", "Mistyped code"), strict=False):
        assert f">{word}<" in row
        assert codes.grouped(code.replace("-", "")) in row

    file = tmp_path / "report.pdf"
    file.write_bytes(read(client.get(address + "report.pdf")))
    assert file.read_bytes().startswith(b"%PDF")
    verdict = verified(file)
    assert (verdict.said, verdict.seal.result, verdict.key.result) == ("valid", HOLDS, HOLDS)
    assert verdict.claims is not None
    assert verdict.claims.rows_sha256 == digest_of(report.content["bound"])
    assert pdf_seal_of(file, [Path(settings.TAKWIN_KEYS) / "pdf-root.crt"]) == PDF_HOLDS
    bound = digest_of(report.content["bound"])
    assert report.claims["rows_sha256"] == bound.hex()
    assert [row[4] for row in report.content["bound"][:8]] == [*STATES, "practice", "unknown", "mistyped"]
    own = client.get(f"/en/verify/{report.public_id}/")
    assert own.status_code == 200
    assert "Genuine document" in own.content.decode()
    assert hashlib.sha256(file.read_bytes()).hexdigest() == report.file_sha256


def read(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def verified(file: Path) -> Verdict:
    """By the verifier that has no Django, under the keys and the list as they are published."""
    keys = keys_of(jwk_set())
    [code] = codes_in(file)
    return judged(code, keys, status_list_of(signed_list(), keys), host="verif.example.tn", now=timezone.now())


def test_the_report_is_made_by_the_worker_and_its_page_says_how_far_it_is(client: Client, document: Document) -> None:
    address = asked(client, document.public_id)
    assert document.public_id not in address
    assert not Document.objects.filter(output="verification_report").exists()
    waiting = client.get(address)
    assert "Step 1 of 2" in waiting.content.decode()
    assert waiting["Refresh"] == "3"
    assert client.get(address + "report.pdf").status_code == 404

    jobs.run(Job.objects.get(kind="verification.report_list").pk)
    assert "Step 2 of 2" in client.get(address).content.decode()
    jobs.run(Job.objects.filter(kind="documents.seal", state="new").latest("pk").pk)
    ready = client.get(address)
    assert "Download the sealed report" in ready.content.decode()
    assert "Refresh" not in ready
    fetched = client.get(address + "report.pdf")
    assert read(fetched).startswith(b"%PDF")
    for answer in (waiting, ready, fetched):
        assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("no-store", "no-referrer")
    listing.make_report(ListReport.objects.get().pk)  # the same job once more
    assert Document.objects.filter(output="verification_report").count() == 1


def test_neither_the_list_nor_the_report_nor_its_job_holds_anything_personal(
    client: Client, document: Document
) -> None:
    names = ("Yassine Ben Cheikh", "01234567", "+216 98 123 456", "MOHAMEDBENSALAHA", "ياسين الورتاني")
    _address, report = made(client, document.public_id, *names, WRONG)

    kept = json.dumps([ListReport.objects.get().asked, report.content, report.claims], ensure_ascii=False)
    kept += json.dumps(list(Job.objects.filter(kind__in=DONE).values_list("payload", "key", "error")))
    for each in (*names, "OUERTANI", "الورتاني", "Yassine", "ياسين"):
        assert each.upper() not in kept.upper()
    assert WRONG in kept
    assert [row[0] for row in report.content["bound"]] == [codes.grouped(document.public_id), *"–" * 5, WRONG]


def test_a_report_is_forgotten_on_its_day_and_its_file_verifies_ever_after(
    client: Client, document: Document, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    address, report = made(client, document.public_id, WRONG)
    stored = Path(settings.TAKWIN_PRIVATE_STORAGE) / report.stored
    (tmp_path / "kept.pdf").write_bytes(stored.read_bytes())
    ends = ListReport.objects.get().purge_at
    assert ends == ListReport.objects.get().made_at + timedelta(days=settings.TAKWIN_LIST_REPORT_DAYS)

    with time_machine.travel(ends - timedelta(minutes=1), tick=False):
        forget_lists()
        assert client.get(address).status_code == 200
    with time_machine.travel(ends + timedelta(minutes=1), tick=False):
        assert client.get(address).status_code == 404  # though nothing was deleted yet
        with django_capture_on_commit_callbacks(execute=True):
            forget_lists()
        report.refresh_from_db()
        assert not ListReport.objects.exists()
        assert not stored.exists()
        assert codes.grouped(document.public_id) not in json.dumps(report.content)
        assert verified(tmp_path / "kept.pdf").said == "valid"
        page = client.get(f"/en/verify/{report.public_id}/").content.decode()
        assert "Genuine document" in page
        assert "Mistyped code" in page  # how many of each answer there were is told by its code
        wrong = client.get("/en/verify/several/" + "0" * 32 + "/")
        gone = client.get(address)
        assert (wrong.status_code, bare(wrong, "0" * 32)) == (gone.status_code, bare(gone, address.split("/")[-2]))


def bare(answer: Any, secret: str) -> str:
    return str(answer.content.decode().replace(secret, "…"))


def test_reports_and_guesses_at_their_addresses_are_limited(client: Client, document: Document) -> None:
    cache.clear()
    for _time in range(10):
        asked(client, document.public_id)
    more = client.post(ASK, {"codes": document.public_id})
    assert more.status_code == 429
    assert 0 < int(more["Retry-After"]) <= 3600
    for number in range(30):
        assert client.get(f"/en/verify/several/{number:032x}/").status_code == 404
    assert client.get(f"/en/verify/several/{31:032x}/").status_code == 429


def test_what_is_no_list_is_said_as_on_the_page_of_the_list(client: Client, db: None) -> None:
    answer = client.post(ASK, {"codes": " "})
    assert answer.status_code == 400
    assert "Enter at least one code" in answer.content.decode()
    assert client.get(ASK).status_code == 405


def test_reports_of_strangers_never_fill_the_queue_of_the_worker(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.verification.lists.MOST_WAITING", 2)
    asked = {"codes": "84G7-ZWYR-D6Z1-RV0P"}
    statuses = [client.post("/en/verify/several/report/", asked).status_code for _time in range(3)]
    assert statuses == [302, 302, 429]
