"""The test vectors of the seal, made from fixed keys: `python -m tests.verifier.vectors > verifier/vectors.json`."""

import base64
import json
import sys
import zlib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, Hash
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

HOST, ID, OTHER = "verif.example.tn", "84G7ZWYRD6Z1RV0P", "14BH31D2SA6T4T5W"
AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
BEGINS, ENDS = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
ISSUED = date(2026, 11, 23)
STATES = {5: 1, 6: 2, 7: 3}  # place in the list: state


class SigningKey:
    """A key of nobody's: its private half stands in this file."""

    def __init__(
        self, secret: int, purpose: str = "qr", *, edwards: bool = False, revoked: bool = False, kid: bytes = b""
    ) -> None:
        self.purpose, self.revoked = purpose, revoked
        self.algorithm = "EdDSA" if edwards else "ES256"
        self.key: Any = (
            ed25519.Ed25519PrivateKey.from_private_bytes(secret.to_bytes(32))
            if edwards
            else ec.derive_private_key(secret, ec.SECP256R1())
        )
        public = self.key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        digest = Hash(SHA256())
        digest.update(public)
        self.kid = kid or digest.finalize()[:4]

    def sign(self, message: bytes) -> bytes:
        if self.algorithm == "EdDSA":
            return bytes(self.key.sign(message))
        r, s = decode_dss_signature(self.key.sign(message, ec.ECDSA(SHA256(), deterministic_signing=True)))
        return r.to_bytes(32) + s.to_bytes(32)

    def jwk(self) -> dict[str, Any]:
        if self.algorithm == "EdDSA":
            raw = self.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
            shape = {"kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "x": spelt(raw)}
        else:
            numbers = self.key.public_key().public_numbers()
            x, y = (spelt(number.to_bytes(32)) for number in (numbers.x, numbers.y))
            shape = {"kty": "EC", "crv": "P-256", "alg": "ES256", "x": x, "y": y}
        times = {"nbf": int(BEGINS.timestamp()), "exp": int(ENDS.timestamp())}
        times |= {"revoked_at": int(AT.timestamp())} if self.revoked else {}
        return {**shape, "kid": spelt(self.kid), "use": "sig", "takwin_purpose": self.purpose, **times}


OURS, EDWARDS, LEAKED = SigningKey(11), SigningKey(12, edwards=True), SigningKey(13, revoked=True)
LISTS, STRANGER, PRACTICE = SigningKey(14, "status"), SigningKey(15), SigningKey(16, kid=b"PR01")


def spelt(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def claims(**other: Any) -> list[Any]:
    """Ten slots, as the layout orders them."""
    told = {
        "version": 1, "kind": 26, "holder_ar": "ياسين الورتاني", "holder_lat": "Yassine OUERTANI", "title": "ELEC-01",
        "structure": 11004273, "issued": (ISSUED - date(1970, 1, 1)).days, "expires": None, "index": 4, "level": 3,
    }  # fmt: skip
    return list((told | other).values())


def cose(slots: Any, key: SigningKey = OURS, *, bound: str = ID, payload: bytes | None = None, **other: Any) -> bytes:
    """A sealed envelope; what `other` names is done otherwise than the layout says."""
    algorithm = {"ES256": -7, "EdDSA": -8}[key.algorithm]
    protected = other.get("protected") or cbor2.dumps({1: other.get("alg", algorithm), 4: key.kid}, canonical=True)
    payload = cbor2.dumps(slots, canonical=True) if payload is None else payload
    message = cbor2.dumps(["Signature1", protected, bound.encode(), payload], canonical=True)
    parts = [protected, other.get("unprotected", {}), payload, other.get("signature") or key.sign(message)]
    return cbor2.dumps(parts, canonical=True)


def fragment(raw: bytes) -> str:
    return base64.b32encode(raw).decode().rstrip("=")


def address(seal: str, *, public_id: str = ID, host: str = HOST) -> str:
    return f"HTTPS://{host.upper()}/V/{public_id}#{seal}"


def status_list(key: SigningKey = LISTS, *, places: int = 64) -> bytes:
    array = bytearray(places // 4)
    for index, state in STATES.items():
        array[index // 4] |= state << (index % 4 * 2)
    held = {
        2: f"https://{HOST}/status/0.cwt", 6: int(AT.timestamp()), 4: int(AT.timestamp()) + 86_400, 65534: 300,
        65533: {"bits": 2, "lst": zlib.compress(bytes(array), 9)},
    }  # fmt: skip
    header = {1: -7, 4: key.kid, 16: "application/statuslist+cwt"}
    protected, payload = cbor2.dumps(header, canonical=True), cbor2.dumps(held, canonical=True)
    signature = key.sign(cbor2.dumps(["Signature1", protected, b"", payload], canonical=True))
    return cbor2.dumps(cbor2.CBORTag(18, [protected, {}, payload, signature]), canonical=True)


def cases() -> Iterator[tuple[str, str, str, str]]:
    """Name, text of the code, what is said of it, and why it is not genuine where it is not."""
    good = cose(claims())
    text = address(fragment(good))
    yield "sealed with ES256", text, "valid", ""
    yield "in lower case", text.lower(), "valid", ""
    yield "sealed with EdDSA", address(fragment(cose(claims(), EDWARDS))), "valid", ""
    names = {
        "holder_ar": "عبد الرحمان محمد الصالح بن الحاج علي",
        "holder_lat": "Abderrahmane Mohamed Salah BEN HADJ ALI",
    }
    yield "the longest names", address(fragment(cose(claims(**names)))), "valid", ""
    none = dict.fromkeys(("holder_ar", "holder_lat", "title", "structure", "level"))
    yield "a list whose rows are bound", address(fragment(cose([*claims(**none), bytes(range(32))]))), "valid", ""
    yield "a title by its number", address(fragment(cose(claims(title=70_000)))), "valid", ""
    for place, state in ((5, "revoked"), (6, "suspended"), (7, "replaced")):
        yield state, address(fragment(cose(claims(index=place)))), "no longer valid", state
    yield "expired the day before", address(fragment(cose(claims(expires=20_780)))), "no longer valid", "expired"
    yield "good until today", address(fragment(cose(claims(expires=20_781)))), "valid", ""
    yield "a place beyond the list", address(fragment(cose(claims(index=64)))), "status unknown", "no place"
    yield "another document's id", address(fragment(good), public_id=OTHER), "not genuine", "signature"
    yield "another host", address(fragment(good), host="verif-example.tn"), "not genuine", "host"
    yield "no seal in the code", address(""), "not genuine", "no seal"
    yield "a key that is not published", address(fragment(cose(claims(), STRANGER))), "not genuine", "unknown key"
    yield "a key of another purpose", address(fragment(cose(claims(), LISTS))), "not genuine", "unknown key"
    yield "a revoked key", address(fragment(cose(claims(), LEAKED))), "not genuine", "revoked key"
    yield "a key of a practice space", address(fragment(cose(claims(), PRACTICE))), "not genuine", "practice"
    before = (date(2025, 12, 30) - date(1970, 1, 1)).days
    after = (date(2027, 1, 2) - date(1970, 1, 1)).days
    yield "issued before the key", address(fragment(cose(claims(issued=before)))), "not genuine", "key of other days"
    yield "issued after the key", address(fragment(cose(claims(issued=after)))), "not genuine", "key of other days"
    yield "another name", address(fragment(good.replace(b"OUERTANI", b"OUERTANJ"))), "not genuine", "signature"
    yield "an algorithm that is not the key's", address(fragment(cose(claims(), alg=-8))), "not genuine", "signature"
    yield "a newer version", address(fragment(cose(claims(version=2)))), "update", "version"
    yield "a version that is true", address(fragment(cose(claims(version=True)))), "update", "version"
    yield from malformed(good)


def malformed(good: bytes) -> Iterator[tuple[str, str, str, str]]:
    """Other spellings and other shapes: none of them opens, though some bear a true signature."""
    plain = cbor2.dumps(claims(), canonical=True)
    shapes = {
        "nine claims": cose(claims()[:9]),
        "twelve claims": cose([*claims(), bytes(32), 0]),
        "a digest of 31 bytes": cose([*claims(), bytes(31)]),
        "a kind that is a text": cose(claims(kind="26")),
        "a name that is a number": cose(claims(holder_lat=26)),
        "a name that is not composed": cose(claims(holder_lat="Andre\u0301")),
        "a negative place": cose(claims(index=-1)),
        "a day that no document has": cose(claims(issued=2_000_001)),
        "claims that are a map": cose({0: 1}),
        "claims spelt longer": cose(None, payload=plain.replace(b"\x18\x1a", b"\x19\x00\x1a", 1)),
        "claims with a byte behind": cose(None, payload=plain + b"\x00"),
        "an open header": cose(claims(), unprotected={5: b""}),
        "an open header that is null": cose(claims(), unprotected=None),
        "a signature of 63 bytes": cose(claims(), signature=bytes(63)),
        "a header with a third label": cose(
            claims(), protected=cbor2.dumps({1: -7, 3: 0, 4: OURS.kid}, canonical=True)
        ),
        "a tagged envelope": b"\xd2" + good,
        "a byte behind": good + b"\x00",
        "more than 400 bytes": cose(claims(holder_lat="A" * 400)),
    }
    spelling = {"more than 400 bytes"}
    for name, raw in shapes.items():
        yield name, address(fragment(raw)), "not genuine", "spelling" if name in spelling else "shape"
    text = fragment(good)
    texts = {
        "padded": text + "=" * (-len(text) % 8),
        "a letter that base32 has not": text[:-1] + "1",
        "bits behind the last byte": text[:-1] + chr(ord(text[-1]) + 1),
        "percent signs": text[:10] + "%20" + text[10:],
    }
    for name, other in texts.items():
        yield name, address(other), "not genuine", "spelling"


def document() -> dict[str, Any]:
    return {
        "about": "Test vectors of the Takwin seal. The keys are published: nothing sealed with them is genuine.",
        "at": AT.isoformat(),
        "host": HOST,
        "jwks": {"keys": [key.jwk() for key in (OURS, EDWARDS, LEAKED, LISTS, PRACTICE)]},
        "status_list": base64.b64encode(status_list()).decode(),
        "cases": [dict(zip(("name", "text", "said", "why"), case, strict=True)) for case in cases()],
    }


def told() -> str:
    return json.dumps(document(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    sys.stdout.write(told())
