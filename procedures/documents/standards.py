"""A document's credential in the forms of others: W3C Verifiable Credential 2.0 and Open Badge 3.0, each a signed JWT.

Enveloped as VC-JOSE-COSE has it: the payload is the credential itself. Whoever checks takes the key of `kid` from our
set of keys, and asks the address in `evidence` what the document is worth today: a file says nothing of a revocation.
"""

import base64
import json
from datetime import UTC, date, datetime, time
from typing import Any

from django.conf import settings

from procedures.documents.addresses import public_host
from procedures.documents.keys import sealer_for
from procedures.documents.letterhead import current_letterhead
from procedures.documents.models import Document, SealKey

CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
OWN_TERMS = {"@vocab": "https://www.w3.org/ns/credentials/issuer-dependent#"}  # what a holder's name and number are
FORMS = ("credential", "badge")
OF_NO_HOLDER = ("receipt", "refusal", "minutes")


def has_forms(document: Document) -> bool:
    """Whether there is something to take elsewhere: an act about a named holder, and worth something."""
    return (
        not settings.TAKWIN_PRACTICE
        and document.output not in OF_NO_HOLDER
        and bool(document.holder_ar or document.holder_lat)
    )


def signed_form(document: Document, form: str) -> tuple[str, str]:
    """The credential (`credential` or `badge`) as a compact JWT, and the key that signed it: that of codes today."""
    sealer = sealer_for(SealKey.Purpose.QR)
    header = {"alg": sealer.algorithm, "kid": _unpadded(sealer.kid), "typ": "vc+jwt", "cty": "vc"}
    held = badge_of(document) if form == "badge" else credential_of(document)
    claims = {"iss": _issuer_id(), "jti": held["id"], "nbf": _seconds(document.issued_on)}
    if document.expires_on:
        claims["exp"] = _seconds(document.expires_on, last=True)
    signed = f"{_part(header)}.{_part(held | claims)}"
    return f"{signed}.{_unpadded(sealer.sign(signed.encode()))}", sealer.kid.hex()


def credential_of(document: Document) -> dict[str, Any]:
    """The claims of the seal as a Verifiable Credential 2.0."""
    told = {
        "documentType": document.kind_number,
        "documentNumber": document.number,
        "holderArabic": document.holder_ar,
        "holderLatin": document.holder_lat,
        **{name: document.claims.get(name) for name in ("title", "structure", "level")},
    }
    subject = {name: value for name, value in told.items() if value not in (None, "")}
    return _around(document) | {
        "@context": [CREDENTIALS, OWN_TERMS],
        "type": ["VerifiableCredential"],
        "issuer": {"id": _issuer_id(), "name": _issuer_name()},
        "credentialSubject": subject,
    }


def badge_of(document: Document) -> dict[str, Any]:
    """The same as an Open Badge 3.0: what was achieved, by whom, and on which authority."""
    title = f"{document.titles['ar']} · {document.titles['fr']}"
    achievement = {
        "id": f"{settings.TAKWIN_PUBLIC_URL}/catalogue.json#{document.kind_number}",
        "type": ["Achievement"],
        "name": title,
        "description": f"{title}: {document.number}",
        "criteria": {"narrative": document.titles["en"]},
    }
    holder = {
        "type": "IdentityObject",
        "hashed": False,
        "identityHash": document.holder_lat or document.holder_ar,
        "identityType": "name",
    }
    return _around(document) | {
        "@context": [CREDENTIALS, BADGES],
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": title,
        "issuer": {"id": _issuer_id(), "type": ["Profile"], "name": _issuer_name(), "url": settings.TAKWIN_PUBLIC_URL},
        "credentialSubject": {"type": ["AchievementSubject"], "identifier": [holder], "achievement": achievement},
    }


def _around(document: Document) -> dict[str, Any]:
    address = f"{settings.TAKWIN_PUBLIC_URL}/V/{document.public_id}"
    ends = {"validUntil": _moment(document.expires_on, last=True)} if document.expires_on else {}
    return {
        "id": address,
        "validFrom": _moment(document.issued_on),
        **ends,
        "evidence": [{"id": address, "type": ["Evidence"], "name": "What this document is worth today"}],
    }


def _issuer_id() -> str:
    return str(settings.TAKWIN_PUBLIC_URL)


def _issuer_name() -> str:
    named = current_letterhead().authority
    return named.get("ar") or named.get("fr") or public_host()


def _moment(day: date, *, last: bool = False) -> str:
    return f"{day.isoformat()}T{'23:59:59' if last else '00:00:00'}Z"


def _seconds(day: date, *, last: bool = False) -> int:
    return int(datetime.combine(day, time(23, 59, 59) if last else time(), tzinfo=UTC).timestamp())


def _part(value: dict[str, Any]) -> str:
    return _unpadded(json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())


def _unpadded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
