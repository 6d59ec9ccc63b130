"""The published test vectors: the package, the portal and the page's script say of each what stands there."""

import base64
import gzip
import json
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any

import playwright
import pytest

from procedures.documents.cose import BadSeal, from_fragment, opened
from takwin_verify import judged, keys_of, status_list_of
from takwin_verify.reading import code_of
from takwin_verify.seal import from_base32
from tests.conftest import ROOT
from tests.verifier import vectors

FILE = ROOT / "verifier" / "vectors.json"
SCRIPT = ROOT / "portal" / "verification" / "static" / "verification" / "seal.js"
NODE = Path(playwright.__file__).parent / "driver" / "node"
HELD = json.loads(FILE.read_text())
KEYS = keys_of(HELD["jwks"])
STATUSES = status_list_of(base64.b64decode(HELD["status_list"]), KEYS)
# What a script that reads no status list and is bound to one page does not judge.
OF_OTHERS = {"host", "no seal", "revoked", "suspended", "replaced", "expired", "no place"}


def each_case() -> Any:
    return pytest.mark.parametrize("case", HELD["cases"], ids=lambda case: case["name"])


def test_the_published_file_is_what_the_fixed_keys_give() -> None:
    assert FILE.read_text() == vectors.told()
    assert len(HELD["cases"]) > 40


@each_case()
def test_the_package_says_of_each_vector_what_stands_there(case: dict[str, str]) -> None:
    said = judged(code_of(case["text"]), KEYS, STATUSES, host=HELD["host"], now=datetime.fromisoformat(HELD["at"]))

    assert said.said == case["said"]
    faults = [tick.why for tick in (said.seal, said.key, said.status) if tick.result != "holds" and tick.why]
    assert faults == ([case["why"]] if case["why"] else [])
    assert (said.claims is None) == (case["said"] in ("not genuine", "update")), "what is not genuine is not repeated"


@each_case()
def test_the_portal_opens_a_vector_where_its_seal_holds(case: dict[str, str]) -> None:
    code = code_of(case["text"])
    keys = {key.kid: key.public for key in KEYS if key.purpose == "qr" and not key.kid.startswith(b"PR")}
    holds = not case["why"] or case["why"] in OF_OTHERS - {"no seal"} | {"revoked key", "key of other days"}
    try:
        opened(from_fragment(code.fragment), code.public_id, keys)
    except BadSeal:
        assert not holds
    else:
        assert holds


@pytest.mark.parametrize(
    "other",
    [{"nbf": 10**30}, {"nbf": "soon"}, {"x": "AA"}, {"x": 7}, {"kid": None}, {"alg": "ES256", "kty": "EC", "y": "%"}],
)
def test_keys_that_are_not_written_as_they_should_be_are_refused_with_one_kind_of_error(other: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        keys_of({"keys": [HELD["jwks"]["keys"][0] | other]})


def test_every_flip_of_one_bit_is_refused_by_the_package() -> None:
    code = code_of(HELD["cases"][0]["text"])
    raw = from_base32(code.fragment)
    assert len(raw) * 8 >= 1120
    for bit in range(len(raw) * 8):
        flipped = bytearray(raw)
        flipped[bit // 8] ^= 1 << (bit % 8)
        spelt = code_of(vectors.address(vectors.fragment(bytes(flipped))))
        assert judged(spelt, KEYS, STATUSES).said in ("not genuine", "update"), bit


def test_the_script_of_the_page_says_the_same_in_node() -> None:
    done = subprocess.run(
        [NODE, ROOT / "tests" / "verifier" / "check_vectors.mjs", SCRIPT, FILE],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)

    assert said["back"]
    assert said["flips"] >= 1120
    assert said["taken"] == 0
    expected = {case["name"]: "" if case["why"] in OF_OTHERS else case["why"] for case in HELD["cases"]}
    expected["no seal in the code"] = "spelling"
    assert said["told"] == expected


def test_the_script_is_small_and_depends_on_nothing() -> None:
    assert len(gzip.compress(SCRIPT.read_bytes(), mtime=0)) <= 6_000
    assert "import" not in SCRIPT.read_text().replace("importKey", "")
