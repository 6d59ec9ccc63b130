"""One or two sentences on what a structure may do on the day, before anyone reads a table."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from portal.directory.days import AsOf
from portal.directory.reading import Read, holding
from portal.directory.standing import standing

NAMED = 3


def sum_up(read: Read, when: AsOf) -> str:
    """The meaning of the status where the structure does not train; else what is homologated, and what is not."""
    held, then = standing(read.status_on(when.day), then=not when.is_today), not when.is_today
    if not held.is_active:
        return held.meaning
    homologated = {each.subject.programme.speciality for each in holding(read.homologations, when.day)}
    taught = {each.speciality for each in holding(read.teachings, when.day)} - homologated
    said = [_with(_names(homologated), then)] if homologated else []
    said += [_without(_names(taught), then)] if taught else []
    return " ".join(said) or (_("It taught no speciality.") if then else _("It teaches no speciality."))


def _with(names: str, then: bool) -> str:
    said = (
        _("Its diplomas were homologated in: %(names)s.") if then else _("Its diplomas are homologated in: %(names)s.")
    )
    return said % {"names": names}


def _without(names: str, then: bool) -> str:
    said = _("It taught without homologation: %(names)s.") if then else _("It teaches without homologation: %(names)s.")
    return said % {"names": names}


def _names(specialities: Iterable[Any]) -> str:
    every: Sequence[str] = sorted(str(each) for each in specialities)
    named = pgettext("list", ", ").join(every[:NAMED])
    others = len(every) - NAMED
    if others <= 0:
        return named
    more = ngettext("and %(counter)s other", "and %(counter)s others", others) % {"counter": others}
    return f"{named} {more}"
