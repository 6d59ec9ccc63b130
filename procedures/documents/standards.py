"""A document's credential in the forms of others: W3C Verifiable Credential 2.0 and Open Badge 3.0, each a signed JWT.

Enveloped as VC-JOSE-COSE has it: the payload is the credential itself. Whoever checks takes the key of `kid` from our
set of keys, and asks the address in `evidence` what the document is worth today: a file says nothing of a revocation.
"""

import base64
import json
from datetime import UTC, date, datetime, time
from typing import Any

from django.conf import settings
from django.db import transaction

from procedures.audit.services import append
from procedures.documents.addresses import public_host
from procedures.documents.letterhead import current_letterhead
from procedures.documents.models import Document
from procedures.documents.qr_seal import qr_sealer
from procedures.documents.selectors import VALID, status_of

CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
OWN_TERMS = {"@vocab": "https://www.w3.org/ns/credentials/issuer-dependent#"}  # what a holder's name and number are
FORMS = ("credential", "badge")
EARNED = ("decision", "diploma", "certificate", "attestation")  # frames: a summons or a list is nobody's merit


class NoForm(Exception):
    """There is nothing to take elsewhere: the document names no holder, was not asked for, or does not hold."""


def has_forms(document: Document) -> bool:
    """Whether there is something to take elsewhere: what a named holder asked for, was granted, and still holds."""
    return (
        not settings.TAKWIN_PRACTICE
        and document.frame in EARNED
        and document.case is not None
        and document.case.opened_by_id is None
        and bool(document.holder_ar or document.holder_lat)
        and status_of(document) == VALID
    )


def take_form(*, document: Document, form: str, by: Any) -> str:
    """The credential (`credential` or `badge`) as a compact JWT, signed by today's key of codes, and put on record.

    A file cannot be called back, so only of a document that holds. Raises NoForm where there is none, and CannotSeal
    where no key is fit to sign.
    """
    if not has_forms(document):
        raise NoForm
    signed, kid = _signed(document, form)
    with transaction.atomic():
        append(action="document.credential", subject=document, actor=by, data={"form": form, "kid": kid})
    return signed


def _signed(document: Document, form: str) -> tuple[str, str]:
    sealer = qr_sealer()
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
