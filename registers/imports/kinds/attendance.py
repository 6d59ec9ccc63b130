"""The hours that trainees were there, week by week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from registers.history.services import Cause
from registers.imports.columns import Column
from registers.imports.kinds.base import Kind, Line, sound
from registers.imports.kinds.finding import find_enrolments, find_groups
from registers.imports.kinds.who import GROUP, IDENTITY, STRUCTURE
from registers.imports.reading.tables import Cell
from registers.imports.scenes import Scene
from registers.imports.values import Day, Noted, Number, Values
from registers.training.selectors import believed_weeks
from registers.training.services import Attended, record_attendance

WEEK = timedelta(days=7)
MOST_HOURS = 100  # in a week, whatever the group has


@dataclass(frozen=True)
class Monday(Day):
    """A week by any of its days, kept as its Monday."""

    def read(self, cell: Cell, row: Values, noted: Noted) -> date | None:
        day = super().read(cell, row, noted)
        if day is None or day.weekday() == 0:
            return day
        noted.append("monday")
        return day - timedelta(days=day.weekday())


class Attendance(Kind):
    code = "attendance"
    title = _("Attendance")
    says = _("The hours of each trainee in a week. A week that was entered before takes the new hours.")
    act = "import_attendance"
    key = ("structure", "group", "id_kind", "id_number", "week")
    key_column = "id_number"
    columns = (
        STRUCTURE,
        GROUP,
        *IDENTITY,
        Column(
            "week",
            "الأسبوع (يوم الإثنين)",
            "Semaine (lundi)",
            "Week (Monday)",
            Monday(past=True, least=date(1990, 1, 1)),
            example="05/10/2026",
            also=("الأسبوع", "Semaine", "Week"),
        ),
        Column(
            "hours",
            "ساعات الحضور",
            "Heures de présence",
            "Hours attended",
            Number(most=MOST_HOURS, places=2),
            example="28",
        ),
    )

    def check(self, lines: Sequence[Line], scene: Scene) -> None:
        find_groups(lines, scene)
        find_enrolments(lines)
        asked = sound(lines, "_enrolment", "week", "hours")
        held = believed_weeks({line.values["_enrolment"].pk for line in asked}, {line.values["week"] for line in asked})
        there = {(each.enrolment_id, each.week): each for each in held}
        for line in asked:
            _check_week(line)
            before = there.get((line.values["_enrolment"].pk, line.values["week"]))
            if before is not None and before.hours == line.values["hours"]:
                line.already, line.object_id = True, before.pk

    def enter(self, lines: Sequence[Line], scene: Scene, cause: Cause) -> None:
        weeks = [Attended(line.values["_enrolment"], line.values["week"], line.values["hours"]) for line in lines]
        record_attendance(cause, weeks=weeks)
        for line in lines:
            line.object_id = line.values["_enrolment"].pk


def _check_week(line: Line) -> None:
    says, group, enrolment = line.values, line.values["_group"], line.values["_enrolment"]
    begins, ends = max(group.since, enrolment.entered_on), min(group.until, enrolment.left_on or group.until)
    if says["week"] + WEEK <= begins or says["week"] >= ends:
        line.fault("day_outside", "week", since=f"{begins:%d/%m/%Y}", until=f"{ends:%d/%m/%Y}")
    if says["hours"] > group.hours_a_week:
        line.fault("hours", "hours", most=group.hours_a_week)
