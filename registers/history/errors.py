"""What the history of the registers refuses, in sentences that show both sides."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from procedures import refusal


class Refusal(refusal.Refusal):
    """A change of the register that cannot be; `str()` says why, in the language of whoever reads it."""

    def __init__(self, *about: object) -> None:
        super().__init__("")
        self.args = about

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentence(self) -> str:
        raise NotImplementedError


class PeriodsOverlap(Refusal):
    """Two periods of one thing would hold on the same day: `existing` stands, `proposed` was refused."""

    def __init__(self, existing: Any, proposed: Any) -> None:
        super().__init__(existing.pk, proposed.since)
        self.existing, self.proposed = existing, proposed

    @property
    def sentence(self) -> str:
        return _("%(existing)s is on record already; %(proposed)s would overlap it. Nothing was changed.") % {
            "existing": capfirst(days(self.existing.since, self.existing.until)),
            "proposed": days(self.proposed.since, self.proposed.until),
        }


class EndsTooEarly(Refusal):
    """A period would end on or before the day it begins."""

    def __init__(self, since: date, until: date) -> None:
        super().__init__(since, until)
        self.since, self.until = since, until

    @property
    def sentence(self) -> str:
        return _("A period that begins on %(since)s cannot end on %(until)s. Correct one of the dates.") % {
            "since": shown(self.since),
            "until": shown(self.until),
        }


class EndsBefore(Refusal):
    """A period that ends already would be ended later."""

    def __init__(self, until: date, on: date) -> None:
        super().__init__(until, on)
        self.until, self.on = until, on

    @property
    def sentence(self) -> str:
        return _("This ends on %(until)s already; %(on)s is later. Nothing was changed.") % {
            "until": shown(self.until),
            "on": shown(self.on),
        }


class NothingThen(Refusal):
    """Nothing holds on the day from which it should change."""

    def __init__(self, since: date) -> None:
        super().__init__(since)
        self.since = since

    @property
    def sentence(self) -> str:
        return _("The register knows nothing of this for %(since)s. Choose a later day.") % {"since": shown(self.since)}


class Superseded(Refusal):
    """The period was corrected meanwhile: the newer row is the one to change."""

    def __init__(self, period: Any) -> None:
        super().__init__(period.pk)
        self.period = period

    @property
    def sentence(self) -> str:
        return _("This entry was corrected meanwhile. Open it again to see what holds now. Nothing was changed.")


def days(since: date, until: date | None) -> str:
    """A period in words; its last day is named, not the day after it."""
    if until is None:
        return _("the period from %(since)s on") % {"since": shown(since)}
    return _("the period from %(since)s until before %(until)s") % {"since": shown(since), "until": shown(until)}


def shown(day: date) -> str:
    written = str(date_format(day, "j F Y"))
    return re.sub(r"^1 ", "1er ", written) if get_language() == "fr" else written
