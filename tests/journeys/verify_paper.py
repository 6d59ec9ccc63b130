"""Verify a printed decision as a stranger would: picture, QR, signature, nothing of the project imported.

Usage: verify_paper.py DECISION.pdf JWKS.json   prints the claims as JSON; exits 1 with a sentence where they fail.
Needs pdftoppm (poppler-utils), zxing-cpp, cbor2, cryptography.
"""

import base64
import json
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import cbor2
import zxingcpp
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from PIL import Image

SLOTS = ("schema", "kind", "holder_ar", "holder_lat", "title", "structure", "issued", "expires", "index", "level")


class NotGenuine(Exception):
    """Why the paper cannot be believed."""


def read_code(pdf: Path, dpi: int = 150) -> str:
    """The text of the one QR code on the last page, from a grey picture at `dpi` dots an inch."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", str(dpi), "-gray", "-png", pdf, f"{folder}/page"], check=True)
        for picture in sorted(Path(folder).glob("*.png"), reverse=True):
            codes = zxingcpp.read_barcodes(Image.open(picture))
            if codes:
                return str(codes[0].text)
    raise NotGenuine("no QR code could be read")


def verify(text: str, jwks: dict[str, Any]) -> dict[str, Any]:
    address, _, fragment = text.partition("#")
    public_id = address.rsplit("/", 1)[-1].upper()
    raw = base64.b32decode(fragment + "=" * (-len(fragment) % 8))
    if len(raw) > 400 or cbor2.dumps(cbor2.loads(raw), canonical=True) != raw:
        raise NotGenuine("the code is not written in the one permitted way")
    protected, unprotected, payload, signature = cbor2.loads(raw)
    header = cbor2.loads(protected)
    if unprotected != {} or len(signature) != 64:
        raise NotGenuine("the envelope is not as specified")
    key = find_key(jwks, header[4], header[1])
    signed = cbor2.dumps(["Signature1", protected, public_id.encode(), payload], canonical=True)
    check(key, signature, signed)
    claims = dict(zip(SLOTS, cbor2.loads(payload), strict=False))
    issued = date(1970, 1, 1) + timedelta(days=claims["issued"])
    begins = datetime.fromtimestamp(key["nbf"], UTC).date()
    if not begins - timedelta(days=1) <= issued <= datetime.fromtimestamp(key["exp"], UTC).date():
        raise NotGenuine("the key was not in force on the day of issue")
    return {"id": public_id, "address": address, **claims, "issued": issued.isoformat()}


def find_key(jwks: dict[str, Any], kid: bytes, algorithm: int) -> dict[str, Any]:
    named = base64.urlsafe_b64encode(kid).rstrip(b"=").decode()
    for key in jwks["keys"]:
        if key["kid"] == named and key["alg"] == {-7: "ES256", -8: "EdDSA"}[algorithm]:
            return dict(key)
    raise NotGenuine("no published key has signed this")


def check(key: dict[str, Any], signature: bytes, signed: bytes) -> None:
    def number(name: str) -> bytes:
        return base64.urlsafe_b64decode(key[name] + "=" * (-len(key[name]) % 4))

    try:
        if key["kty"] == "OKP":
            ed25519.Ed25519PublicKey.from_public_bytes(number("x")).verify(signature, signed)
            return
        x, y = (int.from_bytes(number(name), "big") for name in ("x", "y"))
        r, s = (int.from_bytes(half, "big") for half in (signature[:32], signature[32:]))
        public = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
        public.verify(encode_dss_signature(r, s), signed, ec.ECDSA(SHA256()))
    except InvalidSignature:
        raise NotGenuine("the seal does not belong to these lines") from None


def main(pdf: str, jwks: str) -> int:
    try:
        claims = verify(read_code(Path(pdf)), json.loads(Path(jwks).read_text()))
    except NotGenuine as why:
        print(f"Not genuine: {why}.", file=sys.stderr)
        return 1
    print(json.dumps(claims, ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
