"""What ends soon for the structures of an organisation, how many days are left, and what to do next."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from procedures.registry import procedures
from registers.history.selectors import believed, in_force
from registers.inspections.models import Finding
from registers.programmes.selectors import homologations_ending
from registers.structures.models import Authorisation, Status, StructureStatus, Teaching

WARNED = (90, 60, 30, 7)  # days before the end on which people are reminded: an assumption
FARTHEST = timedelta(days=WARNED[0])


@dataclass(frozen=True)
class Expiry:
    """Something that holds until, and not including, a day."""

    kind: str
    identity: int  # of the period, within its kind
    structure: Any
    what: str
    until: date
    left: int  # days
    act: str = ""  # code of the procedure that mends it

    @property
    def last_day(self) -> date:
        return self.until - timedelta(days=1)

    @property
    def look(self) -> str:
        return "e1" if self.left <= WARNED[2] else "e2" if self.left <= WARNED[1] else "e3"

    @property
    def title(self) -> str:
        return TITLES[self.kind](self.what)

    @property
    def next_step(self) -> str:
        return NEXT[self.kind]()

    @property
    def threshold(self) -> int:
        """The reminder that is due: the smallest of WARNED that has been reached."""
        return min(days for days in WARNED if self.left <= days)

    def start(self, organisation: Any) -> str:
        """Where the procedure that mends it begins, for this organisation; empty where it is not installed."""
        if self.act not in procedures():
            return ""
        return f"{reverse('wizard:start', kwargs={'code': self.act})}?organisation={organisation.public_id}"


def expiries(structures: Collection[Any], on: date) -> list[Expiry]:
    """What ends within 90 days of a day, the nearest first. Five queries; `structures` by their rows."""
    before = on + FARTHEST
    found = [
        Expiry(kind, period.pk, structure, what, until, (until - on).days, act)
        for kind, act, period, structure, what, until in _ending(structures, on, before)
        if until >= on
    ]
    return sorted(found, key=lambda each: (each.until, each.kind, each.identity))


def _ending(structures: Collection[Any], on: date, before: date) -> Iterator[tuple[str, str, Any, Any, str, Any]]:
    row: Any
    by_id = {structure.pk: structure for structure in structures}
    homologations = homologations_ending(on, before).filter(subject__structure__in=by_id)
    for row in homologations:
        name = str(row.subject.programme)
        if row.diploma not in name:
            name = _("%(programme)s (%(diploma)s)") % {"diploma": row.diploma, "programme": name}
        yield "homologation", "homologation_renewal", row, by_id[row.subject.structure_id], name, row.until
    for row in _last(Authorisation, by_id, on, before):
        yield "authorisation", "legal_status_change", row, by_id[row.subject_id], row.receipt_number, row.until
    for row in _last(Teaching, by_id, on, before, also=("speciality",)).select_related("speciality"):
        yield "teaching", "specialty_addition", row, by_id[row.subject_id], str(row.speciality), row.until
    for row in in_force(StructureStatus, on).filter(subject__in=by_id, status=Status.SUSPENDED, until__lte=before):
        yield "suspension", "activity_suspension", row, by_id[row.subject_id], "", row.until
    asked = Finding.objects.filter(visit__structure__in=by_id, closed_on=None, due_on__lt=before)
    for row in asked.select_related("visit"):
        until = row.due_on + timedelta(days=1)
        yield "finding", "inspection_response", row, by_id[row.visit.structure_id], "", until


def _last(model: Any, structures: dict[int, Any], on: date, before: date, also: tuple[str, ...] = ()) -> Any:
    """Periods in force that end, where none of the same subject follows."""
    ending = in_force(model, on).filter(subject__in=structures, until__lte=before)
    later = model.objects.filter(believed(), subject__in=structures, since__gt=on).values_list("subject", *also)
    followed = Q(pk__in=())
    for subject, *keys in later:
        followed |= Q(subject=subject, **dict(zip(also, keys, strict=True)))
    return ending.exclude(followed)


TITLES: dict[str, Callable[[str], str]] = {
    "homologation": lambda what: _("Homologation: %(what)s") % {"what": what},
    "authorisation": lambda what: (_("Receipt of the charter %(what)s") % {"what": what}).strip(),
    "teaching": lambda what: _("Speciality: %(what)s") % {"what": what},
    "suspension": lambda what: _("Suspension of the activity"),
    "finding": lambda what: _("Answer to an inspection"),
}
NEXT: dict[str, Callable[[], str]] = {
    "homologation": lambda: _("File its renewal. Groups that begin after it ends lead to no homologated diploma."),
    "authorisation": lambda: _("File its renewal, so that the structure may go on."),
    "teaching": lambda: _("Ask for it again, so that groups may go on in this speciality."),
    "suspension": lambda: _("The activity goes on by itself the day after, unless you ask for a longer suspension."),
    "finding": lambda: _("Answer the directorate and say what was mended."),
}
BUTTONS: dict[str, Callable[[], str]] = {
    "homologation": lambda: _("Renew the homologation"),
    "authorisation": lambda: _("Renew the receipt"),
    "teaching": lambda: _("Ask for the speciality"),
    "suspension": lambda: _("Change the suspension"),
    "finding": lambda: _("Answer the inspection"),
}
