"""What the register of structures refuses, in sentences that say what holds and how to go on."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from registers.history.errors import Refusal, shown


class WrongStatus(Refusal):
    """The act is not possible in the status of that day; `status` is its code, empty where nothing is on record."""

    def __init__(self, status: str, on: date) -> None:
        super().__init__(status, on)
        self.status, self.on = status, on

    @property
    def sentence(self) -> str:
        on = shown(self.on)
        return {
            "": _("The register does not know this structure on %(on)s yet. Choose a later day."),
            "declared": _("On %(on)s the structure is only declared. Record its conformity first."),
            "active": _("On %(on)s the structure is active already. Nothing was changed."),
            "suspended": _("On %(on)s the structure is suspended. Record its resumption first."),
            "closed": _("On %(on)s the structure is closed for good. Nothing was changed."),
        }[self.status] % {"on": on}


class ParentRests(WrongStatus):
    """The branch is at rest because its parent is."""

    def __init__(self, parent: Any, on: date) -> None:
        super().__init__("suspended", on)
        self.parent = parent

    @property
    def sentence(self) -> str:
        return _(
            "On %(on)s %(number)s, to which the branch belongs, is suspended. Record the resumption of that one first."
        ) % {"on": shown(self.on), "number": self.parent.number}


class StatusGap(Refusal):
    """A structure has one status on each day from its declaration on, and a closure is for good."""

    @property
    def sentence(self) -> str:
        return _(
            "A structure has exactly one status on each day from its declaration on, and a closure has no end. "
            "Nothing was changed."
        )


class NotTaught(Refusal):
    """The speciality is not among those of the structure on that day."""

    def __init__(self, speciality: Any, on: date) -> None:
        super().__init__(str(speciality), on)
        self.speciality, self.on = speciality, on

    @property
    def sentence(self) -> str:
        return _("On %(on)s the speciality “%(speciality)s” is not one of this structure. Add it first.") % {
            "on": shown(self.on),
            "speciality": self.speciality,
        }


class UnderMoratorium(Refusal):
    """A circular halts this in the speciality on that day."""

    def __init__(self, moratorium: Any) -> None:
        super().__init__(moratorium.pk)
        self.moratorium = moratorium

    @property
    def sentence(self) -> str:
        return _("“%(speciality)s” is under a moratorium since %(since)s (%(reference)s). Nothing was changed.") % {
            "speciality": self.moratorium.subject,
            "since": shown(self.moratorium.since),
            "reference": self.moratorium.reference,
        }


class WrongPlace(Refusal):
    """The place is no governorate, or the delegation lies in another one."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place

    @property
    def sentence(self) -> str:
        return _("“%(place)s” is no governorate, or the delegation lies in another one. Choose from the list.") % {
            "place": self.place
        }


class BranchOfBranch(Refusal):
    """A branch has no branches of its own."""

    @property
    def sentence(self) -> str:
        return _("This is itself a branch. Open the new one under the structure it belongs to.")


class SeriesIsFull(Refusal):
    """Every number of a governorate was given."""

    @property
    def sentence(self) -> str:
        return _("Every number of this governorate was given. Tell the central services.")
