"""A proposal that two entries are one person, laid side by side, with what speaks for it in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from portal.administration.telling import Told, changes_of
from procedures.fields.choices import countries
from registers.people.models import DuplicateProposal, Identifier, Person
from registers.people.selectors import masked_identifiers
from registers.people.vault import NoKey, Unreadable

SAYS: dict[str, Any] = {
    "same": gettext_lazy("the same"),
    "near": gettext_lazy("one sign apart"),
    "differs": pgettext_lazy("comparison", "different"),
    "unknown": gettext_lazy("not known on both sides"),
    "none": gettext_lazy("not known on both sides"),
}
LOOKS = {"same": "ok", "near": "warn", "differs": "bad-t"}


@dataclass(frozen=True)
class Line:
    """One detail of both entries; `look` is the colour of what is said of it."""

    label: str
    left: str
    right: str
    said: str = ""
    look: str = "off"


class Pair:
    def __init__(self, proposal: DuplicateProposal) -> None:
        self.proposal, self.left, self.right = proposal, proposal.left, proposal.right

    @cached_property
    def lines(self) -> list[Line]:
        return list(self._lines())

    @cached_property
    def changes(self) -> list[Told]:
        return changes_of(self.proposal)

    def _lines(self) -> Iterator[Line]:
        said = self.proposal.evidence
        yield self._line(
            pgettext("person", "Name in Arabic"), lambda one: f"{one.first_ar} {one.last_ar}".strip(), **_percent(said)
        )
        yield self._line(_("Name in Latin letters"), lambda one: f"{one.first_lat} {one.last_lat}".strip())
        yield self._line(
            _("Date of birth"),
            lambda one: date_format(one.birth_date) if one.birth_date else "",
            **_judged(said.get("birth_date")),
        )
        place = "same" if said.get("birth_place") else ""
        yield self._line(_("Place of birth"), lambda one: one.birth_place, **_judged(place))
        yield self._line(_("Sex"), lambda one: one.get_sex_display(), **_judged(said.get("sex")))
        yield self._line(_("Nationality"), lambda one: _country(one.nationality))
        yield self._line(_("Identity numbers"), self._numbers, **_judged(said.get("identifier")))
        yield self._line(_("Entered on"), lambda one: date_format(one.entered_at))

    def _line(self, label: str, read: Any, **said: str) -> Line:
        return Line(label, read(self.left) or "–", read(self.right) or "–", **said)

    @cached_property
    def _masked(self) -> dict[int, list[tuple[str, str]]]:
        try:
            return masked_identifiers((self.left, self.right))
        except (NoKey, Unreadable):
            return {}

    def _numbers(self, one: Person) -> str:
        """Each number apart from the direction of the page."""
        kinds = dict(Identifier.Kind.choices)
        return " · ".join(f"{kinds[kind]} \u2066{number}\u2069" for kind, number in self._masked.get(one.pk, []))


def _percent(evidence: dict[str, Any]) -> dict[str, str]:
    alike = evidence.get("name")
    return {} if alike is None else {"said": _("%(percent)s %% alike") % {"percent": alike}, "look": "warn"}


def _judged(code: str | None) -> dict[str, str]:
    return {"said": str(SAYS[code]), "look": LOOKS.get(code, "off")} if code in SAYS and code else {}


def _country(code: str) -> str:
    return dict(countries((get_language() or "ar")[:2])).get(code, code)
