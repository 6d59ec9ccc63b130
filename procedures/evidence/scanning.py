"""A file and the virus scanner: asked at once, or again later where it was down; until then nobody opens the file."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from procedures.evidence import scanner
from procedures.evidence.models import Upload
from procedures.evidence.refusals import PaperRefused
from procedures.evidence.shelves import PAPERS, delete_file, keep_file, read_file
from procedures.jobs import services as jobs

AGAIN_AFTER = timedelta(minutes=5)


def scanned(content: bytes) -> str:
    """The state a file starts in; raise PaperRefused where the scanner finds a virus or takes no such file."""
    if not scanner.is_wanted():
        return Upload.State.CLEAN
    try:
        found = scanner.finds_a_virus(content)
    except scanner.ScanTooLarge as refusal:
        raise PaperRefused("too_heavy") from refusal
    except scanner.ScannerDown:
        return Upload.State.AWAITING_SCAN
    if found:
        raise PaperRefused("infected")
    return Upload.State.CLEAN


def scan_later(upload: Upload) -> None:
    """A job for a file that waits; each asking has its own key, so that a scanner down for a day loses nothing."""
    now = timezone.now()
    jobs.add(
        kind="evidence.scan",
        key=f"scan:{upload.pk}:{now:%Y%m%d%H%M%S}",
        payload={"upload": str(upload.pk)},
        run_after=now + AGAIN_AFTER,
    )


def scan_again(*, upload_id: str) -> bool:
    """Ask the scanner about a file that waits; true once it has answered. Still down: asked again later."""
    upload = Upload.objects.filter(pk=upload_id, state=Upload.State.AWAITING_SCAN).first()
    if upload is None:
        return True
    content = read_file(upload.stored)
    try:
        upload.state = scanned(content)
    except PaperRefused:
        upload.state = Upload.State.REFUSED
    if upload.state == Upload.State.AWAITING_SCAN:
        scan_later(upload)
        return False
    old = upload.stored
    upload.stored = keep_file(PAPERS, upload, content) if upload.state == Upload.State.CLEAN else ""
    with transaction.atomic():
        upload.save(update_fields=["state", "stored"])
        transaction.on_commit(lambda: delete_file(old))
    return True
