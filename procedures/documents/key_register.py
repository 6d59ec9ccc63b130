"""The register of keys: the public half of each, in force from when until when, published for ever."""

import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509 import load_pem_x509_certificates
from django.db import DatabaseError, transaction

from procedures.audit import services as audit
from procedures.audit.selectors import entries_about
from procedures.documents.fingerprints import NoKey, spki_of
from procedures.documents.keys import Sealer, public_key_of, refuse_another_kind
from procedures.documents.models import SealKey
from procedures.practice.kinds import is_practice_kid

logger = logging.getLogger(__name__)
YEAR = timedelta(days=365)
# What is sealed today may bear the day of a session, or of an application whose receipt waited.
BACKDATED = timedelta(days=60)
LIVES = {SealKey.Purpose.QR: YEAR, SealKey.Purpose.STATUS: 5 * YEAR, SealKey.Purpose.PDF: 5 * YEAR}


def register(purpose: str, sealer: Sealer, folder: Path, *, now: datetime) -> SealKey:
    """Publish a key, once, with the certificates that stand beside it; what they say changes later without a new row.

    It may seal what is dated before it was made. Raises NoKey for a key of another kind of site, and where another key
    bears the same id.
    """
    if purpose != SealKey.Purpose.PDF:  # an authority's key is told by its certificate
        refuse_another_kind(f"{purpose}.pem", practice=is_practice_kid(sealer.kid))
    begins, ends = now - BACKDATED, now + LIVES[SealKey.Purpose(purpose)]
    certificates, lasts = _certificates_beside(purpose, sealer, folder)
    with transaction.atomic():
        row, is_new = SealKey.objects.get_or_create(
            kid=sealer.kid.hex(),
            purpose=purpose,
            defaults={
                "algorithm": sealer.algorithm,
                "public_pem": _public_pem(sealer),
                "not_before": lasts[0] if lasts and purpose == SealKey.Purpose.PDF else begins,
                "not_after": lasts[1] if lasts and purpose == SealKey.Purpose.PDF else ends,
                "certificates": certificates,
            },
        )
        if public_key_of(row) != sealer.public_key:
            raise NoKey(f"Another {purpose} key bears the id {row.kid} already. Make a new one.")
        if is_new:
            audit.append(action="key.made", subject=row, data=facts(row) | {"algorithm": row.algorithm})
        elif certificates and certificates != row.certificates:
            row.certificates = certificates
            row.save(update_fields=["certificates"])
            audit.append(action="key.certified", subject=row, data=facts(row))
    return row


def record_use(purpose: str, kid: str, now: datetime) -> None:
    """One entry on each day that a key signs lists, which it does every few seconds; each document has its own."""
    row = SealKey.objects.get(kid=kid, purpose=purpose)
    day = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    if not entries_about(row).filter(action="key.used", at__gte=day).exists():
        try:
            audit.append(action="key.used", subject=row, data=facts(row) | {"day": day.date().isoformat()})
        except DatabaseError:  # a database that only reads: verifications are answered all the same
            logger.warning("The use of key %s was not recorded.", kid)


def facts(row: SealKey) -> dict[str, str]:
    return {"purpose": row.purpose, "kid": row.kid}


def is_certified(path: Path, sealer: Sealer) -> bool:
    """Whether the first certificate in a file is that of this key."""
    if not path.is_file():
        return False
    first = load_pem_x509_certificates(path.read_bytes())[0]
    spki = first.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return spki == spki_of(sealer.public_key)


def _certificates_beside(purpose: str, sealer: Sealer, folder: Path) -> tuple[str, tuple[datetime, datetime] | None]:
    """The file `<purpose>.crt`, where its first certificate is this key's, and the time that one says."""
    path = folder / f"{purpose}.crt"
    if not is_certified(path, sealer):
        return "", None
    found = load_pem_x509_certificates(path.read_bytes())
    pem = "".join(each.public_bytes(Encoding.PEM).decode() for each in found)
    return pem, (found[0].not_valid_before_utc, found[0].not_valid_after_utc)


def _public_pem(sealer: Sealer) -> str:
    return sealer.public_key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
