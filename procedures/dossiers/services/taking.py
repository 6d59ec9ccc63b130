"""A copy of the whole file: asked for, made by a worker, kept for a day, taken by whoever asked, and forgotten."""

import contextlib
import uuid
from datetime import timedelta
from typing import Any

from django.core.files import File
from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from procedures.audit.services import append
from procedures.cases.access import record_reading
from procedures.cases.errors import NotAllowed
from procedures.cases.models import Case
from procedures.dossiers.access import rights
from procedures.dossiers.models import WholeFile
from procedures.dossiers.selectors import job_of
from procedures.dossiers.services.noting import LONGEST_REASON
from procedures.jobs import services as jobs
from procedures.refusal import Refusal

KEPT = timedelta(hours=24)
SHELF = "whole"
Reason, State = WholeFile.Reason, WholeFile.State


@transaction.atomic
def order_whole_file(
    *, case: Case, by: Any, reason: str, words: str = "", for_office: bool, language: str
) -> WholeFile:
    """Promise a copy of everything in a case. `for_office` keeps what officers wrote for one another in it.

    Raises NotAllowed; Refusal (no reason, an internal copy for the applicant, one like it being made already).
    """
    held = Case.objects.select_for_update().get(pk=case.pk)
    if not rights(by, held).takes:
        raise NotAllowed(_("You may read this case, but not take the whole file away."))
    said = words.strip()[:LONGEST_REASON]
    if reason not in Reason.values or (reason == Reason.OTHER and not said):
        raise Refusal(_("Write what you need it for."), "words")
    if for_office and reason == Reason.APPLICANT:
        raise Refusal(_("What officers wrote for one another is not handed to the applicant."), "copy")
    if WholeFile.objects.filter(case=held, by=by, for_office=for_office, state=State.PREPARING).exists():
        raise Refusal(_("This copy is being made already. It stands below."))
    whole = WholeFile.objects.create(
        case=held, by=by, reason=reason, words=said, for_office=for_office, language=language, asked_at=timezone.now()
    )
    told = {"whole_file": whole.pk, "reason": reason, "for_office": for_office}
    append(action="whole_file.asked", subject=held, actor=by, data=told)
    jobs.add(kind="dossiers.whole_file", key=job_of(whole), payload={"whole_file_id": whole.pk})
    return whole


def note_step(whole: WholeFile, done: int, steps: int) -> None:
    """How far the making is; seen by whoever waits."""
    WholeFile.objects.filter(pk=whole.pk).update(done=done, steps=steps)


def keep_whole_file(*, whole: WholeFile, pdf: Any, archive: Any, manifest_sha256: str) -> None:
    """Store both files and say in the chain what their list weighs, so that a copy can be held against it."""
    kept = {"pdf": _kept(pdf, "pdf"), "zip": _kept(archive, "zip")}
    with jobs.final_act():
        now = timezone.now()
        WholeFile.objects.filter(pk=whole.pk).update(
            state=State.READY, ready_at=now, keep_until=now + KEPT, manifest_sha256=manifest_sha256, **kept
        )
        told = {"whole_file": whole.pk, "manifest_sha256": manifest_sha256, "for_office": whole.for_office}
        append(action="whole_file.made", subject=whole.case, actor=None, data=told)


def refuse_whole_file(*, whole: WholeFile) -> None:
    """Whoever asked may no longer take it: nothing is made."""
    with jobs.final_act():
        WholeFile.objects.filter(pk=whole.pk).update(state=State.REFUSED)
        append(action="whole_file.refused", subject=whole.case, actor=None, data={"whole_file": whole.pk})


@transaction.atomic
def take_whole_file(*, whole: WholeFile, by: Any, kind: str) -> File[bytes]:
    """The file, opened for reading, and the taking on record with its reason; the applicant is told of it.

    `kind`: "pdf" or "zip". Raises NotAllowed for anybody but who asked, for who may no longer, and once it is gone.
    """
    held = WholeFile.objects.select_related("case").get(pk=whole.pk)
    is_there = held.state == State.READY and held.keep_until is not None and held.keep_until > timezone.now()
    if held.by_id != by.pk or not is_there or not rights(by, held.case).takes:
        raise NotAllowed(_("This copy is not there any more. Ask for a new one."))
    told = {"whole_file": held.pk, "reason": held.reason, "for_office": held.for_office, "format": kind}
    record_reading(held.case, by=by, action="file.read", data=told)
    return storages["private"].open(held.zip if kind == "zip" else held.pdf)


def forget_old_copies() -> int:
    """Delete the files of copies whose day is over, and files that a crash left without a row."""
    now, gone = timezone.now(), 0
    for whole in WholeFile.objects.filter(state=State.READY, keep_until__lte=now):
        for path in (whole.pdf, whole.zip):
            with contextlib.suppress(FileNotFoundError):
                storages["private"].delete(path)
        gone += WholeFile.objects.filter(pk=whole.pk).update(state=State.GONE, pdf="", zip="")
    return gone + _forget_orphans()


def _forget_orphans() -> int:
    private, limit, gone = storages["private"], timezone.now() - KEPT, 0
    for folder in private.listdir(SHELF)[0] if private.exists(SHELF) else ():
        for name in private.listdir(f"{SHELF}/{folder}")[1]:
            path = f"{SHELF}/{folder}/{name}"
            known = WholeFile.objects.filter(pdf=path) | WholeFile.objects.filter(zip=path)
            if private.get_modified_time(path) <= limit and not known.exists():
                private.delete(path)
                gone += 1
    return gone


def _kept(file: Any, ending: str) -> str:
    name = uuid.uuid4().hex
    file.seek(0)
    return storages["private"].save(f"{SHELF}/{name[:2]}/{name}.{ending}", File(file))
