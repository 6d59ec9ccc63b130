"""Papers handed in with earlier cases that a draft may take again, while they are young enough."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.utils import timezone

from procedures.calendar.services import day_after
from procedures.definition import Evidence
from procedures.evidence.models import Upload
from procedures.evidence.selectors import current_papers
from procedures.evidence.services import receive_paper
from procedures.evidence.shelves import read_file
from procedures.sources.cases import earlier_cases, origin_of
from procedures.sources.known import Origin
from procedures.wizard.plan import Plan


@dataclass(frozen=True)
class Again:
    """A paper of an earlier case: for which paper it may stand here, and until when it is young enough."""

    origin: Origin
    paper: Evidence
    row: str
    upload: Upload
    good_until: date | None

    @property
    def key(self) -> str:
        return f"{self.upload.pk}|{self.row}"


def papers_for(plan: Plan) -> Iterator[Again]:
    """Clean papers of the same code from earlier cases, the latest first; neither those it has nor those too old."""
    asked = [(paper, row) for paper, row in plan.papers if not paper.form and _has_room(plan, paper, row)]
    seen = {upload.sha256 for uploads in plan.uploads.values() for upload in uploads}
    for case in earlier_cases(plan.draft):
        held = list(current_papers(case).filter(state=Upload.State.CLEAN))
        for paper, row in asked:
            for upload in held:
                until = good_until(paper, upload)
                young = until is None or until >= plan.on
                if upload.paper == paper.code and upload.row == row and upload.sha256 not in seen and young:
                    seen.add(upload.sha256)
                    yield Again(origin_of(case), paper, row, upload, until)


def good_until(paper: Evidence, upload: Upload) -> date | None:
    """The last day on which a paper that must be recent still is, counted from the day it was handed in."""
    return day_after(timezone.localdate(upload.received_at), paper.age) if paper.age else None


def take_paper(*, plan: Plan, again: Again, by: Any) -> Upload:
    """A copy of the file for this draft, checked as any other is. Raises PaperRefused."""
    content = read_file(again.upload.stored)
    file = InMemoryUploadedFile(BytesIO(content), "file", again.upload.name, again.upload.kind, len(content), None)
    return receive_paper(
        draft=plan.draft, paper=again.paper.code, row=again.row, file=file, by=by, most=again.paper.files
    )


def _has_room(plan: Plan, paper: Evidence, row: str) -> bool:
    held = [each for each in plan.uploads.get((paper.code, row), ()) if each.state != Upload.State.REFUSED]
    return len(held) < paper.files
