"""The papers of a case: what was asked, the files handed in, and the verdict that holds on each."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from portal.backoffice.correctable import last_reviews, paper_path
from portal.backoffice.forms import VERDICTS, Review
from portal.backoffice.opened import OpenedCase
from procedures import reading
from procedures.cases.models import PaperReview
from procedures.dossiers.models import Original
from procedures.dossiers.selectors import is_of_these, originals_of
from procedures.evidence.models import Upload


@dataclass(frozen=True)
class Sighting:
    """An original that an officer saw; `is_current` says whether beside the files that count now."""

    original: Original
    is_current: bool


@dataclass
class Paper:
    code: str
    row: str
    title: str
    uploads: list[Upload] = field(default_factory=list)
    older: list[Upload] = field(default_factory=list)  # replaced by a correction
    review: PaperReview | None = None
    originals: list[Sighting] = field(default_factory=list)
    is_next: bool = False  # the first without a verdict stands open on the page

    @property
    def path(self) -> str:
        return paper_path(self.code, self.row)

    @property
    def key(self) -> str:
        return f"{self.code}-{self.row}" if self.row else self.code

    @property
    def verdict(self) -> str:
        return str(VERDICTS[PaperReview.Verdict(self.review.verdict)]) if self.review else _("No verdict yet")

    @property
    def mark(self) -> str:
        if self.review is None:
            return ""
        return "ok" if self.review.verdict == PaperReview.Verdict.ACCEPTED else "ko"

    @property
    def form(self) -> Review:
        given = {"verdict": self.review.verdict, "note": self.review.note} if self.review else {}
        return Review(initial={"paper": self.code, "row": self.row} | given, auto_id=f"{self.key}-%s")


def papers_of(opened: OpenedCase) -> list[Paper]:
    """Papers in the order of the procedure; one that was never asked of this applicant is left out."""
    titles = {paper.code: paper.title for paper in reading.read_papers(opened.snapshot, opened.language)}
    reviews = last_reviews(opened)
    found: dict[tuple[str, str], Paper] = {}
    for upload in opened.uploads:
        key = (upload.paper, upload.row)
        paper = found.setdefault(key, Paper(upload.paper, upload.row, titles.get(upload.paper, upload.paper)))
        (paper.older if upload.replaced_by_id else paper.uploads).append(upload)
        paper.review = reviews.get(key)
    for key, seen in originals_of(opened.case).items():
        if key in found:
            found[key].originals = [Sighting(each, is_of_these(each, found[key].uploads)) for each in seen]
    order = list(titles)
    papers = sorted(found.values(), key=lambda paper: order.index(paper.code) if paper.code in order else len(order))
    following = next((paper for paper in papers if paper.review is None), None)
    if following:
        following.is_next = True
    return papers
