"""Words read from photographed papers by a worker, where tesseract is installed: for a name and a day of expiry."""

import subprocess
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from procedures.cases.selectors import answers_of
from procedures.evidence.bearing import names_on
from procedures.evidence.formats import PDF
from procedures.evidence.models import Upload
from procedures.evidence.shelves import read_file
from procedures.evidence.words import FEWEST, Names, told_by
from procedures.jobs import services as jobs
from procedures.registry import UnknownProcedure
from procedures.resolving import resolve

LANGUAGES = ("ara", "fra", "eng")
SECONDS = 90


def is_wanted() -> bool:
    return bool(settings.TAKWIN_TESSERACT)


def read_later(upload: Upload) -> None:
    """A job for a picture on which nothing was found to mend; what cannot be read well is not read."""
    if is_wanted() and upload.kind != PDF and not upload.checks:
        jobs.add(kind="evidence.read", key=f"read:{upload.pk}", payload={"upload": str(upload.pk)})


def read_words(*, upload_id: str) -> None:
    """Look for the name and the day of expiry on a picture, and keep what is found with the paper."""
    upload = Upload.objects.exclude(state=Upload.State.REFUSED).filter(pk=upload_id).first()
    if upload is None or not is_wanted():
        return
    found = told_by_picture(read_file(upload.stored), names=_names(upload), on=timezone.localdate())
    if not found:
        return
    with transaction.atomic():
        held = Upload.objects.select_for_update().filter(pk=upload_id).first()
        if held is not None and not held.checks:
            held.checks = found
            held.save(update_fields=["checks"])


def told_by_picture(content: bytes, *, names: Names, on: date) -> list[dict[str, Any]]:
    """The findings of the words on a picture; a name is missed only where plenty was read, as letters are misread."""
    text = words_of(content)
    plenty = sum(sign.isalpha() for sign in text) >= 2 * FEWEST
    return told_by(text, names=names if plenty else (), on=on)


def words_of(content: bytes) -> str:
    """What tesseract reads; nothing where it fails or takes too long."""
    languages = "+".join(each for each in LANGUAGES if each in _installed())
    command = [settings.TAKWIN_TESSERACT, "stdin", "stdout", *(("-l", languages) if languages else ())]
    return _run(command, content).decode("utf-8", "replace")


def _installed() -> set[str]:
    return set(_run([settings.TAKWIN_TESSERACT, "--list-langs"], b"").decode("ascii", "replace").split())


def _run(command: list[str], content: bytes) -> bytes:
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, timeout=SECONDS, check=False, env={"OMP_THREAD_LIMIT": "1"}
        )
    except (OSError, subprocess.TimeoutExpired):
        return b""
    return done.stdout if not done.returncode else b""


def _names(upload: Upload) -> Names:
    """As the draft or the case writes them now."""
    owner: Any = upload.draft or upload.case
    if owner is None:
        return ()
    try:
        procedure = resolve(owner.procedure)
    except UnknownProcedure:
        return ()
    answers = upload.draft.answers if upload.draft else answers_of(owner)
    paper = next((each for each in procedure.papers if each.code == upload.paper), None)
    return names_on(paper, upload.row, answers) if paper else ()
