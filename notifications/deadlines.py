"""Officers are warned of dates: near, passed, then again each week; the director is told from the day it passed."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import formats, translation
from django.utils.translation import gettext as _

from notifications.services import Message, notify
from procedures.cases.selectors import open_stage
from procedures.offices.models import Office, Role
from procedures.offices.selectors import people_in
from procedures.timekeeping.warnings import Warned, running_cases, to_warn

AT_ONCE = 200
HEADS = {Office.Kind.REGIONAL: Role.REGIONAL_DIRECTOR, Office.Kind.CENTRAL: Role.MINISTER_DELEGATE}


def warn(*, day: date, after: int) -> int | None:
    """Warn of the next cases after the id `after`; the last id, None where none is left. Again, it says nothing new."""
    cases = list(running_cases(today=day, after=after)[:AT_ONCE])
    for warned in to_warn(cases, today=day):
        for person in dict.fromkeys(_people(warned)):
            _tell(person, warned)
    return cases[-1].pk if cases else None


def _people(warned: Warned) -> Iterator[Any]:
    """Whoever holds the case, else all who may take it; once it is late, who heads the office too."""
    case, stage = warned.case, open_stage(warned.case)
    if case.assignee is not None and case.assignee.is_active:
        yield case.assignee
    elif stage is not None:
        yield from people_in(stage.office, stage.role)
    if warned.late:
        yield from people_in(case.office, HEADS[Office.Kind(case.office.kind)])


def _tell(person: Any, warned: Warned) -> None:
    case = warned.case
    event = "deadline_late" if warned.late else "deadline_near"
    with translation.override(person.language):
        told = {"number": case.number, "due_on": formats.date_format(case.due_on, "DATE_FORMAT") if case.due_on else ""}
        said = Message(
            subject=(_("Late: case %(number)s") if warned.late else _("Soon due: case %(number)s")) % told,
            body=_body(warned) % told,
            path=reverse("backoffice:case", kwargs={"case": case.public_id}),
        )
    notify(
        key=f"{event}:{case.pk}:{case.due_on}:{warned.turn}:{person.pk}",
        event=event,
        person=person,
        case=case.public_id,
        language=person.language,
        message=said,
    )


def _body(warned: Warned) -> str:
    if not warned.late:
        return _("The decision on case %(number)s was announced for %(due_on)s, and most of the time is used.")
    if not warned.turn:
        return _("The decision on case %(number)s was announced for %(due_on)s. That day has passed.")
    return _("Case %(number)s is still open. Its decision was announced for %(due_on)s.")
