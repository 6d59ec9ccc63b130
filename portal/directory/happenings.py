"""What happened to a structure, latest first: the public part of its history, without any person in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.directory.reading import Branch, Read
from registers.structures.models import Status

SHOWN = 20


@dataclass(frozen=True)
class Happening:
    on: date
    title: str
    text: str = ""
    number: str = ""  # of the branch that was opened


def happenings(read: Read, branches: Sequence[Branch], until: date) -> list[Happening]:
    """Those up to a day, at most twenty."""
    known = [each for each in (*_of_status(read), *_of_file(read), *_of_branches(branches)) if each.on <= until]
    return sorted(known, key=lambda each: each.on, reverse=True)[:SHOWN]


def _of_status(read: Read) -> Iterator[Happening]:
    before = ""
    for period in read.statuses:
        if period.status != before:
            yield Happening(period.since, _title(period.status, before))
        before = period.status


def _title(status: str, before: str) -> str:
    if status == Status.ACTIVE and before == Status.SUSPENDED:
        return pgettext("history of a structure", "Activity resumed")
    return {
        Status.DECLARED: pgettext("history of a structure", "Activity declared"),
        Status.ACTIVE: pgettext("history of a structure", "Activity begun"),
        Status.SUSPENDED: pgettext("history of a structure", "Activity suspended"),
        Status.CLOSED: pgettext("history of a structure", "Structure closed"),
    }[Status(status)]


def _of_file(read: Read) -> Iterator[Happening]:
    for before, after in zip(read.authorisations, read.authorisations[1:], strict=False):
        if after.capacity != before.capacity:
            text = _("From %(before)d to %(after)d training places")
            yield Happening(
                after.since, _("Capacity changed"), text % {"before": before.capacity, "after": after.capacity}
            )
    for old, new in zip(read.details, read.details[1:], strict=False):
        if (new.name_ar, new.name_fr) != (old.name_ar, old.name_fr):
            yield Happening(new.since, _("Name changed"), old.name_ar)
        if (new.place_id, new.address_ar, new.address_fr) != (old.place_id, old.address_ar, old.address_fr):
            yield Happening(new.since, _("Address changed"))
    for day in read.changes_of_director:
        yield Happening(day, _("Director changed"))


def _of_branches(branches: Sequence[Branch]) -> Iterator[Happening]:
    for branch in branches:
        text = _("It takes over the declaration of the main structure, not its homologations.")
        yield Happening(branch.structure.opened_on, _("Branch opened"), text, branch.structure.number)
