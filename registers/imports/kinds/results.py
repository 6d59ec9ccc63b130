"""Results of exams, trainee by trainee."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from procedures.cases.folding import fold
from registers.history.services import Cause
from registers.imports.columns import Column
from registers.imports.kinds.base import Kind, Line, sound
from registers.imports.kinds.finding import find_enrolments, find_groups
from registers.imports.kinds.who import GROUP, IDENTITY, STRUCTURE
from registers.imports.reading.tables import Cell
from registers.imports.scenes import Scene
from registers.imports.values import Day, Noted, Number, Values
from registers.training.models import Exam, Result
from registers.training.services import GivenResult, hold_exam, record_results

ABSENT = "absent"
WORDS_FOR_ABSENT = {fold(word) for word in ("غائب", "غائبة", "absent", "absente", "abs")}


@dataclass(frozen=True)
class Mark(Number):
    """A mark of 20, or the word for somebody who was absent: an empty cell says neither."""

    most: int = 20
    places: int = 2

    def read(self, cell: Cell, row: Values, noted: Noted) -> Any:
        if isinstance(cell, str) and fold(cell) in WORDS_FOR_ABSENT:
            return ABSENT
        return super().read(cell, row, noted)


class Results(Kind):
    code = "results"
    title = _("Exam results")
    says = _("The mark of each trainee at an exam of their group, or that they were absent.")
    act = "import_results"
    key = ("structure", "group", "id_kind", "id_number", "held_on", "attempt")
    key_column = "id_number"
    columns = (
        STRUCTURE,
        GROUP,
        *IDENTITY,
        Column(
            "held_on",
            "تاريخ الامتحان",
            "Date de l’examen",
            "Day of the exam",
            Day(past=True, least=date(1990, 1, 1)),
            example="20/06/2026",
        ),
        Column(
            "mark",
            "العدد من 20 أو غائب",
            "Note sur 20 ou absent",
            "Mark of 20, or absent",
            Mark(),
            example="12.5",
            also=("العدد", "Note", "Mark"),
        ),
        Column(
            "attempt",
            "رقم المحاولة",
            "Numéro de la tentative",
            "Number of the attempt",
            Number(least=1, most=9),
            required=False,
            example="1",
        ),
    )

    def check(self, lines: Sequence[Line], scene: Scene) -> None:
        find_groups(lines, scene)
        find_enrolments(lines)
        for line in sound(lines, "_group", "held_on"):
            since = line.values["_group"].since
            if line.values["held_on"] < since:
                line.fault("day_early", "held_on", least=f"{since:%d/%m/%Y}")
        _compare(sound(lines, "_enrolment", "held_on", "mark", "attempt"))

    def enter(self, lines: Sequence[Line], scene: Scene, cause: Cause) -> None:
        exams: dict[tuple[int, date], Exam] = {}
        for line in lines:
            group, day = line.values["_group"], line.values["held_on"]
            if (group.pk, day) not in exams:
                exams[group.pk, day] = _held(group, day) or hold_exam(cause, session=group, held_on=day)
        given = [
            GivenResult(
                exams[line.values["_group"].pk, line.values["held_on"]],
                line.values["_enrolment"],
                _mark(line),
                line.values["attempt"] or 1,
            )
            for line in lines
        ]
        for line, (result, made) in zip(lines, record_results(cause, results=given), strict=True):
            line.object_id, line.already = result.pk, not made


def _mark(line: Line) -> Decimal | None:
    mark = line.values["mark"]
    return None if mark == ABSENT else Decimal(mark)


def _held(group: Any, day: date) -> Exam | None:
    """The exam of that day, whatever it is called."""
    return Exam.objects.filter(session=group, held_on=day).order_by("pk").first()


def _compare(lines: Sequence[Line]) -> None:
    """What is on record already: the same is nothing new; another mark after the deliberation is a fault."""
    believed = Result.objects.filter(
        enrolment__in={line.values["_enrolment"].pk for line in lines}, superseded_at__isnull=True
    ).select_related("exam")
    there = {(each.enrolment_id, each.exam.held_on, each.attempt): each for each in believed}
    for line in lines:
        says = line.values
        result = there.get((says["_enrolment"].pk, says["held_on"], says["attempt"] or 1))
        if result is None:
            continue
        if result.mark == _mark(line):
            line.already, line.object_id = True, result.pk
        elif result.exam.deliberated_on is not None:
            line.fault("deliberated", "mark")
