"""Specialities, moratoria, places and holidays as their pages show them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property

from cms_content.folding import folded
from portal.administration.telling import Told, changes_of
from procedures.calendar.models import Holiday
from registers.history.selectors import believed, in_force
from registers.places.models import Place
from registers.specialities.models import Moratorium, Retirement, Speciality
from registers.specialities.reasons import RETIREMENTS


@dataclass(frozen=True)
class SpecialityRow:
    speciality: Speciality
    sector: str
    retired: bool
    halted: int  # moratoria in force today


@dataclass(frozen=True)
class Filter:
    q: str = ""
    sector: str = ""
    retired: bool = False

    @classmethod
    def asked_by(cls, query: QueryDict) -> "Filter":
        return cls(query.get("q", "").strip()[:60], query.get("sector", "")[:100], query.get("retired") == "1")

    @property
    def is_used(self) -> bool:
        return self != Filter()

    def rows(self, language: str) -> list[SpecialityRow]:
        """The nomenclature by sector and name, with what is retired or halted today."""
        today = timezone.localdate()
        retired = set(in_force(Retirement, today).values_list("subject", flat=True))
        halted: dict[str, int] = {}
        for code in in_force(Moratorium, today).values_list("subject", flat=True):
            halted[code] = halted.get(code, 0) + 1
        found = Speciality.objects.order_by(f"sector_{language}", f"name_{language}", "pk")
        found = found.filter(**{f"sector_{language}": self.sector}) if self.sector else found
        sought = folded(self.q)
        rows = [
            SpecialityRow(one, getattr(one, f"sector_{language}"), one.pk in retired, halted.get(one.pk, 0))
            for one in found
            if _holds(one, sought)
        ]
        return [row for row in rows if row.retired] if self.retired else rows


def sectors(language: str) -> list[str]:
    return sorted(set(Speciality.objects.values_list(f"sector_{language}", flat=True)))


class SpecialityPage:
    """One speciality, as its page shows it."""

    def __init__(self, speciality: Speciality, language: str) -> None:
        self.speciality = speciality
        self.sector = getattr(speciality, f"sector_{language}")

    @cached_property
    def retirements(self) -> list[Retirement]:
        return list(self.speciality.retirements.filter(believed()).order_by("-since"))

    @cached_property
    def retirement(self) -> Retirement | None:
        """The one that holds today or, where none does, the next one."""
        ahead = [one for one in self.retirements if standing_on(one, timezone.localdate()) != "over"]
        return ahead[-1] if ahead else None

    @property
    def retirement_rows(self) -> list[tuple[Retirement, Any]]:
        """Each retirement with its reason in words."""
        return [(one, RETIREMENTS.get(one.reason, one.reason)) for one in self.retirements]

    @property
    def is_retired(self) -> bool:
        return self.retirement is not None and standing_on(self.retirement, timezone.localdate()) == "now"

    @cached_property
    def moratoria(self) -> list["MoratoriumRow"]:
        return moratoria(self.speciality.moratoria.filter(believed()))

    @cached_property
    def changes(self) -> list[Told]:
        return changes_of(self.speciality)


@dataclass(frozen=True)
class MoratoriumRow:
    period: Any
    standing: str


def moratoria(found: Any = None) -> list[MoratoriumRow]:
    """What is believed now: what holds first, then what lies ahead, then what is over."""
    today = timezone.localdate()
    periods = Moratorium.objects.filter(believed()) if found is None else found
    rows = [
        MoratoriumRow(one, standing_on(one, today))
        for one in periods.select_related("subject", "governorate").order_by("-since", "-pk")
    ]
    return sorted(rows, key=lambda row: ("now", "ahead", "over").index(row.standing))


def standing_on(period: Any, day: date) -> str:
    """Whether a period is "now", "ahead" or "over" on a day."""
    if period.until is not None and period.until <= day:
        return "over"
    return "now" if period.since <= day else "ahead"


def places(language: str) -> list[dict[str, Any]]:
    """Governorates from north to south, each with its delegations by name."""
    parts: dict[str, list[Place]] = {}
    for one in Place.objects.filter(kind=Place.Kind.DELEGATION).order_by(f"name_{language}", "code"):
        parts.setdefault(one.parent_id or "", []).append(one)
    governorates = Place.objects.filter(kind=Place.Kind.GOVERNORATE)
    return [{"place": one, "delegations": parts.get(one.pk, [])} for one in governorates]


def years() -> list[int]:
    """The years of the calendar, this one and later."""
    days = (
        Holiday.objects.current().filter(day__gte=date(timezone.localdate().year, 1, 1)).values_list("day", flat=True)
    )
    return sorted({one.year for one in days} | {timezone.localdate().year})


def _holds(one: Speciality, sought: str) -> bool:
    said = (one.code, one.name_ar, one.name_fr, one.name_en)
    return not sought or any(sought in folded(text) for text in said)
