"""Editors' words and values that hold on a day: one query to see whether anything changed, three more when it did."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

from cms_content.models import Opening, OverrideRevision, ProcedureValue, ProcedureWords
from cms_content.wording import in_language
from procedures.definition import Basis
from procedures.definition.overrides import Override, ValueOverride, WordOverride


@dataclass
class Kept:
    """What was read of one procedure under one mark."""

    mark: UUID
    words: tuple[WordOverride, ...]
    values: tuple[ValueOverride, ...]  # oldest first
    opening: Opening | None
    by_day: dict[date, tuple[Override, ...]] = field(default_factory=dict)


_kept: dict[str, Kept] = {}
_marks: ContextVar[dict[str, UUID] | None] = ContextVar("marks", default=None)


def overrides_in_force(procedure: str, on: date) -> tuple[Override, ...]:
    """Every word, and of each value the last one that had begun on that day."""
    mark = _mark_of(procedure)
    if mark is None:
        return ()
    kept = _kept.get(procedure)
    if kept is None or kept.mark != mark:
        kept = _kept[procedure] = _read(procedure, mark)
    if on not in kept.by_day:
        latest = {value.path: value for value in kept.values if value.since <= on}
        closed = () if kept.opening is None or kept.opening.is_open(on) else (ValueOverride("open", False, on),)
        kept.by_day = {on: (*kept.words, *latest.values(), *closed)} | dict(list(kept.by_day.items())[-6:])
    return kept.by_day[on]


@contextmanager
def marks_read_once() -> Iterator[None]:
    """Inside, many procedures are resolved for one query."""
    token = _marks.set(dict(OverrideRevision.objects.values_list("procedure", "mark")))
    try:
        yield
    finally:
        _marks.reset(token)


def mark_changed(procedure: str) -> None:
    """Called in the transaction that changes a row of this procedure."""
    OverrideRevision.objects.update_or_create(procedure=procedure, defaults={"mark": uuid4()})


def _mark_of(procedure: str) -> UUID | None:
    read = _marks.get()
    if read is not None:
        return read.get(procedure)
    return OverrideRevision.objects.filter(procedure=procedure).values_list("mark", flat=True).first()


def _read(procedure: str, mark: UUID) -> Kept:
    words = ProcedureWords.objects.filter(procedure=procedure, live=True).order_by("path")
    values = ProcedureValue.objects.filter(procedure=procedure, live=True).order_by("since", "pk")
    return Kept(
        mark,
        tuple(WordOverride(row.path, row.texts) for row in words),
        tuple(
            ValueOverride(
                row.path,
                row.value,
                row.since,
                Basis(in_language(row.basis), article=row.article) if row.basis else None,
            )
            for row in values
        ),
        Opening.objects.filter(procedure=procedure).first(),
    )
