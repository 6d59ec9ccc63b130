"""Values of procedures as a decision sets them: the question which value, what it may be, and the setting of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from procedures.amounts import MILLIMES
from procedures.definition import Rule, Text, spoken
from procedures.definition.words import Address
from procedures.fields.described import Described
from procedures.refusal import Refusal
from procedures.writing import rule

if TYPE_CHECKING:
    from procedures.deciding import DecidedCase
    from procedures.definition import Procedure
    from procedures.definition.overrides import Overridable

UNITS = {
    "workingdays": gettext_lazy("in working days"),
    "days": gettext_lazy("in days"),
    "months": gettext_lazy("in months"),
}
TITLES = {
    "deadline": gettext_lazy("Announced time of the answer"),
    "fee": gettext_lazy("Fee"),
    "appeal.within": gettext_lazy("Time to appeal"),
}


@dataclass(frozen=True)
class Valued:
    """A number of a procedure that may be set from a day on; `code` names both, "formal_notice:deadline"."""

    procedure: Procedure
    path: str
    part: Overridable
    title: Text

    @property
    def code(self) -> str:
        return f"{self.procedure.code}:{self.path}"

    @property
    def measured(self) -> Text:
        """Its title with the unit in which it is given."""
        unit = gettext_lazy("in dinars") if self.part.kind == "money" else UNITS.get(self.part.unit, "")
        if not unit:
            return self.title
        return format_lazy(pgettext_lazy("value, unit", "{title}, {unit}"), title=self.title, unit=unit)


def every_value() -> Iterator[Valued]:
    """What may be set of every procedure, in the order of the definitions."""
    from procedures.registry import procedures  # the words of a procedure are read before the procedures are known

    for found in procedures().values():
        yield from _of(found)


def _of(procedure: Procedure) -> Iterator[Valued]:
    from procedures.definition.walking import every_parameter  # the same
    from procedures.resolving import overridable  # the same

    titles = TITLES | {f"parameter.{each.code}": each.title for each in every_parameter(procedure)}
    for path, part in overridable(procedure).items():
        if path in titles and isinstance(part.default, int | float) and not isinstance(part.default, bool):
            yield Valued(procedure, path, part, titles[path])


def value_of(code: str) -> Valued | None:
    """What a code names; None where no procedure has it."""
    from procedures.registry import procedures  # the same

    found = procedures().get(code.partition(":")[0])
    return next((each for each in _of(found) if each.code == code), None) if found else None


def _choices() -> list[tuple[str, Any]]:
    groups: dict[str, list[tuple[str, Text]]] = {}
    for each in every_value():
        groups.setdefault(str(each.procedure.title), []).append((each.code, each.measured))
    return [("", ""), *groups.items()]


class ValueField(Described, forms.ChoiceField):
    """A value of a procedure that may be set from a day on: a parameter, the announced time, the fee."""

    reads_register = True
    refusals = {
        "required": gettext_lazy("“%(label)s” has no answer. Choose a value."),
        "invalid_choice": gettext_lazy("“%(label)s”: this is no value of the list. Choose one of the list."),
    }

    def django(self, **options: Any) -> dict[str, Any]:
        return {"choices": _choices}

    def shown(self, value: Any, language: str) -> str:
        found = value_of(str(value))
        if found is None:
            return str(value)
        return f"{spoken(found.procedure.title, language)}: {spoken(found.measured, language)}"

    def sample_answer(self, language: str) -> Any:
        return self.own_sample or next((each.code for each in every_value()), "")


def value_is_of_its_kind(part: Address, number: Address, *, code: str = "value_is_of_its_kind") -> Rule:
    """A delay is a whole number of days or months, a fee has no more than millimes; `code` tells two rules apart."""

    @rule(
        part,
        number,
        says=gettext_lazy("This value takes a whole number. A fee takes three decimals at most."),
        title=gettext_lazy("The new value is of the kind of the old one"),
    )
    def value_is_of_its_kind(part: str, number: Decimal) -> bool:
        found = value_of(part)
        return found is not None and (isinstance(found.part.default, float) or _stored(found, number) % 1 == 0)

    return replace(value_is_of_its_kind, code=code)


def set_value(case: DecidedCase, part: str, number: Decimal, *, since: date, reference: str) -> None:
    """From a day on the value holds for what is filed; what was filed before keeps its own.

    Raises Refusal where the day is past, the value is gone, or somebody filed on that day or later.
    """
    from procedures.registry import plugin_manager  # the same

    found = value_of(part)
    if found is None:
        raise Refusal(_("A value named by the file is no longer in the procedure. Open another file."))
    if since < timezone.localdate(case.decided_at):
        raise Refusal(_("The day from which a value should hold is past. Open another file with a later day."))
    stored = _stored(found, number)
    plugin_manager().hook.value_decided(
        case_id=case.case_id,
        procedure=found.procedure.code,
        path=found.path,
        value=float(stored) if stored % 1 else int(stored),
        since=since,
        reference=reference,
    )


def _stored(found: Valued, number: Decimal) -> Decimal:
    return number * (MILLIMES if found.part.kind == "money" else 1)
