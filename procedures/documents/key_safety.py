"""What a site may not seal with: keys that others can read, and keys or a clock that nobody vouches for."""

import contextlib
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

from asn1crypto import pem, x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from django.conf import settings
from django.core import checks
from django.db import DatabaseError
from django.utils import timezone

from procedures.documents.fingerprints import NoKey, fingerprint, is_named
from procedures.documents.keys import fault_of_kind, refuse_what_nobody_takes, sealer_in
from procedures.documents.models import SealKey
from procedures.practice.kinds import CERTIFICATE, is_practice_kid

OTHERS = 0o077
SOON = timedelta(days=30)
DEVELOPMENT = "Takwin development"


@checks.register(checks.Tags.security)
def keys_are_safe(**kwargs: Any) -> Iterable[checks.CheckMessage]:
    """One error for each fault of the keys; a folder that is not there yet has none."""
    folder = Path(settings.TAKWIN_KEYS)
    found: list[checks.CheckMessage] = [checks.Error(sentence, id="takwin.E003") for sentence in unfit(folder)]
    found += [checks.Error(sentence, id="takwin.E007") for sentence in of_another_kind(folder)]
    found += [checks.Error(sentence, id="takwin.E008") for sentence in faults_of_module()]
    found += [checks.Warning(sentence, id="takwin.W003") for sentence in told_twice(folder)]
    return [*found, *(checks.Error(sentence, id="takwin.E004") for sentence in readable_by_others(folder))]


@checks.register(checks.Tags.database)
def keys_are_in_force(databases: Any = None, **kwargs: Any) -> Iterable[checks.CheckMessage]:
    """One warning for each key under which nothing can be sealed, or soon nothing; for `check --database default`."""
    folder = Path(settings.TAKWIN_KEYS)
    for purpose in SealKey.Purpose if databases else ():
        if is_named(folder, purpose):
            try:
                sealer = sealer_in(folder, purpose)
                refuse_what_nobody_takes(sealer, purpose)
                ends = SealKey.objects.get(kid=sealer.kid.hex(), purpose=purpose).not_after
            except NoKey as wrong:
                yield checks.Warning(str(wrong), id="takwin.W001")
            except DatabaseError:
                return  # the tables are not made yet
            else:
                if ends < timezone.now() + SOON:
                    words = f"The {purpose} key ends on {ends:%Y-%m-%d}. Run manage.py rotate_seal_keys {purpose}."
                    yield checks.Warning(words, id="takwin.W002")


def told_twice(folder: Path) -> list[str]:
    """Keys in files beside the label of one in a module, which alone is used."""
    both = [f"{purpose}.pem" for purpose in SealKey.Purpose if (folder / f"{purpose}.label").is_file()]
    return [f"{name} seals nothing beside a label. Delete it." for name in both if (folder / name).exists()]


def faults_of_module() -> list[str]:
    """What keeps a hardware module from sealing, without asking it; nothing where the site has none."""
    if not settings.TAKWIN_HSM_MODULE:
        return []
    path = Path(settings.TAKWIN_HSM_PIN_FILE or "/nowhere")
    told = [] if Path(settings.TAKWIN_HSM_MODULE).is_file() else ["TAKWIN_HSM_MODULE: there is no such library."]
    if not settings.TAKWIN_HSM_TOKEN:
        told.append("TAKWIN_HSM_TOKEN is missing. Name the label of the token.")
    if not path.is_file():
        told.append("TAKWIN_HSM_PIN_FILE: there is no such file.")
    elif path.stat().st_mode & OTHERS:
        told.append(f"TAKWIN_HSM_PIN_FILE: others can read {path}. Run chmod 600 on it.")
    return told


def unfit(folder: Path) -> list[str]:
    """Why the PDF seal of this site would prove nothing; the demonstration and the tests may be so."""
    wrong = _wrong_certificate(folder / "pdf.crt")
    if settings.TAKWIN_DEVELOPMENT_SEAL:
        return wrong
    if not settings.TAKWIN_TIME_STAMP_URL:
        wrong.append(
            "TAKWIN_TIME_STAMP_URL is missing. Name a time-stamping service: only a demonstration stamps itself."
        )
    if DEVELOPMENT in _issuer_of(folder / "pdf.crt"):
        wrong.append("pdf.crt is a development certificate. Put those of your authority in TAKWIN_KEYS.")
    return wrong


def readable_by_others(folder: Path) -> list[str]:
    """Keys that another account of the machine can read."""
    if not folder.is_dir():
        return []
    told = []
    if folder.stat().st_mode & OTHERS:
        told.append("Others can open the folder TAKWIN_KEYS. Run chmod 700 on it.")
    secret = [
        path
        for path in sorted([*folder.glob("*.pem"), *folder.glob("next/*.pem")])
        if not path.name.endswith(".pub.pem")
    ]
    open_keys = [path.name for path in secret if path.stat().st_mode & OTHERS]
    return [*told, *(f"Others can read the key {name}. Run chmod 600 on it." for name in open_keys)]


def of_another_kind(folder: Path) -> list[str]:
    """Keys of a practice space on any other site, and any other key in a practice space."""
    told = []
    for purpose in (SealKey.Purpose.QR, SealKey.Purpose.STATUS):
        path = folder / f"{purpose}.pem"
        with contextlib.suppress(OSError, ValueError, TypeError):  # one that cannot be read seals nothing
            public = load_pem_private_key(path.read_bytes(), None).public_key()
            spki = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
            told.append(fault_of_kind(path.name, practice=is_practice_kid(fingerprint(spki))))
    return [sentence for sentence in told if sentence]


def _wrong_certificate(path: Path) -> list[str]:
    issuer = _issuer_of(path)
    sentence = fault_of_kind(path.name, practice=CERTIFICATE in issuer) if issuer else ""
    return [sentence] if sentence else []


def _issuer_of(path: Path) -> str:
    if not path.is_file():
        return ""
    raw = path.read_bytes()
    issuer = x509.Certificate.load(pem.unarmor(raw)[2] if pem.detect(raw) else raw).issuer
    return str(issuer.human_friendly)
