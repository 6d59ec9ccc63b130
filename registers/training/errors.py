"""What the register of training refuses, in sentences that say what holds and how to go on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registers.history.errors import Refusal, days, shown


class OfferNotOpen(Refusal):
    """The structure does not give the programme on that day."""

    def __init__(self, offer: Any, on: date) -> None:
        super().__init__(offer.pk, on)
        self.offer, self.on = offer, on

    @property
    def sentence(self) -> str:
        return _("On %(on)s the structure does not offer this programme. Choose another day or programme.") % {
            "on": shown(self.on)
        }


class OutsideHomologation(Refusal):
    """The homologation does not hold on each day of the session; `gap` is the first day without it."""

    def __init__(self, since: date, until: date, gap: date) -> None:
        super().__init__(since, until, gap)
        self.since, self.until, self.gap = since, until, gap

    @property
    def sentence(self) -> str:
        return _(
            "The group runs over %(days)s, and on %(gap)s the diploma is not homologated. Change the dates, or have "
            "the homologation renewed first."
        ) % {"days": days(self.since, self.until), "gap": shown(self.gap)}


class LabelTaken(Refusal):
    """The structure has another group of that name in this programme; `session` is it."""

    def __init__(self, session: Any) -> None:
        super().__init__(session.pk)
        self.session = session

    @property
    def sentence(self) -> str:
        return _(
            "A group called “%(label)s” exists already for this programme, over %(days)s. Choose another name."
        ) % {
            "label": self.session.label,
            "days": days(self.session.since, self.session.until),
        }


class SessionCancelled(Refusal):
    """The group was cancelled: nothing is written for it any more."""

    @property
    def sentence(self) -> str:
        return _("This group was cancelled. Nothing was changed.")


class SessionIsFull(Refusal):
    """More people than places; `free` of `session.places` are left."""

    def __init__(self, session: Any, free: int) -> None:
        super().__init__(session.pk, free)
        self.session, self.free = session, free

    @property
    def sentence(self) -> str:
        return ngettext(
            "The group “%(label)s” has %(free)s place left of %(places)s. Nobody was enrolled.",
            "The group “%(label)s” has %(free)s places left of %(places)s. Nobody was enrolled.",
            self.free,
        ) % {"label": self.session.label, "free": self.free, "places": self.session.places}


class OutsideSession(Refusal):
    """The day does not lie within the group's days, or not within the person's."""

    def __init__(self, session: Any, on: date) -> None:
        super().__init__(session.pk, on)
        self.session, self.on = session, on

    @property
    def sentence(self) -> str:
        return _("%(on)s does not lie within %(days)s of the group “%(label)s”. Correct the date.") % {
            "on": shown(self.on),
            "days": days(self.session.since, self.session.until),
            "label": self.session.label,
        }


class NotAMonday(Refusal):
    """A week is named by its Monday."""

    def __init__(self, week: date) -> None:
        super().__init__(week)
        self.week = week

    @property
    def sentence(self) -> str:
        return _("%(day)s is not a Monday. Name the week by its Monday.") % {"day": shown(self.week)}


class TooManyHours(Refusal):
    """More hours than the group has in a week, or fewer than none."""

    def __init__(self, hours: Decimal, most: int) -> None:
        super().__init__(hours, most)
        self.hours, self.most = hours, most

    @property
    def sentence(self) -> str:
        return _("%(hours)s hours in a week: the group has from 0 to %(most)s. Correct the hours.") % {
            "hours": self.hours,
            "most": self.most,
        }


class WrongMark(Refusal):
    """A mark lies between 0 and 20."""

    def __init__(self, mark: Decimal) -> None:
        super().__init__(mark)
        self.mark = mark

    @property
    def sentence(self) -> str:
        return _("The mark %(mark)s does not lie between 0 and 20. Correct it.") % {"mark": self.mark}


class NotOfThisSession(Refusal):
    """The trainee does not follow the group that is examined."""

    @property
    def sentence(self) -> str:
        return _("This trainee does not follow the group that is examined. Check the group of the exam.")


class Deliberated(Refusal):
    """The jury has deliberated: a result is corrected one by one, with a reason."""

    def __init__(self, exam: Any) -> None:
        super().__init__(exam.pk)
        self.exam = exam

    @property
    def sentence(self) -> str:
        return _("The jury deliberated on %(on)s. Correct results one by one, with a reason. Nothing was changed.") % {
            "on": shown(self.exam.deliberated_on)
        }


class NoPresident(Refusal):
    """A jury without a president cannot deliberate."""

    @property
    def sentence(self) -> str:
        return _("The jury has no president. Name one first.")
