"""A correction: what an officer asks to be mended, and the patch that comes back. The clock waits meanwhile."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from procedures.cases import clock
from procedures.cases.errors import Refused
from procedures.cases.models import Case, Correction
from procedures.cases.patches import PAPER, UnknownPath, apply_patch, covers, parts
from procedures.cases.selectors import answers_of, answers_of_officers, open_correction
from procedures.cases.services.moving import transition
from procedures.cases.situations import procedure_of, situation_of
from procedures.cases.states import Event, State
from procedures.definition import Group, Procedure
from procedures.events import announce
from procedures.rules import Explanation, Situation


def ask_correction(
    *, case: Case, by: Any, version: int, items: Sequence[Mapping[str, Any]], note: str = ""
) -> Correction:
    """Send the case back to the applicant for `items`: [{"path", "reason": code, "note": text}]; the clock pauses.

    A path is a paper ("paper.transcripts", of a row "paper.diploma[k3f9]") or an answer ("block.field", "group[row]").
    """
    with transition(case, Event.ASK_CORRECTION, by=by, version=version) as held:
        asked = [_item(item) for item in items]
        _refuse_unknown(asked, procedure_of(held.case))
        correction = Correction.objects.create(
            case=held.case,
            items=asked,
            note=note.strip(),
            asked_by=by,
            asked_at=held.now,
            due_on=clock.pause(held.case, held.now),
        )
        held.case.state = State.CORRECTION
        held.told = {"correction": correction.pk, "paths": [item["path"] for item in asked]}
        announce("correction_asked", key=str(correction.pk), case_id=held.case.pk, correction_id=correction.pk)
    return correction


def return_correction(*, case: Case, by: Any, patch: Mapping[str, Any]) -> Case:
    """Take what the applicant mended: {path: value}. Only what was reopened, or is asked because of it, may change.

    Papers are replaced by `evidence.services.replace_paper` before. Raises Refused, by path, for a value that will not
    do, a paper that did not come, or a rule that now blocks.
    """
    with transition(case, Event.RETURN_CORRECTION, by=by) as held:
        correction = open_correction(held.case)
        procedure = procedure_of(held.case)
        changed = {path: value for path, value in patch.items() if not path.startswith(PAPER)}
        before = answers_of(held.case)
        after = _patched(before, changed)
        officers = answers_of_officers(held.case)
        was = situation_of(held.case, procedure, answers=before | officers)
        now = situation_of(held.case, procedure, answers=after | officers)
        faults = _unasked(correction, changed, was, now) | _wrong(changed, procedure)
        faults |= _missing_papers(held.case, correction)
        explanations = _run_again(held.case, now, set(changed))
        faults |= {each.rule: [each.sentence(held.case.language)] for each in explanations if each.blocks}
        if faults:
            raise Refused(faults)
        correction.patch, correction.returned_at = changed, held.now
        correction.save(update_fields=["patch", "returned_at"])
        held.case.explanations = [each.as_json() for each in explanations]
        held.case.flags = list(dict.fromkeys(each.rule for each in explanations if each.flags))
        waited = clock.resume(held.case, held.now)
        held.case.state = held.stage.kind
        clock.extend(held.stage, waited)
        held.told = {"correction": correction.pk, "paths": sorted(changed), "waited": waited}
    return case


def _item(item: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(item.get(name) or "").strip() for name in ("path", "reason", "note")}


def _refuse_unknown(items: Sequence[Mapping[str, str]], procedure: Procedure) -> None:
    papers = {paper.code for paper in procedure.papers}
    if not items:
        raise Refused({"items": [_("Choose what has to be corrected.")]})
    for item in items:
        path = item["path"]
        if path.startswith(PAPER):
            known = path.removeprefix(PAPER).partition("[")[0] in papers
        else:
            known = _is_address(path, procedure)
        if not known:
            raise Refused({"items": [_("This procedure asks no “%(path)s”.") % {"path": path}]})


def _is_address(path: str, procedure: Procedure) -> bool:
    try:
        block, _row, field = parts(path)
    except UnknownPath:
        return False
    placed = procedure.blocks.get(block)
    return placed is not None and placed.step is not None and (not field or field in placed.block.asks.questions())


def _patched(answers: dict[str, Any], changed: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return apply_patch(answers, changed)
    except UnknownPath as unknown:
        raise Refused({str(unknown): [_("This answer is not there to be corrected.")]}) from None


def _unasked(
    correction: Correction, changed: Mapping[str, Any], was: Situation, now: Situation
) -> dict[str, list[str]]:
    """What nobody reopened, and nothing that was reopened brought forth."""
    reopened = {item["path"] for item in correction.items}
    closed = (path for path in changed if not covers(reopened, path) and not _brought_forth(path, was, now))
    return {path: [_("The officer did not ask for this to be changed.")] for path in closed}


def _brought_forth(path: str, was: Situation, now: Situation) -> bool:
    """Asked now, and not asked before the correction."""
    block, row, field = parts(path)
    if field:
        return now.field_is_asked(block, field, row) and not was.field_is_asked(block, field, row)
    return now.block_is_asked(block) and not was.block_is_asked(block)


def _wrong(changed: Mapping[str, Any], procedure: Procedure) -> dict[str, list[str]]:
    """Values that their own field refuses."""
    faults: dict[str, list[str]] = {}
    for path, value in changed.items():
        if not _is_address(path, procedure):
            faults[path] = [_("This answer is not there to be corrected.")]
            continue
        block, _row, name = parts(path)
        placed = procedure.blocks[block].block
        rows = value if isinstance(placed, Group) and not _row and not name else [value]
        for row in rows or ():
            answers = {name: row} if name else row or {}
            for field, answer in answers.items():
                if field in placed.asks.questions():
                    _try(placed.asks.questions()[field], answer, faults.setdefault(path, []))
    return {path: sentences for path, sentences in faults.items() if sentences}


def _try(field: Any, value: Any, sentences: list[str]) -> None:
    try:
        field.clean(value)
    except ValidationError as refused:
        sentences.extend(refused.messages)


def _missing_papers(case: Case, correction: Correction) -> dict[str, list[str]]:
    """Papers asked again for which nothing new was handed in since."""
    faults: dict[str, list[str]] = {}
    for path in (item["path"] for item in correction.items if item["path"].startswith(PAPER)):
        code, _bracket, row = path.removeprefix(PAPER).rstrip("]").partition("[")
        handed_in = case.uploads.filter(paper=code, replaced_by=None, received_at__gte=correction.asked_at)
        if not (handed_in.filter(row=row) if row else handed_in).exists():
            faults[path] = [_("Hand in this paper again: the officer could not use the first one.")]
    return faults


def _run_again(case: Case, situation: Situation, changed: set[str]) -> list[Explanation]:
    """Explanations of the rules that the patch touches or that read a fact; the others stand as they were."""
    blocks = {parts(path)[0] for path in changed}
    kept = {(told["rule"], told["row"]): Explanation.from_json(told) for told in case.explanations}
    fresh: list[Explanation] = []
    for each in situation.explanations():
        old = kept.get((each.rule, each.row))
        touched = bool(each.facts) or any(need.partition(".")[0] in blocks for need in each.needs)
        fresh.append(each if old is None or touched else old)
    return fresh
