"""An opinion: given by the party that is asked, passed over once its time is up, or kept when it comes late."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from procedures.cases.errors import AlreadyDone, IllegalMove, Refused
from procedures.cases.models import Case, LateOpinion, StageRecord
from procedures.cases.officers_answers import checked_answers, demand
from procedures.cases.parties import missed_opinion
from procedures.cases.party_papers import attach, kept_papers
from procedures.cases.selectors import every_answer
from procedures.cases.services.handling import found
from procedures.cases.services.moving import Held, advance, close_stage, transition
from procedures.cases.situations import procedure_of, situation_of
from procedures.cases.states import Event
from procedures.definition import Procedure, blocks_of

Ending = StageRecord.Ending


def record_opinion(
    *,
    case: Case,
    by: Any,
    version: int | None,
    answers: Mapping[str, Any] | None = None,
    note: str = "",
    papers: Mapping[str, Sequence[UploadedFile[Any]]] | None = None,
) -> Case:
    """Enter the answers of the party that is asked, by block, and its words; where nothing is asked, its words alone.

    `by` serves in the office that is asked, or answers for those concerned; `papers` are files by code of the papers
    that go with this stage. Raises Refused by field name.
    """
    with kept_papers(papers or {}, by) as kept, transition(case, Event.GIVE_OPINION, by=by, version=version) as held:
        procedure = procedure_of(held.case)
        _refuse_papers(held, procedure, papers or {})
        attach(kept, held.case)
        held.told = {"papers": len(kept)} if kept else {}
        if not blocks_of(procedure.route[held.case.stage]):
            demand(note=note)
        close_stage(held, answers=found(held, procedure, answers or {}), note=note.strip())
        advance(held, procedure)
    return case


def pass_over_opinion(*, case: Case, by: Any, version: int, note: str) -> Case:
    """Go on without an opinion whose deadline has passed: an officer of the office that asked for it, with a reason."""
    with transition(case, Event.PASS_OVER_OPINION, by=by, version=version) as held:
        demand(note=note)
        close_stage(held, note=note.strip(), ending=Ending.PASSED_OVER)
        advance(held, procedure_of(held.case))
    return case


def add_late_opinion(*, case: Case, by: Any, answers: Mapping[str, Any] | None = None, note: str = "") -> LateOpinion:
    """Keep an opinion that came after the case had gone on without it: it is shown, and changes nothing by itself."""
    with transition(case, Event.ADD_LATE_OPINION, by=by, bump=False) as held:
        record, procedure = missed_opinion(held.case), procedure_of(held.case)
        if record is None:
            raise IllegalMove(held.case.state, held.event)
        stage = procedure.route[record.position]
        if not blocks_of(stage):
            demand(note=note)
        known = every_answer(held.case) | dict(answers or {})
        checked = checked_answers(stage, situation_of(held.case, procedure, answers=known), answers or {})
        late = LateOpinion.objects.create(record=record, answers=checked, note=note.strip(), by=by, at=held.now)
        held.told = {"stage": record.code}
    return late


def pass_by_silence(*, record: StageRecord) -> Case:
    """The engine goes on where a stage was not answered in time; called again, it raises AlreadyDone."""
    case = Case.objects.get(pk=record.case_id)
    with transition(case, Event.PASS_BY_SILENCE, by=None) as held:
        if held.stage.pk != record.pk:
            raise AlreadyDone
        close_stage(held, ending=Ending.SILENCE, keep=True)
        held.told = {"stage": held.stage.code, "silence": held.stage.silence}
        advance(held, procedure_of(held.case))
    return case


def _refuse_papers(held: Held, procedure: Procedure, papers: Mapping[str, Sequence[Any]]) -> None:
    """Papers that the stage does not take, or more of one than it takes; one that is demanded and missing."""
    stage = procedure.route[held.case.stage].name
    taken = {paper.code: paper for paper in situation_of(held.case, procedure).papers_at(stage)}
    faults: dict[str, list[str]] = {}
    for code, files in papers.items():
        if code not in taken:
            faults[code] = [_("This paper is not asked here.")]
        elif len(files) > taken[code].files:
            faults[code] = [_("Add at most %(most)s files.") % {"most": taken[code].files}]
    for code, paper in taken.items():
        if not paper.optional and not papers.get(code):
            faults[code] = [_("Add this paper.")]
    if faults:
        raise Refused(faults)
