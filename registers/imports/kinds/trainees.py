"""Trainees and the groups that they enter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from procedures.api import age
from registers.history.services import Cause
from registers.imports.columns import Column
from registers.imports.kinds.base import Kind, Line, sound
from registers.imports.kinds.finding import described, find_groups, find_people, show_differences
from registers.imports.kinds.who import BIRTH, GROUP, IDENTITY, NAMED_BY, NAMES, STRUCTURE
from registers.imports.scenes import Scene
from registers.imports.values import Day
from registers.people.services import enter_people
from registers.training.models import Enrolment
from registers.training.services import Entry, enrol_people

LEAST_AGE = 15  # on the first day of training; an assumption
MOST_AGE = 80


class Trainees(Kind):
    code = "trainees"
    title = _("Trainees")
    says = _("Who entered which group. People whom the register knows are found by their identity number.")
    act = "import_trainees"
    key = ("structure", "group", "id_kind", "id_number")
    key_column = "id_number"
    name_columns = NAMED_BY
    columns = (
        STRUCTURE,
        GROUP,
        *IDENTITY,
        *NAMES,
        *BIRTH,
        Column(
            "entered_on",
            "تاريخ الالتحاق",
            "Date d’entrée",
            "Day of entry",
            Day(least=date(1990, 1, 1)),
            required=False,
            example="15/09/2026",
        ),
    )

    def check(self, lines: Sequence[Line], scene: Scene) -> None:
        find_groups(lines, scene)
        find_people(lines)
        for line in sound(lines, "_group", "birth_date", "entered_on"):
            _check_days(line)
        _see_who_is_in(sound(lines, "_group", "_known"))
        _take_places(sound(lines, "_group"), scene)

    def enter(self, lines: Sequence[Line], scene: Scene, cause: Cause) -> None:
        entered = enter_people(cause, rows=[described(line) for line in lines])
        taken = []
        for line, person in zip(lines, entered, strict=True):
            show_differences(line, person)
            if not line.faults:
                taken.append((line, person.person))
        entries = [Entry(line.values["_group"], person, line.values["entered_on"]) for line, person in taken]
        for (line, _person), (enrolment, made) in zip(taken, enrol_people(cause, entries=entries), strict=True):
            line.object_id, line.already = enrolment.pk, not made


def _check_days(line: Line) -> None:
    says, group = line.values, line.values["_group"]
    says["entered_on"] = says["entered_on"] or group.since
    if not group.since <= says["entered_on"] < group.until:
        line.fault("day_outside", "entered_on", since=f"{group.since:%d/%m/%Y}", until=f"{group.until:%d/%m/%Y}")
    years = age(says["birth_date"], group.since)
    if years < LEAST_AGE:
        line.fault("too_young", "birth_date", age=max(years, 0), least=LEAST_AGE)
    elif years > MOST_AGE:
        line.fault("too_old", "birth_date", age=years)


def _see_who_is_in(lines: Sequence[Line]) -> None:
    """Whoever is in the group already is not entered again."""
    known = [line for line in lines if line.values["_known"] is not None]
    groups = {line.values["_group"].pk for line in known}
    people = {line.values["_known"].person.pk for line in known}
    held = Enrolment.objects.filter(session__in=groups, person__in=people)
    enrolments = {(each.session_id, each.person_id): each for each in held}
    for line in known:
        enrolment = enrolments.get((line.values["_group"].pk, line.values["_known"].person.pk))
        if enrolment is None:
            continue
        line.already, line.object_id = True, enrolment.pk
        if enrolment.outcome == Enrolment.Outcome.MISTAKE:
            line.fault("other_data", "group")


def _take_places(lines: Sequence[Line], scene: Scene) -> None:
    """Rows take the places of their group from the top; those for whom none is left have a fault."""
    new = {line.values["_group"].pk for line in lines} - scene.taken.keys()
    scene.taken |= dict.fromkeys(new, 0)
    held = Enrolment.objects.filter(session__in=new, left_on__isnull=True).values_list("session_id")
    scene.taken |= dict(held.annotate(count=Count("pk")).order_by())
    for line in lines:
        group = line.values["_group"]
        if line.already or line.faults:
            continue
        if scene.taken[group.pk] >= group.places:
            line.fault("group_full", "group", places=group.places)
        else:
            scene.taken[group.pk] += 1
