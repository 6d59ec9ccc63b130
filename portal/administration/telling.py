"""The audit chain in words: what was done to an object, by whom, when, and with which codes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model, Q
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from portal.accounts.closing import REASONS
from portal.accounts.models import FactorReset, User
from portal.administration.words import ACTIONS, FIELDS, KINDS
from procedures.audit.models import Entry
from procedures.audit.services import name_of
from procedures.offices.models import Office, Role
from procedures.offices.reasons import MEMBERSHIP_ENDS, OFFICE_CLOSES
from registers.places.selectors import governorate_names
from registers.specialities.reasons import ENDS, MORATORIA, RETIREMENTS

REASON_WORDS: dict[str, Any] = {
    "account.ask_reset": dict(FactorReset.Reason.choices),
    "account.deactivate": REASONS,
    "office.end_membership": MEMBERSHIP_ENDS,
    "office.close": OFFICE_CLOSES,
    "speciality.retire": RETIREMENTS,
    "speciality.restore": ENDS,
    "moratorium.declare": MORATORIA,
    "moratorium.end": ENDS,
}
DATES = {
    "since": gettext_lazy("First day"),
    "until": gettext_lazy("Until before"),
    "on": pgettext_lazy("period", "From"),
    "back_on": gettext_lazy("First day back"),
}
DATES_AWAY = DATES | {"since": gettext_lazy("First day away"), "until": gettext_lazy("Last day away")}
MOST = 40


@dataclass(frozen=True)
class Told:
    """One thing done: `details` are pairs of a label and what it says."""

    at: datetime
    who: str
    what: str
    details: tuple[tuple[str, str], ...]


def changes_of(*subjects: tuple[str, str] | Model | tuple[str, Iterable[Any]]) -> list[Told]:
    """What was done to these objects, the latest first. A subject is an object, its name, or a kind with its ids."""
    asked = Q(pk__in=())
    for subject in subjects:
        kind, ids = subject if isinstance(subject, tuple) else name_of(subject)
        asked |= Q(subject_type=kind, subject_id__in=[ids] if isinstance(ids, str) else [str(one) for one in ids])
    entries = list(Entry.objects.filter(asked, action__in=ACTIONS).order_by("-seq")[:MOST])
    people = _people(entries)
    return [_told(entry, people) for entry in entries]


def _told(entry: Entry, people: dict[int, str]) -> Told:
    who = people.get(entry.actor or 0, "") if entry.actor else _("The portal")
    return Told(entry.at, who, str(ACTIONS[entry.action]), tuple(_details(entry, people)))


def _details(entry: Entry, people: dict[int, str]) -> Iterator[tuple[str, str]]:
    data = entry.data
    if data.get("person") in people:
        yield _("Person"), people[data["person"]]
    if role := data.get("role"):
        yield _("Role"), str(dict(Role.choices).get(role, role))
    if office := data.get("office"):
        yield _("Office of the administration"), str(Office.objects.filter(code=office).first() or office)
    if data.get("to") in people:
        yield _("Acts in this name"), people[data["to"]]
    if data.get("stand_in") in people:
        yield _("Stands in"), people[data["stand_in"]]
    if kind := KINDS.get(entry.action, {}).get(data.get("kind")):
        yield _("Kind"), str(kind)
    if place := data.get("place"):
        yield _("Governorate"), governorate_names((get_language() or "ar")[:2]).get(place, place)
    for name, label in (DATES_AWAY if entry.action == "office.absence" else DATES).items():
        if data.get(name):
            yield str(label), date_format(date.fromisoformat(data[name]))
    for name, now in data.get("now", {}).items():
        was = data["was"].get(name)
        yield str(FIELDS.get(name, name)), _both(*map(_office, (was, now))) if name == "above_id" else _both(was, now)
    if reason := REASON_WORDS.get(entry.action, {}).get(data.get("reason")):
        yield _("Reason"), str(reason)


def _both(was: Any, now: Any) -> str:
    """Each value apart from the direction of the sentence around it."""
    held = {"now": f"\u2068{_plain(now)}\u2069", "was": f"\u2068{_plain(was)}\u2069"}
    return _("%(now)s (before: %(was)s)") % held


def _office(number: Any) -> str:
    return str(Office.objects.filter(pk=number).first() or "")


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(map(str, value)) or "–"
    return str(value) if value not in ("", None) else "–"


def _people(entries: Iterable[Entry]) -> dict[int, str]:
    ids = {number for entry in entries for number in (entry.actor, *map(entry.data.get, ("person", "stand_in", "to")))}
    return {person.pk: str(person) for person in User.objects.filter(pk__in=[one for one in ids if one])}
