"""Begin again from a case of one's own: its answers on each page with where they come from, none confirmed yet."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from procedures.asking import blocks_of
from procedures.cases.models import Case
from procedures.cases.selectors import answers_of
from procedures.definition import Block, Group
from procedures.reading import Section, read_answers
from procedures.sources.cases import origin_of, told
from procedures.sources.models import Taken
from procedures.sources.offering import written
from procedures.sources.services import note_taken
from procedures.wizard.changes import recorded
from procedures.wizard.models import Draft
from procedures.wizard.plan import Plan
from procedures.wizard.services import save_draft


@dataclass(frozen=True)
class Since:
    """What differs from the case that was begun from: sections that hold changed answers only, and rows taken away."""

    number: str
    changed: tuple[Section, ...]
    removed: tuple[Section, ...]

    @property
    def is_empty(self) -> bool:
        return not self.changed and not self.removed


@transaction.atomic
def begin_from(*, draft: Draft, plan: Plan, case: Case) -> None:
    """Lay the answers of a case of the same procedure over a new draft; consents are asked anew, as is each page.

    The caller has asked whether the case is this person's, or their organisation's. Nothing is marked as answered:
    each page is shown, and goes on when the person says so.
    """
    given, version = answers_of(case), draft.version + 1
    taken: list[tuple[str, Any, Any]] = []
    for step in plan.procedure.steps:
        data: dict[str, list[str]] = {}
        for block in blocks_of(step):
            kept = _again(block, given.get(block.code))
            if not kept:
                continue
            draft.answers = draft.answers | {block.code: kept}
            data |= _posted(plan, block, kept)
            taken += [(path, origin_of(case), value) for path, value in _paths(block, kept)]
        if data:
            draft.typed = draft.typed | {step.code: recorded(None, data, at=version) | {"later": True}}
    save_draft(draft=draft)
    note_taken(draft=draft, taken=taken)


def _again(block: Block, given: Any) -> Any:
    if isinstance(block, Group):
        return [{"_row": row["_row"]} | told(block, row) for row in given or ()]
    return told(block, given or {})


def _posted(plan: Plan, block: Block, kept: Any) -> dict[str, list[str]]:
    if not isinstance(block, Group):
        return written(plan, block, kept, block.code)
    data = {f"{block.code}-row": [row["_row"] for row in kept]}
    for row in kept:
        data |= written(plan, block, row, f"{block.code}-{row['_row']}", row["_row"])
    return data


def _paths(block: Block, kept: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(block, Group):
        yield block.code, kept
    else:
        yield from ((f"{block.code}.{name}", value) for name, value in kept.items())


def changes_since(
    owner: Draft | Case, answers: dict[str, Any], snapshot: dict[str, Any], language: str
) -> Since | None:
    """What changed since the case from which most of this was taken; None where that is none of its own kind."""
    kept = Taken.objects.filter(**{"draft" if isinstance(owner, Draft) else "case": owner}, origin=Taken.Origin.CASE)
    numbers = list(kept.exclude(path__startswith="paper.").values_list("number", flat=True))
    if not numbers:
        return None
    number = max(sorted(set(numbers)), key=numbers.count)
    earlier = Case.objects.filter(number=number, procedure=owner.procedure).first()
    if earlier is None:
        return None
    before = answers_of(earlier)
    blocks = {block["code"] for block in snapshot["blocks"]}
    read = read_answers(snapshot, answers, language=language, changed=blocks & (answers.keys() | before), before=before)
    changed = tuple(_only_changed(section) for section in read if any(item.changed for item in section.items))
    gone = {code: _gone(rows, answers.get(code)) for code, rows in before.items() if isinstance(rows, list)}
    removed = read_answers(snapshot, {code: rows for code, rows in gone.items() if rows}, language=language)
    return Since(number, changed, tuple(section for section in removed if section.row))


def _only_changed(section: Section) -> Section:
    items = tuple(item for item in section.items if item.changed)
    return Section(
        section.code, section.title, items, section.row, section.number, stage=section.stage, step=section.step
    )


def _gone(rows: list[dict[str, Any]], now: Any) -> list[dict[str, Any]]:
    held = {row.get("_row") for row in now or ()}
    return [row for row in rows if row.get("_row") not in held]
