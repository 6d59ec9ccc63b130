"""What administrators set of a procedure: its values in force, its reasons, and how far its numbers have come."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from cms_content.models import ProcedureValue
from cms_content.services import values_entered, words_entered
from cms_content.value_words import in_words
from cms_content.wording import pick
from procedures.added_reasons import ADDED, code_in
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
    def basis(self) -> str:
        return f"{pick(self.row.basis)} {self.row.article}".strip() if self.row else ""

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
    basis: str = ""  # empty: an assumption
    since: date | None = None  # of one that was added: the day from which it is, or was, offered
    ahead: ProcedureValue | None = None  # what changes of it on a day to come

    @property
    def is_added(self) -> bool:
        return self.since is not None


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
    """The reasons of the definition, in the words that hold today, and after them those that were added."""
    return [*_defined_reasons(code), *_added_reasons(code)]


def added_reason(procedure: str, code: str) -> ProcedureValue | None:
    """What holds of an added reason today; of one that is to come, what will."""
    rows = values_entered(procedure, f"reason.{code}") if code_in(f"reason.{code}") else []
    rows = [row for row in rows if row.path == f"reason.{code}"]
    return next((row for row in rows if row.since <= timezone.localdate()), rows[-1] if rows else None)


def _added_reasons(code: str) -> Iterator[ReasonRow]:
    by_code: dict[str, list[ProcedureValue]] = {}
    for row in values_entered(code, ADDED):
        by_code.setdefault(code_in(row.path), []).append(row)
    for reason, rows in sorted(by_code.items(), key=lambda each: int(each[0].removeprefix("added_"))):
        today = timezone.localdate()
        held = next((row for row in rows if row.since <= today), rows[-1])
        ahead = next((row for row in reversed(rows) if row.since > today), None)
        basis = f"{pick(held.basis)} {held.article}".strip()
        yield ReasonRow(
            reason,
            pick(held.value["text"]),
            pick(held.value["mend"]),
            held.value["offered"] and held.since <= today,
            changed=False,
            basis=basis,
            since=held.since,
            ahead=ahead,
        )


def _defined_reasons(code: str) -> list[ReasonRow]:
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
            f"{reason.basis.cites} {reason.basis.article}".strip() if reason.basis else "",
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
