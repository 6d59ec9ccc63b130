"""Receive, remove, hand over and replace papers; a file passes every check, and the scanner, before anyone sees it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet, Sum
from django.http import Http404

from procedures.evidence.contents import check_content
from procedures.evidence.formats import MEGABYTE
from procedures.evidence.models import Upload
from procedures.evidence.names import cleaned_name
from procedures.evidence.opening import open_paper
from procedures.evidence.refusals import PaperRefused
from procedures.evidence.scanning import scan_later, scanned
from procedures.evidence.selectors import current_papers, papers_of
from procedures.evidence.shelves import PAPERS, QUARANTINE, delete_file, keep_file

__all__ = [
    "PaperRefused",
    "adopt_papers",
    "open_paper",
    "receive_paper",
    "remove_paper",
    "replace_paper",
    "replace_papers",
]

MOST_BYTES_TOGETHER = 200 * MEGABYTE  # of one draft or case


def receive_paper(
    *, paper: str, file: UploadedFile[Any], by: Any, draft: Any = None, case: Any = None, row: str = "", most: int = 0
) -> Upload:
    """Check a file and keep it with the draft or case.

    Args:
        paper, row: code of the Evidence, and the id of the row it is asked for ("" where it is asked once).
        most: how many files this paper takes; 0 leaves the count to the caller.
        by: the user; an anonymous draft has none.

    Returns the Upload: CLEAN, or AWAITING_SCAN while the scanner is down. The same file twice is received once.
    Raises PaperRefused, whose `message` says how to mend it; nothing is kept then.
    """
    if file.size is not None and file.size > settings.TAKWIN_UPLOAD_MAX_BYTES:
        raise PaperRefused("too_large", limit=settings.TAKWIN_UPLOAD_MAX_BYTES // MEGABYTE)
    content = file.read()
    checked = check_content(content)
    digest = hashlib.sha256(checked.content).hexdigest()
    held = Upload.objects.filter(draft=draft, case=case, replaced_by=None).exclude(state=Upload.State.REFUSED)
    already = held.filter(paper=paper, row=row, sha256=digest).first()
    if already:
        return already
    _refuse_too_much(held, paper, row, most, len(checked.content))
    state = scanned(content)
    upload = Upload(
        draft=draft,
        case=case,
        paper=paper,
        row=row,
        name=cleaned_name(file.name or "", checked.kind),
        kind=checked.kind,
        size=len(checked.content),
        sha256=digest,
        pages=checked.pages,
        state=state,
        received_from=by if getattr(by, "is_authenticated", False) else None,
    )
    upload.stored = keep_file(PAPERS if state == Upload.State.CLEAN else QUARANTINE, upload, checked.content)
    return _entered(upload)


def remove_paper(*, upload: Upload) -> None:
    """Take a paper back out of a draft; one that was filed stays where it is (Http404)."""
    if upload.case_id is not None:
        raise Http404
    stored = upload.stored
    upload.delete()
    transaction.on_commit(lambda: delete_file(stored))


def adopt_papers(*, draft: Any, case: Any, asked: Collection[tuple[str, str]] | None = None) -> int:
    """Move a draft's papers to the case it became, inside the filing transaction; those no longer asked stay behind."""
    moved = [upload.pk for upload in papers_of(draft) if asked is None or (upload.paper, upload.row) in asked]
    return Upload.objects.filter(pk__in=moved, draft=draft).update(draft=None, case=case)


def replace_paper(*, case: Any, paper: str, row: str, file: UploadedFile[Any], by: Any) -> Upload:
    """Put one file in the place of those a case has for a paper; the old ones stay readable in its history."""
    return replace_papers(case=case, paper=paper, row=row, files=[file], by=by)[0]


def replace_papers(*, case: Any, paper: str, row: str, files: Sequence[UploadedFile[Any]], by: Any) -> list[Upload]:
    """The same for a paper of several files: all are received, or none (PaperRefused)."""
    kept: list[str] = []
    try:
        with transaction.atomic():
            before = [upload.pk for upload in current_papers(case).filter(paper=paper, row=row)]
            received: list[Upload] = []
            for file in files:
                upload = receive_paper(case=case, paper=paper, row=row, file=file, by=by)
                received.append(upload)
                if upload.pk not in before:
                    kept.append(upload.stored)
            same = {upload.pk for upload in received}
            Upload.objects.filter(pk__in=[pk for pk in before if pk not in same]).update(replaced_by=received[0])
    except BaseException:
        for stored in kept:
            delete_file(stored)
        raise
    return received


def _refuse_too_much(held: QuerySet[Upload], paper: str, row: str, most: int, size: int) -> None:
    if most and held.filter(paper=paper, row=row).count() >= most:
        raise PaperRefused("too_many_files", limit=most)
    if (held.aggregate(together=Sum("size"))["together"] or 0) + size > MOST_BYTES_TOGETHER:
        raise PaperRefused("quota", limit=MOST_BYTES_TOGETHER // MEGABYTE)


def _entered(upload: Upload) -> Upload:
    """The row, and the scan it still waits for; without the row the file goes again."""
    try:
        with transaction.atomic():
            upload.save()
            if upload.state == Upload.State.AWAITING_SCAN:
                scan_later(upload)
    except BaseException:
        delete_file(upload.stored)
        raise
    return upload
