"""Receive, remove, hand over and replace papers; a file passes every check, and the scanner, before anyone sees it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet, Sum
from django.http import Http404
from django.utils import timezone

from procedures.evidence.contents import check_content
from procedures.evidence.findings import look_at
from procedures.evidence.formats import MEGABYTE, Checked
from procedures.evidence.models import Upload
from procedures.evidence.names import cleaned_name
from procedures.evidence.opening import open_paper
from procedures.evidence.reading import read_later
from procedures.evidence.refusals import PaperRefused
from procedures.evidence.scanning import scan_later, scanned
from procedures.evidence.selectors import current_papers
from procedures.evidence.shelves import PAPERS, QUARANTINE, delete_file, keep_file
from procedures.evidence.words import Names

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
MOST_BYTES_EVER = 600 * MEGABYTE  # with what corrections replaced


@dataclass(frozen=True)
class Looked:
    """A file that was read: what it is, the state it starts in, and what a first look found."""

    checked: Checked
    state: str
    found: list[dict[str, Any]]


def receive_paper(
    *,
    paper: str,
    file: UploadedFile[Any],
    by: Any,
    draft: Any = None,
    case: Any = None,
    row: str = "",
    most: int = 0,
    names: Names = (),
) -> Upload:
    """Check a file and keep it with the draft or case.

    Args:
        paper, row: code of the Evidence, and the id of the row it is asked for ("" where it is asked once).
        most: how many files this paper takes; 0 leaves the count to the caller.
        by: the user; an anonymous draft has none.
        names: how the person whom the paper is about is written, where their name must stand on it.

    Returns the Upload: CLEAN, or AWAITING_SCAN while the scanner is down. The same file twice is received once.
    Raises PaperRefused, whose `message` says how to mend it; nothing is kept then.
    """
    looked = _read(file, names)
    with transaction.atomic():
        _wait_for(draft, case)
        return _received(looked, paper=paper, row=row, name=file.name, by=by, draft=draft, case=case, most=most)


def keep_loose_paper(*, paper: str, file: UploadedFile[Any], by: Any) -> Upload:
    """Check a file and keep it for something that is neither draft nor case; whatever asked for it names the row.

    `by` is the user. The caller says how many a person may hand in. Raises PaperRefused; nothing is kept then.
    """
    return _kept(_read(file), paper=paper, row="", name=file.name, by=by)


def remove_paper(*, upload: Upload) -> None:
    """Take a paper back out of a draft; one that was filed meanwhile stays where it is (Http404)."""
    with transaction.atomic():
        held = Upload.objects.select_for_update().filter(pk=upload.pk, case=None).first()
        if held is None:
            raise Http404
        stored = held.stored
        held.delete()
        transaction.on_commit(lambda: delete_file(stored))


def adopt_papers(*, draft: Any, case: Any, papers: Iterable[Upload]) -> int:
    """Move these papers of a draft to the case it became, inside the filing transaction; the others stay behind."""
    moved = [upload.pk for upload in papers]
    return Upload.objects.filter(pk__in=moved, draft=draft).update(draft=None, case=case)


def replace_paper(*, case: Any, paper: str, row: str, file: UploadedFile[Any], by: Any) -> Upload:
    """Put one file in the place of those a case has for a paper; the old ones stay readable in its history."""
    return replace_papers(case=case, paper=paper, row=row, files=[file], by=by)[0]


def replace_papers(
    *,
    case: Any,
    paper: str,
    row: str,
    files: Sequence[UploadedFile[Any]],
    by: Any,
    most: int = 0,
    names: Names = (),
) -> list[Upload]:
    """The same for a paper of several files: all are received, or none (PaperRefused).

    Raises Http404 where the case left the applicant's hands while the files were read.
    """
    if most and len(files) > most:
        raise PaperRefused("too_many_files", limit=most)
    read = [(file.name, _read(file, names)) for file in files]  # slow: before any lock is taken
    kept: list[str] = []
    try:
        with transaction.atomic():
            if _wait_for(None, case).state != "correction":
                raise Http404
            before = [upload.pk for upload in current_papers(case).filter(paper=paper, row=row)]
            received: list[Upload] = []
            for name, looked in read:
                upload = _received(looked, paper=paper, row=row, name=name, by=by, case=case)
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


def _read(file: UploadedFile[Any], names: Names = ()) -> Looked:
    """What the file is, the state it starts in, and what a first look finds; nothing is kept yet."""
    if file.size is not None and file.size > settings.TAKWIN_UPLOAD_MAX_BYTES:
        raise PaperRefused("too_large", limit=settings.TAKWIN_UPLOAD_MAX_BYTES // MEGABYTE)
    content = file.read()
    checked = check_content(content)
    return Looked(checked, scanned(content), look_at(checked, names=names, on=timezone.localdate()))


def _wait_for(draft: Any, case: Any) -> Any:
    """Lock what the paper belongs to, so that two files at once are counted one after the other."""
    owner = draft if case is None else case
    held = type(owner).objects.select_for_update().filter(pk=owner.pk).first()
    if held is None or (case is None and held.filed_at):
        raise Http404
    return held


def _received(
    looked: Looked,
    *,
    paper: str,
    row: str,
    name: str | None,
    by: Any,
    draft: Any = None,
    case: Any = None,
    most: int = 0,
) -> Upload:
    digest = hashlib.sha256(looked.checked.content).hexdigest()
    every = Upload.objects.filter(draft=draft, case=case)
    held = every.filter(replaced_by=None).exclude(state=Upload.State.REFUSED)
    already = held.filter(paper=paper, row=row, sha256=digest).first()
    if already:
        return already
    _refuse_too_much(every, held, paper, row, most, len(looked.checked.content))
    return _kept(looked, paper=paper, row=row, name=name, by=by, draft=draft, case=case)


def _kept(
    looked: Looked,
    *,
    paper: str,
    row: str,
    name: str | None,
    by: Any,
    draft: Any = None,
    case: Any = None,
) -> Upload:
    checked, state = looked.checked, looked.state
    upload = Upload(
        draft=draft,
        case=case,
        paper=paper,
        row=row,
        name=cleaned_name(name or "", checked.kind),
        kind=checked.kind,
        size=len(checked.content),
        sha256=hashlib.sha256(checked.content).hexdigest(),
        pages=checked.pages,
        state=state,
        checks=looked.found,
        received_from=by if getattr(by, "is_authenticated", False) else None,
    )
    upload.stored = keep_file(PAPERS if state == Upload.State.CLEAN else QUARANTINE, upload, checked.content)
    return _entered(upload)


def _refuse_too_much(
    every: QuerySet[Upload], held: QuerySet[Upload], paper: str, row: str, most: int, size: int
) -> None:
    """Of what counts now, and of everything on the disk: what was replaced stays there."""
    if most and held.filter(paper=paper, row=row).count() >= most:
        raise PaperRefused("too_many_files", limit=most)
    for uploads, limit in ((held, MOST_BYTES_TOGETHER), (every, MOST_BYTES_EVER)):
        if (uploads.aggregate(together=Sum("size"))["together"] or 0) + size > limit:
            raise PaperRefused("quota", limit=limit // MEGABYTE)


def _entered(upload: Upload) -> Upload:
    """The row, and the scan it still waits for; without the row the file goes again."""
    try:
        with transaction.atomic():
            upload.save()
            if upload.state == Upload.State.AWAITING_SCAN:
                scan_later(upload)
            read_later(upload)
    except BaseException:
        delete_file(upload.stored)
        raise
    return upload
