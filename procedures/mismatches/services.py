"""Reporting a paper, seeing the report, answering it; each written into the audit chain, without anybody's words."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from procedures.audit.services import append
from procedures.documents.selectors import issued_document
from procedures.mismatches.models import Mismatch


class AlreadyAnswered(Exception):
    """Somebody answered this report first; their answer stands."""


@transaction.atomic
def report_mismatch(*, public_id: UUID, code: str, kind: str, words: str, language: str) -> tuple[Mismatch, bool]:
    """One report by `public_id`, however often it is sent, and whether it is new; `code` is well formed.

    It goes to the office whose case gave the document; one without, or a code that the register does not know, to
    the central services.
    """
    document = issued_document(code)
    report, made = Mismatch.objects.get_or_create(
        public_id=public_id,
        defaults={
            "code": code,
            "document": document,
            "office": document.case.office if document and document.case else None,
            "kind": kind,
            "words": words,
            "language": language,
            "received_at": timezone.now(),
        },
    )
    if made:
        append(action="mismatch.report", subject=report, data={"kind": kind, "code": code})
    return report, made


@transaction.atomic
def see_mismatch(*, mismatch: Mismatch, by: Any) -> Mismatch:
    """From received to seen; a report that is further on stays as it is."""
    locked = Mismatch.objects.select_for_update().get(pk=mismatch.pk)
    if locked.state == Mismatch.State.RECEIVED:
        locked.state, locked.seen_by, locked.seen_at = Mismatch.State.SEEN, by, timezone.now()
        locked.save(update_fields=("state", "seen_by", "seen_at"))
        append(action="mismatch.see", subject=locked, actor=by)
    return locked


@transaction.atomic
def answer_mismatch(*, mismatch: Mismatch, by: Any, answer: str) -> Mismatch:
    """Close a report with the words that whoever sent it reads at its address. Raises AlreadyAnswered."""
    locked = Mismatch.objects.select_for_update().get(pk=mismatch.pk)
    if locked.state == Mismatch.State.ANSWERED:
        raise AlreadyAnswered
    locked.state, locked.answer = Mismatch.State.ANSWERED, answer
    locked.answered_by, locked.answered_at = by, timezone.now()
    locked.save(update_fields=("state", "answer", "answered_by", "answered_at"))
    append(action="mismatch.answer", subject=locked, actor=by)
    return locked
