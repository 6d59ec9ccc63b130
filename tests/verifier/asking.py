"""A document put to every verifier there is: the portal's own reading, the page, the page's script in Node, pdfsig."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import playwright
from django.conf import settings
from django.test import Client

from procedures.documents import cose
from procedures.documents.addresses import code_text
from procedures.documents.keys import public_key_of
from procedures.documents.models import Document, SealKey
from tests.conftest import ROOT

NODE = Path(playwright.__file__).parent / "driver" / "node"
SCRIPT = ROOT / "portal" / "verification" / "static" / "verification" / "seal.js"


def scanned(document: Document) -> str:
    return code_text(document.public_id, cose.fragment(bytes(document.cose)))


def published() -> dict[str, Any]:
    return dict(Client().get("/.well-known/jwks.json").json())


def in_node(*codes: tuple[bytes, str], jwks: dict[str, Any] | None = None) -> list[list[str]]:
    """For each seal and id why it is refused ("": it is not), and the digest that is compared with the register."""
    put = {"jwks": jwks or published(), "codes": [[cose.fragment(raw), public_id] for raw, public_id in codes]}
    words = [NODE, ROOT / "tests" / "verifier" / "asking.mjs", SCRIPT]
    done = subprocess.run(words, input=json.dumps(put), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout))


def page_of(public_id: str) -> tuple[int, str, str]:
    """Status of the answer to a scan, its page, and the digest of the seal that the register holds."""
    answer = Client().get(f"/V/{public_id}", HTTP_ACCEPT_LANGUAGE="en")
    page = answer.content.decode()
    found = re.search(r'data-digest="([0-9a-f]*)"', page)
    return answer.status_code, page, found[1] if found else ""


def portal_opens(document: Document) -> bool:
    keys = {bytes.fromhex(row.kid): public_key_of(row) for row in SealKey.objects.filter(purpose="qr")}
    return cose.opened(bytes(document.cose), document.public_id, keys).kid.hex() == document.kid


def pdf_says(document: Document) -> str:
    path = Path(settings.TAKWIN_PRIVATE_STORAGE) / document.stored
    return subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True, check=False).stdout
