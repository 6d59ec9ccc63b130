"""What a site may not seal with: keys that others can read, and keys or a clock that nobody vouches for."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from asn1crypto import pem, x509
from django.conf import settings
from django.core import checks

OTHERS = 0o077
DEVELOPMENT = "Takwin development"


@checks.register(checks.Tags.security)
def keys_are_safe(**kwargs: Any) -> Iterable[checks.CheckMessage]:
    """One error for each fault of the keys; a folder that is not there yet has none."""
    folder = Path(settings.TAKWIN_KEYS)
    found = [checks.Error(sentence, id="takwin.E003") for sentence in unfit(folder)]
    return [*found, *(checks.Error(sentence, id="takwin.E004") for sentence in readable_by_others(folder))]


def unfit(folder: Path) -> list[str]:
    """Why the PDF seal of this site would prove nothing; the demonstration and the tests may be so."""
    if settings.TAKWIN_DEVELOPMENT_SEAL:
        return []
    wrong = []
    if not settings.TAKWIN_TIME_STAMP_URL:
        wrong.append(
            "TAKWIN_TIME_STAMP_URL is missing. Name a time-stamping service: only a demonstration stamps itself."
        )
    if _is_development(folder / "pdf.crt"):
        wrong.append("pdf.crt is a development certificate. Put those of your authority in TAKWIN_KEYS.")
    return wrong


def readable_by_others(folder: Path) -> list[str]:
    """Keys that another account of the machine can read."""
    if not folder.is_dir():
        return []
    told = []
    if folder.stat().st_mode & OTHERS:
        told.append("Others can open the folder TAKWIN_KEYS. Run chmod 700 on it.")
    secret = [path for path in sorted(folder.glob("*.pem")) if not path.name.endswith(".pub.pem")]
    open_keys = [path.name for path in secret if path.stat().st_mode & OTHERS]
    return [*told, *(f"Others can read the key {name}. Run chmod 600 on it." for name in open_keys)]


def _is_development(path: Path) -> bool:
    if not path.is_file():
        return False
    raw = path.read_bytes()
    issuer = x509.Certificate.load(pem.unarmor(raw)[2] if pem.detect(raw) else raw).issuer
    return DEVELOPMENT in issuer.human_friendly
