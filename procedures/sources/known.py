"""Where something that is already known comes from, in words and as it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from procedures.sources.models import Taken


@dataclass(frozen=True)
class Origin:
    """`kind` is one of Taken.Origin; `number` and `on` are of the case, where it is one."""

    kind: str
    number: str = ""
    on: date | None = None

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.number}" if self.number else self.kind

    def __str__(self) -> str:
        if self.kind == Taken.Origin.ACCOUNT:
            return _("From your account")
        if self.kind == Taken.Origin.ORGANISATION:
            return _("From the file of the organisation")
        if self.kind == Taken.Origin.REGISTER:
            return _("From the register")
        day = date_format(self.on, "DATE_FORMAT") if self.on else ""
        return _("From case %(number)s of %(day)s") % {"number": self.number, "day": day}


@dataclass(frozen=True)
class Known:
    """What one source knows: answers by the address of their fact ("person.email"), JSON-native, blank ones left out.

    `answers` and `groups` are by address and code of one procedure, where the source is a case of that same procedure.
    """

    origin: Origin
    facts: Mapping[str, Any]
    answers: Mapping[str, Any] = field(default_factory=dict)
    groups: Mapping[str, Any] = field(default_factory=dict)
