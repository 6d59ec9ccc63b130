"""Which papers a draft or a case holds."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from procedures.evidence.models import Upload


def papers_of(draft: Any) -> QuerySet[Upload]:
    """The papers of a draft, as received; one that the scanner refused late is listed too, to be mended."""
    return Upload.objects.filter(draft=draft, replaced_by=None)


def current_papers(case: Any) -> QuerySet[Upload]:
    """The papers that count in a case: what was replaced is history."""
    return Upload.objects.filter(case=case, replaced_by=None).exclude(state=Upload.State.REFUSED)


def counted(uploads: Any) -> dict[tuple[str, str], list[Upload]]:
    """Papers by (code, row), for pages that show one section a paper."""
    found: dict[tuple[str, str], list[Upload]] = {}
    for upload in uploads:
        found.setdefault((upload.paper, upload.row), []).append(upload)
    return found


def paper_of_draft(draft: Any, upload: UUID) -> Upload | None:
    return Upload.objects.filter(draft=draft, pk=upload).first()
