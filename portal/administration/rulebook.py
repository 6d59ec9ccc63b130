"""What administrators set of a procedure: its values in force, its reasons, and how far its numbers have come."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from cms_content.models import ProcedureValue
from cms_content.services import values_entered, words_entered
from cms_content.value_words import in_words
from procedures.cases.models import Case, Counter
from procedures.cases.numbers import with_check_digits
from procedures.cases.states import OPEN
from procedures.definition import Procedure
from procedures.definition.overrides import Overridable
from procedures.definition.walking import every_parameter
from procedures.registry import procedures
from procedures.resolving import overridable, resolve
from procedures.wizard.models import Draft

NUMBERS = ("delay", "money", "value")


@dataclass(frozen=True)
class Value:
    """One value of a procedure: what the definition says, what holds today, and what is to come."""

    path: str
    part: Overridable
    default: str
    now: str
    title: Any = ""
    row: ProcedureValue | None = None  # that holds today
    ahead: tuple[ProcedureValue, ...] = ()

    @property
    def is_changeable(self) -> bool:
        """Tables are changed by editors, as they need more than one number."""
        return isinstance(self.part.default, int | float) and not isinstance(self.part.default, bool)


@dataclass(frozen=True)
class Touched:
    drafts: int
    cases: int


@dataclass(frozen=True)
class ReasonRow:
    code: str
    text: str
    mend: str
    offered: bool
    changed: bool


@dataclass(frozen=True)
class Series:
    title: str
    prefix: str
    year: int
    last: int
    last_number: str


def values_of(procedure: Procedure) -> list[Value]:
    """Every number that may be set, in the order of the definition."""
    entered = values_entered(procedure.code)
    return list(_values(procedure, entered))


def _values(procedure: Procedure, entered: list[ProcedureValue]) -> Iterator[Value]:
    today = timezone.localdate()
    titles = {f"parameter.{each.code}": each.title for each in _parameters(procedure)}
    for path, part in overridable(procedure).items():
        if part.kind not in NUMBERS:
            continue
        rows = [row for row in entered if row.path == path]
        held = next((row for row in rows if row.since <= today), None)
        default = in_words(part, part.default)
        now = in_words(part, held.value) if held else default
        ahead = tuple(row for row in reversed(rows) if row.since > today)
        yield Value(path, part, default, now, titles.get(path, ""), held, ahead)


def _parameters(procedure: Procedure) -> tuple[Any, ...]:
    return tuple(every_parameter(procedure))


def touched_by(procedure: str) -> Touched:
    """Open drafts, which take a new value when they are filed; open cases, which keep what they were filed under."""
    drafts = Draft.objects.filter(procedure=procedure, filed_at=None).count()
    return Touched(drafts, Case.objects.filter(procedure=procedure, state__in=OPEN).count())


def reasons_of(code: str) -> list[ReasonRow]:
    """The reasons of the definition, in the words that hold today."""
    defined, today = procedures()[code], resolve(code)
    offered = {reason.code: reason for reason in today.reasons}
    changed = {path.split(".")[1] for path in words_entered(code, "reason.")}
    return [
        ReasonRow(
            reason.code,
            str(offered.get(reason.code, reason).text),
            str(offered.get(reason.code, reason).mend),
            reason.code in offered,
            reason.code in changed,
        )
        for reason in defined.reasons
    ]


def series() -> list[Series]:
    """Every series that has given a number, the latest year first."""
    known = procedures()
    rows = []
    for counter in Counter.objects.exclude(last=0).order_by("-year", "series"):
        procedure = known.get(counter.series)
        prefix = procedure.prefix if procedure else ""
        number = with_check_digits(prefix, counter.year, counter.last) if prefix else str(counter.last)
        title = str(procedure.title) if procedure else counter.series
        rows.append(Series(title, prefix, counter.year, counter.last, number))
    return rows
