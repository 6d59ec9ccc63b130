"""The specialities of a structure as lanes over the years: when each was taught, when its diploma was homologated."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from portal.directory.reading import Read, holding, last_day
from portal.directory.standing import long
from registers.certificates.levels import LEVELS
from registers.history.models import Period
from registers.programmes.models import Homologation, Programme
from registers.structures.models import Teaching

CELLS = 6  # labels on the axis, whatever its length
LONGEST_YEARS = 48


@dataclass(frozen=True)
class Bar:
    x: str  # hundredths of the axis, for an SVG attribute
    width: str
    look: str


@dataclass(frozen=True)
class Axis:
    """Whole years from the first of January of `first`; `step` years to a label."""

    first: int
    step: int

    @property
    def labels(self) -> list[int]:
        return [self.first + position * self.step for position in range(CELLS)]

    def place(self, day: date) -> float:
        """Where a day lies, between 0 and 100."""
        begin, finish = date(self.first, 1, 1), date(self.first + CELLS * self.step, 1, 1)
        return min(100.0, max(0.0, 100 * (day - begin).days / (finish - begin).days))

    def bar(self, period: Period, look: str) -> Bar:
        begin = self.place(period.since)
        finish = self.place(period.until) if period.until else 100.0
        return Bar(f"{begin:.2f}", f"{max(finish - begin, 0.4):.2f}", look)


@dataclass(frozen=True)
class Lane:
    """One diploma or, without one, one speciality: its bars, and what held on the day that was asked."""

    title: str
    under: str  # level of the diploma, or that there is none
    place: str  # where the offer is given, if not where the structure is
    bars: Sequence[Bar]
    spoken: Sequence[str]  # the bars in words
    state: str
    look: str
    remark: str
    taught: bool


def axis_of(read: Read, *days: date) -> Axis:
    """Wide enough for every period and for the days that are asked."""
    periods: list[Any] = [*read.statuses, *read.teachings, *read.homologations]
    seen = [*days, *(period.since for period in periods), *(period.until for period in periods if period.until)]
    last = max(day.year for day in seen)
    first = max(min(day.year for day in seen), last - LONGEST_YEARS + 1)
    return Axis(first, max(1, -(-(last - first + 1) // CELLS)))


def lanes(read: Read, axis: Axis, day: date) -> list[Lane]:
    """Homologated diplomas first, then what is taught without; what is taught no more comes last."""
    made = [_of_diploma(read, axis, day, offered) for offered in _by_offer(read.homologations)]
    with_diploma = {period.subject.programme.speciality_id for period in read.homologations}
    rest: dict[str, list[Teaching]] = {}
    for period in read.teachings:
        if period.speciality_id not in with_diploma:
            rest.setdefault(period.speciality_id, []).append(period)
    made += [_of_speciality(axis, day, periods) for periods in rest.values()]
    return sorted(made, key=lambda lane: not lane.taught)


def homologated_on(read: Read, day: date) -> list[Homologation]:
    return holding(read.homologations, day)


def _by_offer(periods: Iterable[Homologation]) -> list[list[Homologation]]:
    grouped: dict[int, list[Homologation]] = {}
    for period in periods:
        grouped.setdefault(period.subject_id, []).append(period)
    return list(grouped.values())


def _of_diploma(read: Read, axis: Axis, day: date, periods: list[Homologation]) -> Lane:
    offer = periods[0].subject
    programme: Programme = offer.programme
    taught = [period for period in read.teachings if period.speciality_id == programme.speciality_id]
    is_taught = not taught or bool(holding(taught, day))
    held = next(iter(holding(periods, day)), None)
    state, look, remark = _homologated(held, periods, day)
    if not is_taught and held is None:
        state, look, remark = _not_taught(taught, day)
    elsewhere = offer.place_id not in (read.structure.place_id, read.structure.delegation_id)
    return Lane(
        title=str(programme.speciality),
        under=str(LEVELS.get(periods[-1].diploma, periods[-1].diploma)),
        place=str(offer.place) if elsewhere else "",
        bars=[axis.bar(period, "c0") for period in taught] + [axis.bar(period, "c3") for period in periods],
        spoken=[_spoken(period, _("Homologated")) for period in periods],
        state=state,
        look=look,
        remark=remark,
        taught=is_taught or held is not None,
    )


def _of_speciality(axis: Axis, day: date, periods: list[Teaching]) -> Lane:
    is_taught = bool(holding(periods, day))
    state, look, remark = (
        (_("Not homologated"), "off", _("Taught without homologation")) if is_taught else _not_taught(periods, day)
    )
    return Lane(
        title=str(periods[0].speciality),
        under=str(LEVELS["attestation"]),
        place="",
        bars=[axis.bar(period, "c0") for period in periods],
        spoken=[_spoken(period, _("Taught")) for period in periods],
        state=state,
        look=look,
        remark=remark,
        taught=is_taught,
    )


def _homologated(held: Homologation | None, periods: list[Homologation], day: date) -> tuple[str, str, str]:
    if held:
        until = last_day(held)
        return _("Homologated"), "ok", _("until %(day)s") % {"day": long(until)} if until else _("without an end")
    past = [period for period in periods if period.until and period.until <= day]
    if past and (ended := last_day(past[-1])):
        return _("Not homologated"), "off", _("It was until %(day)s") % {"day": long(ended)}
    coming = next(period for period in periods if period.since > day)
    return _("Not homologated"), "off", _("It is from %(day)s") % {"day": long(coming.since)}


def _not_taught(periods: Sequence[Teaching], day: date) -> tuple[str, str, str]:
    past = [period for period in periods if period.until and period.until <= day]
    if past and (ended := last_day(past[-1])):
        return _("No longer taught"), "off", _("It was until %(day)s") % {"day": long(ended)}
    coming = next(period for period in periods if period.since > day)
    return _("Not yet taught"), "off", _("It is from %(day)s") % {"day": long(coming.since)}


def _spoken(period: Period, what: str) -> str:
    until = last_day(period)
    if until is None:
        return _("%(what)s since %(since)s") % {"what": what, "since": long(period.since)}
    return _("%(what)s from %(since)s until %(until)s") % {
        "what": what,
        "since": long(period.since),
        "until": long(until),
    }
