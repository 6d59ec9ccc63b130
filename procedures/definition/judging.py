"""What is known and what must hold: parameters, facts, conditions of three results, rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass, field
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import pgettext_lazy

from procedures.definition.words import Address, Basis, Need, Text, Weight


@dataclass(frozen=True)
class Parameter:
    """A figure or a table that a circular may change from a day on.

    `code` is global and prefixed by its subject (`equivalence.hours_a_month`); `default` is JSON-native and holds until
    an editor enters a dated value; without `basis` the figure is printed as an assumption.
    """

    code: str
    default: Any
    title: Text
    _: KW_ONLY
    basis: Basis | None = None


@dataclass(frozen=True)
class Fact:
    """A value worked out from answers or read in a register; recorded with the case each time it is used.

    `read` receives the values of `needs` in their order. It may raise when its source is down: the fact is then
    unknown, which is never held against the applicant. `each` names the group whose rows it is read for.
    """

    code: str
    needs: tuple[Need, ...]
    read: Callable[..., Any] = field(compare=False)
    _: KW_ONLY
    title: Text = ""
    each: Address = ""


@dataclass(frozen=True)
class Condition:
    """A question about a case with three results: yes, no, unknown (not asked yet, left empty, or a source is down).

    `test` receives the values of `needs` in their order. `says` completes "asked only if ...". Conditions combine by
    `~` and `&` in Kleene's logic: unknown and no is no, unknown and yes is unknown, not unknown is unknown.
    """

    code: str
    says: Text
    needs: tuple[Need, ...]
    test: Callable[..., bool] = field(compare=False)

    def __invert__(self) -> Condition:
        return self.of if isinstance(self, Not) else Not(f"not {self.code}", self.says, self.needs, _unused, of=self)

    def __and__(self, other: Condition) -> Condition:
        code, needs = f"{self.code} and {other.code}", self.needs + other.needs
        return Both(code, _joined(self.says, other.says), needs, _unused, first=self, second=other)


def _joined(first: Text, second: Text) -> Text:
    """Both sentences in the language of the reader; the only one there is where the other is not said."""
    if not first or not second:
        return first or second
    return format_lazy(pgettext_lazy("two conditions", "{first} and {second}"), first=first, second=second)


def _unused(*values: Any) -> bool:
    raise TypeError("a combined condition is judged by its parts: use Situation.holds")


@dataclass(frozen=True)
class Given(Condition):
    """Holds when the answer is one of `values`, or is yes where none is named; data, so that a snapshot can hold it."""

    _: KW_ONLY
    values: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Not(Condition):
    """The contrary of `of`; unknown stays unknown."""

    _: KW_ONLY
    of: Condition


@dataclass(frozen=True)
class Both(Condition):
    """Both hold; one that does not is enough for no, even while the other is unknown."""

    _: KW_ONLY
    first: Condition
    second: Condition


@dataclass(frozen=True)
class Rule(Condition):
    """A condition that a filing, or each row of a group, must meet.

    `says` is what the applicant reads when it fails, `%(argument)s` filled from the arguments of `test`; `title` is the
    claim itself, for officers and the public page; `each` = once for each row of that group; `instead` = the code of
    the procedure to use when it fails; without `basis` the rule is printed as an assumption.
    """

    _: KW_ONLY
    title: Text = ""
    weight: Weight = Weight.BLOCKS
    each: Address = ""
    instead: str = ""
    basis: Basis | None = None
