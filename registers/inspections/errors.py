"""What the register of inspections refuses, in sentences that say what holds and how to go on."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from registers.history.errors import Refusal, shown


class VisitedAlready(Refusal):
    """The visit was made, and its findings are on record."""

    def __init__(self, visited_on: date) -> None:
        super().__init__(visited_on)
        self.visited_on = visited_on

    @property
    def sentence(self) -> str:
        return _("The visit was made on %(on)s and its findings are on record. Nothing was changed.") % {
            "on": shown(self.visited_on)
        }


class ClosedAlready(Refusal):
    """The finding was mended and closed."""

    def __init__(self, closed_on: date) -> None:
        super().__init__(closed_on)
        self.closed_on = closed_on

    @property
    def sentence(self) -> str:
        return _("The finding was closed on %(on)s. Nothing was changed.") % {"on": shown(self.closed_on)}


class NoSuchMeasure(Refusal):
    """No measure of this kind is in force on that day."""

    def __init__(self, on: date) -> None:
        super().__init__(on)
        self.on = on

    @property
    def sentence(self) -> str:
        return _("No such measure is in force on %(on)s. Nothing was changed.") % {"on": shown(self.on)}
