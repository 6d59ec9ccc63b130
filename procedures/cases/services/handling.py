"""Completeness, examination, commission: what officers do before a decision."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from procedures.cases import clock
from procedures.cases.access import may_handle
from procedures.cases.errors import NotAllowed, Refused
from procedures.cases.models import Case, PaperReview, StageRecord
from procedures.cases.officers_answers import checked_answers
from procedures.cases.selectors import every_answer
from procedures.cases.services.moving import Held, advance, close_stage, transition
from procedures.cases.situations import procedure_of, situation_of
from procedures.cases.states import Event
from procedures.definition import Procedure


def review_paper(*, case: Case, by: Any, paper: str, row: str = "", verdict: str, note: str = "") -> PaperReview:
    """Give a verdict on one paper; the last one holds. A paper that is not accepted needs a note."""
    faults: dict[str, list[str]] = {}
    if verdict not in PaperReview.Verdict.values:
        faults["verdict"] = [_("Choose a verdict.")]
    elif verdict != PaperReview.Verdict.ACCEPTED and not note.strip():
        faults["note"] = [_("Write what is wrong with the paper.")]
    with transition(case, Event.REVIEW_PAPER, by=by, bump=False) as held:
        if (paper, row) not in _papers_of(held.case):
            faults["paper"] = [_("This case has no such paper.")]
        if faults:
            raise Refused(faults)
        review = PaperReview.objects.create(
            case=held.case, paper=paper, row=row, verdict=verdict, note=note.strip(), by=by, at=held.now
        )
        held.told = {"paper": paper, "row": row, "verdict": verdict}
    return review


def assign(*, case: Case, by: Any, to: Any) -> Case:
    """Put a case on a colleague's desk: someone who may do what the stage needs. Raises NotAllowed for anybody else."""
    with transition(case, Event.ASSIGN, by=by, bump=False) as held:
        if to is not None and not may_handle(to, held.case, held.stage):
            raise NotAllowed(_("This colleague does not handle this step in this office."))
        held.case.assignee = to
        held.told = {"to": to.pk if to is not None else None}
    return case


def accept_completeness(*, case: Case, by: Any, version: int, note: str = "") -> Case:
    """Find the file complete: the clock starts, the due day is frozen, the next stage opens."""
    with transition(case, Event.ACCEPT_COMPLETENESS, by=by, version=version) as held:
        _refuse_open_papers(held.case)
        procedure = procedure_of(held.case)
        held.told = dict(clock.start(held.case, procedure, situation_of(held.case, procedure), held.now))
        close_stage(held, note=note)
        advance(held, procedure)
    return case


def keep_answers(
    *, case: Case, by: Any, version: int, answers: Mapping[str, Any], note: str | None = None
) -> StageRecord:
    """Keep what was written so far in the checklist of the stage; it stays open, and may be changed until it is closed.

    What is left empty is not asked yet; what is written must be right: raises Refused by field name.
    """
    with transition(case, Event.KEEP_ANSWERS, by=by, version=version) as held:
        record = held.stage
        record.answers = found(held, procedure_of(held.case), answers, partial=True)
        record.note = record.note if note is None else note.strip()
        record.save(update_fields=["answers", "note"])
        held.told = {"stage": record.code}
    return record


def close_instruction(
    *, case: Case, by: Any, version: int, answers: Mapping[str, Any] | None = None, note: str = ""
) -> Case:
    """End the examination with what it found: `answers` by block, as the stage asks. Raises Refused by field name."""
    with transition(case, Event.CLOSE_INSTRUCTION, by=by, version=version) as held:
        procedure = procedure_of(held.case)
        close_stage(held, answers=found(held, procedure, answers or {}), note=note)
        advance(held, procedure)
    return case


def record_opinion_of_commission(
    *,
    case: Case,
    by: Any,
    version: int,
    held_on: date,
    members: Sequence[str],
    opinion: str,
    note: str = "",
    answers: Mapping[str, Any] | None = None,
) -> Case:
    """Enter what the commission thought: the day it sat, who was present, its opinion and its reasons.

    `answers` by block, as the stage asks; they are checked where any are given.
    """
    present = [member.strip() for member in members if member.strip()]
    faults: dict[str, list[str]] = {}
    if held_on > timezone.localdate():
        faults["held_on"] = [_("The session lies in the future. Give the day on which the commission sat.")]
    if not present:
        faults["members"] = [_("Name the members who were present.")]
    if opinion not in StageRecord.Opinion.values:
        faults["opinion"] = [_("Choose the opinion of the commission.")]
    with transition(case, Event.RECORD_OPINION, by=by, version=version) as held:
        if held_on < timezone.localdate(held.case.filed_at):
            faults["held_on"] = [_("The session lies before the filing. Give the day on which the commission sat.")]
        if faults:
            raise Refused(faults)
        procedure = procedure_of(held.case)
        told = {"held_on": held_on.isoformat(), "members": present, "opinion": opinion}
        if answers:
            told |= found(held, procedure, answers)
        close_stage(held, answers=told, note=note)
        held.told = {"opinion": opinion}
        advance(held, procedure)
    return case


def found(held: Held, procedure: Procedure, answers: Mapping[str, Any], *, partial: bool = False) -> dict[str, Any]:
    """The present stage's answers, checked against what the whole case says; `partial` lets any of them be empty."""
    known = every_answer(held.case) | dict(answers)
    situation = situation_of(held.case, procedure, answers=known)
    return checked_answers(procedure.route[held.case.stage], situation, answers, partial=partial)


def _papers_of(case: Case) -> set[tuple[str, str]]:
    asked = situation_of(case).asked_papers()
    return {(paper.code, row) for paper, row in asked} | set(case.uploads.values_list("paper", "row"))


def _refuse_open_papers(case: Case) -> None:
    """A paper whose last verdict asks for another stands in the way of completeness."""
    last = {(review.paper, review.row): review for review in case.paper_reviews.order_by("pk")}
    if any(review.verdict != PaperReview.Verdict.ACCEPTED and _still_there(case, review) for review in last.values()):
        raise Refused({"papers": [_("A paper was not accepted. Ask for a correction, or accept the paper.")]})


def _still_there(case: Case, review: PaperReview) -> bool:
    """A paper handed in again after the verdict has none yet."""
    handed_in = case.uploads.filter(paper=review.paper, row=review.row, received_at__gt=review.at)
    return not handed_in.exists()
