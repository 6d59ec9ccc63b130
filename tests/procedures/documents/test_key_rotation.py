"""Keys take each other's place: known to verifiers before they seal, whatever breaks off, each step recorded."""

import base64
import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature

from procedures.audit.models import Entry
from procedures.documents.key_making import make_keys
from procedures.documents.key_requests import request_for
from procedures.documents.key_rotation import one_at_a_time, rotate
from procedures.documents.keys import NoKey, jwk_set, sealer_for, sealer_in
from procedures.documents.models import Document, SealKey
from procedures.documents.sealing import current_chain, validation_context
from procedures.documents.status_list import signed_list
from tests.procedures.documents.authority import Authority
from tests.procedures.documents.factories import issued_decision


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    SealKey.objects.all().delete()  # those of the other tests of this room
    settings.TAKWIN_KEYS = tmp_path / "keys"
    make_keys(settings.TAKWIN_KEYS)
    return Path(settings.TAKWIN_KEYS)


def rotated(*words: str) -> str:
    told = io.StringIO()
    call_command("rotate_seal_keys", *words, stdout=told)
    return told.getvalue()


def holds(document: Document) -> bool:
    raw = (Path(settings.TAKWIN_PRIVATE_STORAGE) / document.stored).read_bytes()
    signature = PdfFileReader(io.BytesIO(raw)).embedded_signatures[0]
    return bool(validate_pdf_signature(signature, validation_context(current_chain())).bottom_line)


@pytest.mark.parametrize("purpose", ["qr", "status"])
def test_a_new_key_is_published_a_day_before_it_seals(folder: Path, purpose: str) -> None:
    before = sealer_for(purpose).kid
    assert "is published. Run this again from 2026-11-19 09:0" in rotated(purpose)
    assert len([key for key in jwk_set()["keys"] if key["takwin_purpose"] == purpose]) == 2
    rotated(purpose)
    assert sealer_for(purpose).kid == before

    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        assert f"after {before.hex()}" in rotated(purpose)
        assert sealer_for(purpose).kid != before
        old = SealKey.objects.get(kid=before.hex(), purpose=purpose)
        assert old.not_after - timezone.now() <= timedelta(days=1)
    assert not [*(folder / "next").iterdir()]
    assert oct((folder / f"{purpose}.pem").stat().st_mode & 0o777) == "0o600"


def test_what_waited_when_the_key_changed_may_bear_its_own_day(folder: Path) -> None:
    rotated("qr", "--at-once")
    row = SealKey.objects.get(kid=sealer_for("qr").kid.hex())
    assert timezone.now() - row.not_before > timedelta(days=59)
    assert row.not_after - timezone.now() > timedelta(days=364)


