"""Find what the cells of many rows name: structures, groups, people; what is not there is a fault of its row."""

from __future__ import annotations

from collections.abc import Sequence

from registers.imports.kinds.base import Line, sound
from registers.imports.scenes import MOST_ROWS_A_GROUP, Scene
from registers.people.entering import Entered, GivenPerson, known_people
from registers.people.identifiers import GivenIdentifier
from registers.training.models import Enrolment, Session

KNOWN_BY = ("first_ar", "last_ar", "first_lat", "last_lat", "birth_place", "sex")
UNLIKE = {"birth_date": ("other_person", "birth_date"), "name": ("name_differs", "id_number")}


def find_structures(lines: Sequence[Line], scene: Scene) -> None:
    """Put the structure of each row under `_structure`; an empty cell means the only one there is."""
    asked = sound(lines, "structure")
    known = scene.structures({line.values["structure"] for line in asked if line.values["structure"]})
    only = scene.only_structure() if any(not line.values["structure"] for line in asked) else None
    for line in asked:
        number = line.values["structure"]
        structure = known.get(number) if number else only
        if structure is not None:
            line.values["_structure"] = structure
        else:
            line.fault("structure" if number else "structure_missing", "structure")


def find_groups(lines: Sequence[Line], scene: Scene) -> None:
    """Put the group of each row under `_group`, and hold it; a structure's file brings a group 500 rows at most."""
    find_structures(lines, scene)
    asked = sound(lines, "_structure", "group")
    scene.groups({line.values["_structure"].pk for line in asked})
    for line in asked:
        group = scene.group(line.values["_structure"].pk, line.values["group"])
        if group is None:
            line.fault("group", "group")
        elif group.state == Session.State.CANCELLED:
            line.fault("group_over", "group")
        else:
            line.values["_group"], line.scope = group, f"group:{group.pk}"
            _count_row(line, group, scene)


def _count_row(line: Line, group: Session, scene: Scene) -> None:
    scene.rows_of_group[group.pk] = scene.rows_of_group.get(group.pk, 0) + 1
    if not scene.is_office and scene.rows_of_group[group.pk] > MOST_ROWS_A_GROUP:
        line.fault("group_rows", "group", most=MOST_ROWS_A_GROUP)


def described(line: Line) -> GivenPerson:
    """The person of a row, with whatever of them its columns say."""
    says = line.values
    kept = {name: says[name] for name in KNOWN_BY if says.get(name)}
    return GivenPerson(
        **kept,
        birth_date=says.get("birth_date"),
        nationality=says["nationality"],
        identifiers=(GivenIdentifier(says["id_kind"], says["id_number"], says["nationality"]),),
    )


def find_people(lines: Sequence[Line]) -> None:
    """Put what the register knows of each row's person under `_known`; a contradiction is a fault."""
    asked = sound(lines, "id_kind", "id_number", "nationality")
    for line, known in zip(asked, known_people([described(line) for line in asked]), strict=True):
        line.values["_known"] = known
        if known is not None:
            show_differences(line, known)


def show_differences(line: Line, known: Entered) -> None:
    for name in known.differs:
        if name in UNLIKE:
            code, column = UNLIKE[name]
            line.fault(code, column)


def find_enrolments(lines: Sequence[Line]) -> None:
    """Put the enrolment of each row's person in its group under `_enrolment`; nobody there is a fault."""
    find_people(lines)
    asked = sound(lines, "_group", "_known")
    registered = [line for line in asked if line.values["_known"] is not None]
    held = Enrolment.objects.filter(
        session__in={line.values["_group"].pk for line in registered},
        person__in={line.values["_known"].person.pk for line in registered},
    ).exclude(outcome=Enrolment.Outcome.MISTAKE)
    enrolments = {(each.session_id, each.person_id): each for each in held}
    for line in asked:
        known = line.values["_known"]
        enrolment = enrolments.get((line.values["_group"].pk, known.person.pk)) if known else None
        if enrolment is None:
            line.fault("not_in_group", "id_number")
        else:
            line.values["_enrolment"] = enrolment
