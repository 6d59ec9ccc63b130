"""What verifiers without us fetch, and what the page's script does with it in a real engine."""

import subprocess
import time
import zlib
from pathlib import Path

import cbor2
import playwright
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from procedures.documents.keys import public_key_of
from procedures.documents.models import SealKey, StatusPeriod
from procedures.documents.status_list import packed
from tests.procedures.documents.factories import issued_decision

SCRIPT = Path(settings.ROOT) / "portal/verification/static/verification/verify.js"


def test_every_key_is_published_with_its_times(client: Client) -> None:
    answer = client.get("/.well-known/jwks.json")
    keys = answer.json()["keys"]
    assert {key["takwin_purpose"] for key in keys} == {"qr", "status"}
    assert all(key["kty"] == "EC" and key["alg"] == "ES256" and key["nbf"] < time.time() < key["exp"] for key in keys)
    assert all("d" not in key and len(key["kid"]) == 6 for key in keys)
    assert answer["Cache-Control"] == "public, max-age=86400"
    assert client.get("/.well-known/jwks.json", HTTP_IF_NONE_MATCH=answer["ETag"]).status_code == 304


def test_the_catalogue_names_every_type_in_three_languages(client: Client) -> None:
    types = client.get("/catalogue.json").json()["types"]
    assert set(types) >= {"26", "901", "902"}
    assert all(types["26"][language] for language in ("ar", "fr", "en"))
    assert types["901"]["ar"] != types["901"]["en"]


def test_the_status_list_is_signed_and_tells_each_state(client: Client) -> None:
    document = issued_decision()
    answer = client.get("/status/0.cwt")
    assert bits_of(open_list(answer.content), document.status_index) == 0
    for value, status in ((2, "suspended"), (3, "replaced"), (1, "revoked")):
        StatusPeriod.objects.create(document=document, status=status, since=timezone.now(), reason="error")
        cache.clear()
        assert bits_of(open_list(client.get("/status/0.cwt").content), document.status_index) == value
    assert client.get("/status/1.cwt").status_code == 404
    assert len(packed(timezone.now())) == 2**20 // 4


def open_list(raw: bytes) -> bytes:
    protected, _unprotected, payload, signature = cbor2.loads(raw).value
    key = public_key_of(SealKey.objects.get(purpose="status"))
    assert isinstance(key, ec.EllipticCurvePublicKey)
    r, s = int.from_bytes(signature[:32]), int.from_bytes(signature[32:])
    key.verify(encode_dss_signature(r, s), cbor2.dumps(["Signature1", protected, b"", payload]), ec.ECDSA(SHA256()))
    claims = cbor2.loads(payload)
    assert claims[4] - claims[6] == 86400
    assert claims[65533]["bits"] == 2
    return zlib.decompress(claims[65533]["lst"])


def bits_of(array: bytes, index: int) -> int:
    return array[index // 4] >> (index % 4 * 2) & 3


def test_the_page_s_script_is_small() -> None:
    import gzip

    assert len(gzip.compress(SCRIPT.read_bytes())) <= 6 * 1024


def test_keys_are_made_once_and_kept(tmp_path: Path) -> None:
    from procedures.documents.key_making import make_keys

    first = make_keys(tmp_path / "k")
    kept = {path.name: path.read_bytes() for path in (tmp_path / "k").iterdir()}
    assert len(first) == 8
    assert make_keys(tmp_path / "k") == []
    assert kept == {path.name: path.read_bytes() for path in (tmp_path / "k").iterdir()}
    assert all(path.stat().st_mode & 0o077 == 0 for path in (tmp_path / "k").iterdir())


def test_the_script_parses_in_node() -> None:
    node = Path(playwright.__file__).parent / "driver" / "node"  # it comes with what drives Chromium
    done = subprocess.run(
        [node, "--check", "--input-type=module"], input=SCRIPT.read_text(), text=True, capture_output=True
    )
    assert done.returncode == 0, done.stderr