@pytest.mark.parametrize("purpose", ["qr", "pdf"])
def test_wherever_a_rotation_breaks_off_the_next_run_ends_it(
    folder: Path, purpose: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, before, replace = issued_decision(), sealer_in(folder, purpose).kid, Path.replace
    for breaks_at in range(1, 20):
        count = 0

        def killed(path: Path, target: Path, breaks_at: int = breaks_at) -> Path:
            nonlocal count
            count += 1
            if count == breaks_at:
                raise KeyboardInterrupt
            return replace(path, target)

        monkeypatch.setattr(Path, "replace", killed)
        try:
            rotate(purpose, at_once=True)
        except KeyboardInterrupt:
            pass
        else:
            break
    monkeypatch.setattr(Path, "replace", replace)
    assert breaks_at > 1, "nothing was broken off"
    assert sealer_in(folder, purpose).kid != before
    assert Entry.objects.filter(action="key.rotated", data__purpose=purpose).count() == 1
    new = issued_decision(serial=2)
    assert holds(old)
    assert holds(new)


@pytest.mark.parametrize("certified_by", ["ourselves", "an authority"])
def test_a_pdf_key_whose_certificate_is_in_place_already_follows_it_the_next_time(
    folder: Path, certified_by: str, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    before, replace = sealer_in(folder, "pdf").kid, Path.replace
    if certified_by == "an authority":
        settings.TAKWIN_DEVELOPMENT_SEAL = False
        rotated("pdf")
        Authority().answer(folder / "next" / "pdf.csr")

    def cut_before_the_key(path: Path, target: Path) -> Path:
        if path == folder / "next" / "pdf.pem":
            raise KeyboardInterrupt
        return replace(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", cut_before_the_key)
        with pytest.raises(KeyboardInterrupt):
            rotate("pdf", at_once=True)
    assert not (folder / "next" / "pdf.crt").exists()
    assert sealer_in(folder, "pdf").kid == before

    assert "The pdf key is now" in rotated("pdf")

    assert sealer_in(folder, "pdf").kid != before
    assert Entry.objects.filter(action="key.rotated", data__purpose="pdf").count() == 1
    settings.TAKWIN_DEVELOPMENT_SEAL = True  # the clock is still our own
    assert holds(issued_decision())


def test_two_processes_do_not_change_keys_at_once(folder: Path) -> None:
    with one_at_a_time(folder), pytest.raises(CommandError, match="Another process"):
        rotated("qr")


def test_each_night_only_what_is_due_is_begun(folder: Path) -> None:
    assert rotated("--due").splitlines() == [f"{purpose}: nothing to do." for purpose in ("qr", "pdf", "status")]
    with time_machine.travel(timezone.now() + timedelta(days=340)):
        assert "The qr key" in rotated("--due")
        kid = sealer_for("qr").kid
    with time_machine.travel(timezone.now() + timedelta(days=342)):
        assert "The qr key is now" in rotated("--due")
        assert sealer_for("qr").kid != kid


def test_a_key_that_is_missing_keeps_no_other_from_its_turn(folder: Path) -> None:
    (folder / "pdf.pem").unlink()
    before = sealer_for("status").kid
    with pytest.raises(CommandError, match="There is no pdf key"):
        rotated("--due")
    SealKey.objects.filter(purpose="status").update(not_after=timezone.now() + timedelta(days=20))
    with pytest.raises(CommandError, match="There is no pdf key"):
        rotated("--due", "--at-once")
    assert sealer_for("status").kid != before


def test_nothing_is_sealed_with_a_key_that_no_verifier_would_take(folder: Path) -> None:
    kid = sealer_for("qr").kid.hex()
    with time_machine.travel(timezone.now() + timedelta(days=366)), pytest.raises(NoKey, match="has ended"):
        sealer_for("qr")
    SealKey.objects.filter(kid=kid).update(revoked_at=timezone.now())
    with pytest.raises(NoKey, match="was retired"):
        sealer_for("qr")
    SealKey.objects.filter(kid=kid).delete()
    with pytest.raises(NoKey, match="not published"):
        sealer_for("qr")


def test_a_pdf_key_that_was_retired_seals_no_file(folder: Path) -> None:
    SealKey.objects.filter(purpose="pdf").update(revoked_at=timezone.now())
    with pytest.raises(NoKey, match=r"pdf key .* was retired"):
        issued_decision()


def test_an_authority_certifies_the_next_pdf_key_and_older_files_keep_their_root(folder: Path, settings: Any) -> None:
    old, authority = issued_decision(), Authority()
    settings.TAKWIN_DEVELOPMENT_SEAL = False
    assert "certify" in rotated("pdf")
    request = folder / "next" / "pdf.csr"
    asked = request.read_bytes()
    assert "certify" in rotated("pdf")
    assert request.read_bytes() == asked
    (folder / "next" / "pdf.crt").write_bytes(authority.root.public_bytes(Encoding.PEM))
    with pytest.raises(CommandError, match="certificate of another key"):
        rotated("pdf")
    authority.answer(request)
    assert "The pdf key is now" in rotated("pdf")

    settings.TAKWIN_DEVELOPMENT_SEAL = True  # the clock is still our own
    new = issued_decision(serial=2)
    assert "Invented authority" in current_chain().roots[0].subject.human_friendly
    assert holds(old)
    assert holds(new)
    assert len([*folder.glob("pdf-root-*.crt")]) == 1


def test_a_certificate_of_another_key_seals_nothing(folder: Path) -> None:
    (folder / "pdf.crt").write_bytes((folder / "pdf-root.crt").read_bytes())
    with pytest.raises(NoKey, match=r"pdf.crt is not the certificate"):
        current_chain()


def test_a_key_of_edwards_brought_as_a_file_is_taken_and_one_of_another_curve_is_not(folder: Path) -> None:
    def brought(key: Any) -> None:
        (folder / "qr.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        make_keys(folder)

    brought(ed25519.Ed25519PrivateKey.generate())
    assert sealer_for("qr").algorithm == "EdDSA"
    with pytest.raises(NoKey, match="not an EC P-256 or Ed25519 key"):
        brought(ec.generate_private_key(ec.SECP384R1()))


def test_the_certificate_of_a_key_is_published_with_it(folder: Path) -> None:
    authority, request = Authority(), folder / "qr.csr"
    request.write_bytes(request_for(sealer_for("qr"), "qr"))
    (folder / "qr.crt").write_bytes(authority.certify(request) + authority.root.public_bytes(Encoding.PEM))
    make_keys(folder)
    keys = Client().get("/.well-known/jwks.json").json()["keys"]
    [key] = [each for each in keys if each["takwin_purpose"] == "qr"]
    first, root = (x509.load_der_x509_certificate(base64.b64decode(each)) for each in key["x5c"])
    assert first.public_key() == sealer_for("qr").public_key
    first.verify_directly_issued_by(root)
    assert not any("x5c" in each for each in keys if each is not key)
    rotated("qr", "--at-once")
    assert not (folder / "qr.crt").exists()
    again = Client().get("/.well-known/jwks.json").json()["keys"]
    assert [each["x5c"] for each in again if "x5c" in each] == [key["x5c"]]  # the old key's, for ever


def test_each_use_of_a_key_leaves_its_entry_and_nothing_personal(folder: Path) -> None:
    earlier = Entry.objects.filter(action="key.made").order_by("seq")[2].seq
    document = issued_decision()
    for _time in range(2):
        Client().get("/status/0.cwt")
    rotated("qr", "--at-once")
    call_command("retire_seal_key", document.kid)
    entries = Entry.objects.filter(action__startswith="key.", seq__gt=earlier).order_by("seq")
    assert [entry.action for entry in entries] == [
        *["key.made"] * 3,
        "key.used",
        "key.made",
        "key.rotated",
        "key.retired",
    ]
    assert {key for entry in entries for key in entry.data} == {
        "purpose", "kid", "algorithm", "day", "before", "since",
    }  # fmt: skip
    prepared, issued = Entry.objects.filter(action__in=("document.prepared", "document.issued")).order_by("seq")
    assert prepared.data["kid"] == issued.data["kid"] == document.kid
    assert issued.data["pdf_kid"] == sealer_in(folder, "pdf").kid.hex()
    call_command("audit", "verify")


def test_the_use_of_a_key_for_lists_is_recorded_once_a_day_however_many_are_signed(folder: Path) -> None:
    def recorded() -> list[str]:
        return [entry.data["day"] for entry in Entry.objects.filter(action="key.used").order_by("seq")]

    today, tomorrow = (str((timezone.now() + timedelta(days=days)).date()) for days in (0, 1))
    for _time in range(3):
        signed_list()
    assert recorded() == [today]
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        for _time in range(3):
            signed_list()
        rotated("status", "--at-once")
        signed_list()  # another key has an entry of its own
    assert recorded() == [today, tomorrow, tomorrow]


def test_a_retired_key_stays_so_and_an_earlier_day_counts(folder: Path) -> None:
    kid = sealer_for("qr").kid.hex()
    rotated("qr", "--at-once")

    def retired(*words: str) -> Any:
        call_command("retire_seal_key", kid, *words)
        return SealKey.objects.get(kid=kid).revoked_at

    first = retired()
    assert retired() == first
    assert retired("--since", "2026-11-01") < first
    assert retired() < first
    wrong = {
        ("00000000",): "No keys bear",
        (kid, "--since", "2027-01-01"): "has passed",
        (kid, "--since", "x"): "a day",
    }
    for words, sentence in wrong.items():
        with pytest.raises(CommandError, match=sentence):
            call_command("retire_seal_key", *words)
    assert sealer_for("qr").kid.hex() != kid


def test_a_retired_key_that_waits_is_not_put_to_use(folder: Path) -> None:
    rotated("qr")
    call_command("retire_seal_key", sealer_in(folder / "next", "qr").kid.hex())
    with pytest.raises(CommandError, match=r"was retired\. Delete it"):
        rotated("qr", "--at-once")
