"""What a procedure rules about homologations."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from procedures import api as p
from registers.programmes.selectors import may_give
from registers.structures.selectors import by_number

# No text that was read says how long a homologation holds: an assumption, to be changed where it is wrong.
HOMOLOGATION_YEARS = p.Parameter("homologation.years", 3, _("Years for which a homologation is granted"))


def diploma_is_homologated(number: p.Need, diploma: p.Need, speciality: p.Need, on: p.Need = "case.filed_on") -> p.Rule:
    """The structure may give the diploma ("CAP") in the speciality (code) on a day."""

    @p.fact(number, diploma, speciality, on, title=_("Homologation of the diploma"))
    def homologation(number: str, diploma: str, speciality: str, on: date) -> str:
        found = by_number(number)
        return may_give(found, on, diploma=diploma, speciality=speciality).because if found else "unknown_then"

    @p.rule(
        homologation,
        says=_("On that day the structure had no homologation for this diploma. Check the diploma and the day."),
        title=_("The diploma is homologated"),
    )
    def diploma_is_homologated(because: str) -> bool:
        return because in ("homologated", "taught")

    return diploma_is_homologated


def years_after(since: date, years: int) -> date:
    """The first day on which what was granted for some years from `since` holds no more."""
    leap_day = (since.month, since.day) == (2, 29) and not _is_leap(since.year + years)
    return date(since.year + years, 3, 1) if leap_day else since.replace(year=since.year + years)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
