"""What an applicant may be asked to mend in a case: each answer and each paper, by its address, in words."""

from typing import TYPE_CHECKING

from procedures import reading
from procedures.cases.models import PaperReview

if TYPE_CHECKING:
    from portal.backoffice.opened import OpenedCase


def paper_path(paper: str, row: str = "") -> str:
    return f"paper.{paper}[{row}]" if row else f"paper.{paper}"


def correctable(opened: "OpenedCase") -> dict[str, str]:
    """Every address that a request for correction may name, in the order of the case page."""
    answers = {
        item.path: f"{section.title} {section.number}: {item.label}" if section.number else item.label
        for section in opened.sections
        for item in section.items
    }
    papers = {paper_path(paper.code): paper.title for paper in reading.read_papers(opened.snapshot, opened.language)}
    return answers | papers


def last_reviews(opened: "OpenedCase") -> dict[tuple[str, str], PaperReview]:
    """The verdict that holds on each paper: the last one, unless the paper was handed in again since."""
    handed_in = {(upload.paper, upload.row): upload.received_at for upload in opened.uploads}
    reviews = opened.case.paper_reviews.select_related("by").order_by("id")
    last = {(review.paper, review.row): review for review in reviews}
    return {key: review for key, review in last.items() if key not in handed_in or handed_in[key] <= review.at}


def notes_of_verdicts(opened: "OpenedCase") -> dict[str, str]:
    """What officers wrote on papers that they did not accept: the start of a request for correction."""
    return {
        paper_path(paper, row): review.note
        for (paper, row), review in last_reviews(opened).items()
        if review.verdict != PaperReview.Verdict.ACCEPTED
    }
