"""Keys as a site lives with them (in a module, rotated, leaked), and what each verifier then says."""

import base64
import csv
import hashlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from procedures.audit.models import Entry
from procedures.documents import codes, cose
from procedures.documents.addresses import code_text
from procedures.documents.claims import SealedClaims
from procedures.documents.issuing import seal_document
from procedures.documents.key_making import make_files, make_keys
from procedures.documents.key_rotation import rotate
from procedures.documents.keys import FileSealer, private_key_in
from procedures.documents.models import Document, SealKey
from tests.procedures.documents import real_module
from tests.procedures.documents.authority import Authority
from tests.procedures.documents.factories import issued_decision, prepared_decision
from tests.verifier.asking import in_node, page_of, pdf_says, portal_opens, published
from tests.verifier.conftest import Ask

needs_module = pytest.mark.skipif(real_module.is_not_to_be_had(), reason="SoftHSM is not installed; not Debian")
pytestmark = [pytest.mark.django_db, pytest.mark.real_time]


@pytest.fixture(scope="session")
def token(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return real_module.token_in(tmp_path_factory.mktemp("of-a-site"))


@pytest.fixture
def folder(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("procedures.cases.services.finish_issuing", lambda *, case_id: None)
    settings.TAKWIN_KEYS, settings.TAKWIN_PRIVATE_STORAGE = tmp_path / "keys", tmp_path / "private"
    cache.clear()
    return tmp_path / "keys"


@pytest.fixture
def files(folder: Path) -> Path:
    make_keys(folder)
    return folder


@pytest.fixture
def module(folder: Path, settings: Any, token: dict[str, str]) -> Path:
    """A site whose keys were all made in the module; its PDF seal is certified by an authority."""
    clock = folder.parent / "clock"
    make_files(clock, timezone.now())  # no service stamps time in a test
    for name, value in token.items():
        setattr(settings, name, value)
    settings.TAKWIN_DEVELOPMENT_SEAL = False
    make_keys(folder)
    settings.TAKWIN_DEVELOPMENT_SEAL = True
    for name in ("tsa.pem", "tsa.crt"):
        (clock / name).rename(folder / name)
    (folder / "tsa-root.crt").write_bytes((clock / "pdf-root.crt").read_bytes())
    (folder / "tsa-root.crl").write_bytes((clock / "pdf-root.crl").read_bytes())
    certified()
    return folder


def certified() -> None:
    """The way of a PDF key with an authority: asked once, answered, put to use."""
    done, told = rotate("pdf")
    assert not done
    assert "Have your authority certify" in told[-1]
    Authority().answer(Path(settings.TAKWIN_KEYS) / "next" / "pdf.csr")
    done, _told = rotate("pdf")
    assert done


def everybody_takes(document: Document, ask: Ask, *roots: Path) -> None:
    assert portal_opens(document)
    status, page, digest = page_of(document.public_id)
    assert (status, digest) == (200, document.cose_digest)
    assert "Genuine document" in page
    assert "Key of issue: ours" in page
    assert in_node((bytes(document.cose), document.public_id)) == [["", document.cose_digest]]
    said = ask(paper(document), *(word for root in roots for word in ("--root", str(root))))
    assert said.returncode == 0, said.stdout + said.stderr
    assert "PDF file: unchanged since it was sealed" in said.stdout
    told = pdf_says(document)
    assert "Signature is Valid" in told
    assert "Total document signed" in told


def paper(document: Document) -> Path:
    return Path(settings.TAKWIN_PRIVATE_STORAGE) / document.stored


@needs_module
def test_what_a_hardware_module_seals_is_taken_by_every_verifier(module: Path, ask: Ask) -> None:
    assert [path.name for path in module.glob("*.pem")] == ["tsa.pem"]  # the portal holds no key that seals
    everybody_takes(issued_decision(), ask, module / "pdf-root.crt")


@pytest.mark.parametrize("kind", ["files", pytest.param("module", marks=needs_module)])
def test_after_a_rotation_old_papers_hold_and_new_ones_bear_the_new_key(
    kind: str, request: pytest.FixtureRequest, ask: Ask
) -> None:
    folder = request.getfixturevalue(kind)
    old, root = issued_decision(), folder.parent / "old-root.crt"
    root.write_bytes((folder / "pdf-root.crt").read_bytes())

    call_command("rotate_seal_keys", "qr", "status", "--at-once")
    certified() if kind == "module" else call_command("rotate_seal_keys", "pdf")
    cache.clear()
    new = issued_decision(serial=2)

    assert old.kid != new.kid
    assert root.read_bytes() != (folder / "pdf-root.crt").read_bytes()
    everybody_takes(old, ask, root)
    everybody_takes(new, ask, folder / "pdf-root.crt")
    assert {row["kid"] for row in published()["keys"]} >= {key_of(old)["kid"], key_of(new)["kid"]}
    assert key_of(old)["exp"] - timezone.now().timestamp() < 86_400 + 60
    sealed_with = [entry.data["pdf_kid"] for entry in Entry.objects.filter(action="document.issued")]
    assert len(set(sealed_with)) == 2


def test_an_edwards_key_seals_what_every_verifier_takes(folder: Path, ask: Ask) -> None:
    make_keys(folder)
    call_command("rotate_seal_keys", "qr", "status", "--at-once", "--algorithm", "EdDSA")
    document = issued_decision()
    assert {key_of(document)[name] for name in ("kty", "crv", "alg")} == {"OKP", "Ed25519", "EdDSA"}
    everybody_takes(document, ask, folder / "pdf-root.crt")


def key_of(document: Document, jwks: dict[str, Any] | None = None) -> dict[str, Any]:
    kid = base64.urlsafe_b64encode(bytes.fromhex(document.kid)).decode().rstrip("=")
    return next(row for row in (jwks or published())["keys"] if row["kid"] == kid)


def forged(document: Document, thief: FileSealer, public_id: str) -> bytes:
    """Claims of the thief's own, under the stolen key: nothing in the bytes tells them from genuine ones."""
    genuine = cose.opened(bytes(document.cose), document.public_id, {thief.kid: thief.public_key}).claims
    names = {"holder_lat": "Nobody AT ALL", "holder_ar": "لا أحد"}
    free = {"status_index": (genuine.status_index + 7) % 2**20}
    return cose.sealed(SealedClaims(**(vars(genuine) | names | free)), public_id, thief)


def test_the_drill_of_a_leaked_key(files: Path, ask: Ask, tmp_path: Path) -> None:
    honest, listed = issued_decision(), tmp_path / "anew.csv"
    thief, strange_id = FileSealer(private_key_in(files / "qr.pem")), codes.new_id()
    invented = forged(honest, thief, strange_id)
    over_honest = forged(honest, thief, honest.public_id)
    addresses = [
        code_text(strange_id, cose.fragment(invented)),
        code_text(honest.public_id, cose.fragment(over_honest)),
    ]
    stale, before = published(), Client().get("/.well-known/jwks.json")

    # Nobody knows of the leak: offline the forgeries pass, online the register finds both out at once.
    assert [ask(address).returncode for address in addresses] == [0, 0]
    assert page_of(strange_id)[0] == 404
    [[why, digest]] = in_node((over_honest, honest.public_id))
    assert (why, digest != page_of(honest.public_id)[2]) == ("", True)

    yesterday = timezone.localdate() - timedelta(days=1)
    kid = key_of(honest)["kid"]
    call_command("retire_seal_key", kid, "--since", yesterday.isoformat(), "--list", str(listed))

    # The set of keys tells it, under another ETag, for a day.
    after = Client().get("/.well-known/jwks.json", HTTP_IF_NONE_MATCH=before["ETag"])
    assert (after.status_code, after["Cache-Control"]) == (200, "public, max-age=86400")
    assert timezone.now().timestamp() - key_of(honest)["revoked_at"] > 0
    # Offline, with the keys refreshed, nothing of that key is genuine; with stale keys it still passes.
    for address in addresses:
        said = ask(address)
        assert (said.returncode, "Revoked key" in said.stdout, "Nobody" in said.stdout) == (1, True, False)
        assert ask(address, jwks=stale).returncode == 0
    told = in_node((invented, strange_id), (over_honest, honest.public_id), (bytes(honest.cose), honest.public_id))
    assert [why for why, _digest in told] == ["revoked key"] * 3
    # Online the honest paper gets an honest answer: its seal, and no other, is the one in the register.
    status, page, in_register = page_of(honest.public_id)
    assert (status, "Genuine document" in page, "Key of issue: retired since" in page) == (200, True, True)
    assert [digest == in_register for _why, digest in told] == [False, False, True]
    assert page_of(strange_id)[0] == 404
    # Another key seals from now on, and the papers to issue anew are told by their codes alone.
    everybody_takes(issued_decision(serial=2), ask, files / "pdf-root.crt")
    rows = list(csv.DictReader(listed.read_text().splitlines()))
    assert [(row["code"], row["status"]) for row in rows] == [(honest.public_id, "valid")]
    assert "Cheikh" not in listed.read_text()
    acts = Entry.objects.filter(action__startswith="key.").values_list("action", flat=True)
    assert {"key.made", "key.rotated", "key.retired", "key.used"} == set(acts)


def test_a_paper_that_waits_for_its_file_while_its_key_leaks_leaves_with_another(files: Path, ask: Ask) -> None:
    document = prepared_decision()
    first = bytes(document.cose)
    call_command("retire_seal_key", document.kid)
    seal_document(document.pk)
    document.refresh_from_db()
    assert document.cose_digest == hashlib.sha256(bytes(document.cose)).hexdigest() != hashlib.sha256(first).hexdigest()
    everybody_takes(document, ask, files / "pdf-root.crt")
    assert SealKey.objects.filter(kid=document.kid, revoked_at=None).count() == 1
