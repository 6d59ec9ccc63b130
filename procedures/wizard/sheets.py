"""A group with many rows as its page shows it: a table that says what is wrong in which row, a form for an open row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from procedures.asking import row_ids
from procedures.definition import Block, Group, Step, blocks_of
from procedures.refusal import Refusal
from procedures.wizard.pasting import paste

if TYPE_CHECKING:
    from procedures.wizard.pages import Page, Part

Lists = dict[str, list[str]]


@dataclass(frozen=True)
class Line:
    """One row: its number, its cells as they were typed, and what is wrong with them."""

    number: int
    row_id: str
    cells: tuple[tuple[Any, str], ...]
    errors: tuple[str, ...]
    form: Any

    @property
    def is_open(self) -> bool:
        return not self.form.shut


def is_sheet(block: Block) -> bool:
    return isinstance(block, Group) and block.spreadsheet


def completed(step: Step, posted: QueryDict, data: MultiValueDict[str, str], kept: Lists | None) -> None:
    """Put the rows that the page showed as a table, and therefore did not send, back among those that it sent."""
    for block in blocks_of(step):
        if kept is None or not is_sheet(block) or block.code not in posted.getlist("sheet"):
            continue
        sent, prefix = row_ids(data, block.code), f"{block.code}-"
        kept_rows = row_ids(kept, block.code)
        whole = {
            name: values
            for name, values in kept.items()
            if name.startswith(prefix) and name.removeprefix(prefix).partition("-")[0] not in sent
        }
        for name, values in whole.items():
            data.setlist(name, values)
        data.setlist(f"{prefix}row", [*kept_rows, *(row for row in sent if row not in kept_rows)])


def pasted(step: Step, posted: QueryDict, data: MultiValueDict[str, str]) -> str:
    """Do what the buttons of a table ask; the place to go back to, "" where none was pressed. Raises Refusal."""
    sheets = {block.code: block for block in blocks_of(step) if is_sheet(block) and not getattr(block, "fixed", False)}
    for button in ("paste", "replace"):
        group = sheets.get(posted.get(button, ""))
        if isinstance(group, Group):
            try:
                paste(group, posted.get(f"pasted.{group.code}", ""), data, replace=button == "replace")
            except Refusal as refused:
                raise Refusal(str(refused), group.code) from None
            return f"block-{group.code}"
    code, _, row = posted.get("open", "").partition(".")
    return f"row-{code}-{row}" if code in sheets and row in row_ids(data, code) else ""


def shut(page: Page, opened: set[str]) -> None:
    """Show the rows of each table shut, but for those that are to be open and one that nobody has filled in."""
    for part in page.parts:
        if is_sheet(part.block):
            for form in part.forms:
                alone = len(part.forms) == 1 and not any(bound.value() for bound in form)
                form.shut = form.row_id not in opened and not alone


def lines(part: Part) -> Iterator[Line]:
    """The rows of a table in their order."""
    for number, form in enumerate(part.forms, 1):
        bounds = {bound.name: bound for bound in form}
        cells = tuple(
            (question.label, in_words(bounds[name]) if name in bounds else "")
            for name, question in part.block.asks.questions().items()
        )
        told = [str(sentence) for bound in bounds.values() for sentence in bound.errors]
        errors = (*(str(sentence) for sentence in form.non_field_errors()), *told)
        yield Line(number, form.row_id, cells, errors, form)


def in_words(bound: Any) -> str:
    """A value as typed; a choice by its label, a date as it is written."""
    value = bound.value()
    if getattr(bound.field, "type", "") == "Date":
        return "/".join(part for part in reversed(str(value or "").split("-")) if part)
    values = value if isinstance(value, list | tuple) else [value]
    labels = getattr(bound.field, "labels", None)
    if labels is None:
        labels = {str(key): label for key, label in getattr(bound.field.widget, "choices", ())}
    return ", ".join(str(labels.get(str(each), each)) for each in values if each not in (None, ""))
