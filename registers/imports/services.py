"""What people do with imports: bring a table, decide on it, take it back, let a stopped one go on."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from procedures.audit.services import append
from procedures.evidence.names import shown_name
from procedures.jobs import services as jobs
from procedures.jobs.models import Job
from registers.imports.models import Hold, ImportBatch, ImportRow
from registers.imports.reading.guards import check_file
from registers.imports.refusals import FileRefused
from registers.imports.shelf import delete_table, keep_table

__all__ = [
    "Busy",
    "FileRefused",
    "NotWaiting",
    "StillFaulty",
    "cancel_import",
    "decide_import",
    "receive_table",
    "resume_import",
]
State = ImportBatch.State
CHUNK = 1024 * 1024


class ImportRefused(Exception):
    """The act is not open now; `str()` says why and what to do, in the active language."""

    says: Any = ""

    def __str__(self) -> str:
        return str(self.says)


class NotWaiting(ImportRefused):
    says = _("This import was decided on already. Nothing changed.")


class StillFaulty(ImportRefused):
    says = _("Some rows are still to be mended, so nothing was entered. Mend the file, or enter the sound rows only.")


class Busy(ImportRefused):
    says = _(
        "Another import is being entered for one of these groups. Nothing of yours is lost: wait until it has ended, "
        "then press the button again."
    )


def receive_table(*, kind: str, file: Any, by: Any, organisation: Any = None, office: Any = None) -> ImportBatch:
    """Keep an uploaded table and promise its reading.

    Args:
        kind: a code of KINDS. file: an uploaded file. by: the account that answers for it, for exactly one of
        `organisation` (an Organisation) and `office` (an Office).

    Raises FileRefused, whose `message` says how to mend it; nothing is kept then. The same file of the same person
    that still waits is not taken twice.
    """
    if file is None:
        raise FileRefused("no_file")
    format = check_file(file, file.name or "")
    digest = _digest(file)
    waiting = ImportBatch.objects.filter(kind=kind, by=by, sha256=digest, state__in=(State.READING, State.READY))
    if waiting.filter(organisation=organisation, office=office).exists():
        raise FileRefused("same_file")
    stored = keep_table(file, format)
    try:
        with transaction.atomic():
            batch = ImportBatch.objects.create(
                kind=kind,
                organisation=organisation,
                office=office,
                by=by,
                name=shown_name(file.name or "")[:150],
                size=file.size,
                sha256=digest,
                format=format,
                stored=stored,
                received_at=timezone.now(),
            )
            append(action="import.received", subject=batch, actor=by, data={"kind": kind, "sha256": digest})
            jobs.add(kind="imports.stage", key=f"imports.stage:{batch.pk}", payload={"batch_id": batch.pk})
    except BaseException:
        delete_table(stored)
        raise
    return batch


@transaction.atomic
def decide_import(*, batch: ImportBatch, mode: str, by: Any) -> ImportBatch:
    """Let the sound rows be entered: all rows of the file ("all"), or those that are sound ("valid").

    The groups that it touches are held until it has ended. Raises NotWaiting; StillFaulty where everything or
    nothing was asked for and a row has a fault; Busy where another import holds one of the groups.
    """
    held = _locked(batch)
    if held.state != State.READY or not held.rows.filter(state=ImportRow.State.SOUND).exists():
        raise NotWaiting
    if mode == ImportBatch.Mode.ALL and held.rows.filter(state=ImportRow.State.FAULTY).exists():
        raise StillFaulty
    try:
        with transaction.atomic():
            Hold.objects.bulk_create([Hold(scope=scope, batch=held) for scope in sorted(held.scopes)])
    except IntegrityError as taken:
        raise Busy from taken
    held.state, held.mode, held.decided_at = State.ENTERING, ImportBatch.Mode(mode), timezone.now()
    held.save(update_fields=["state", "mode", "decided_at"])
    append(action="import.decided", subject=held, actor=by, data={"mode": mode, "rows": held.counts.get("rows")})
    key = f"imports.enter:{held.pk}:{held.decided_at:%Y%m%d%H%M%S%f}"
    jobs.add(kind="imports.enter", key=key, payload={"batch_id": held.pk})
    return held


@transaction.atomic
def cancel_import(*, batch: ImportBatch, by: Any) -> ImportBatch:
    """Take a table back before it is entered: its rows and its file go. Raises NotWaiting."""
    held = _locked(batch)
    if held.state not in (State.READING, State.READY, State.REFUSED):
        raise NotWaiting
    stored = held.stored
    held.rows.all().delete()
    held.state, held.stored, held.ended_at = State.CANCELLED, "", timezone.now()
    held.save(update_fields=["state", "stored", "ended_at"])
    append(action="import.cancelled", subject=held, actor=by, data={"kind": held.kind})
    transaction.on_commit(lambda: delete_table(stored))
    return held


def resume_import(*, batch: ImportBatch) -> bool:
    """Give the work on a batch its tries again, where it was given up; false where it was not."""
    given_up = list(jobs_of(batch).filter(state=Job.State.DEAD))
    for job in given_up:
        jobs.retry(job=job)
    return bool(given_up)


def jobs_of(batch: ImportBatch) -> Any:
    """The promised work of a batch."""
    return Job.objects.filter(kind__in=("imports.stage", "imports.enter"), payload={"batch_id": batch.pk})


def _locked(batch: ImportBatch) -> ImportBatch:
    return ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)


def _digest(file: Any) -> str:
    digest = hashlib.sha256()
    file.seek(0)
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
