"""Decorators and shorthands that make facts, conditions, rules and effects out of plain functions."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from procedures.definition import (
    Address,
    Basis,
    Condition,
    Effect,
    Fact,
    Given,
    Kind,
    Need,
    Rule,
    Text,
    Weight,
)


def fact(*needs: Need, title: Text = "", each: Address = "") -> Callable[[Callable[..., Any]], Fact]:
    """Turn a pure function of `needs` into a Fact of the same name."""
    return lambda read: Fact(read.__name__, needs, read, title=title, each=each)


def rule(
    *needs: Need,
    says: Text,
    title: Text = "",
    weight: Weight = Weight.BLOCKS,
    each: Address = "",
    instead: str = "",
    basis: Basis | None = None,
) -> Callable[[Callable[..., bool]], Rule]:
    """Turn a pure function into a Rule; `says` is what the applicant reads when it fails, %(argument)s filled in."""
    return lambda test: Rule(
        test.__name__, says, needs, test, title=title, weight=weight, each=each, instead=instead, basis=basis
    )


def effect(*on: Kind, says: Text) -> Callable[[Callable[..., None]], Effect]:
    """Turn a function of the decided case into an Effect on these kinds of decision."""
    return lambda apply: Effect(on, says, apply)


def given(need: Need, *values: Any, says: Text = "") -> Condition:
    """Hold when the answer is one of `values`, or is yes where none is named."""
    code = f"{need if isinstance(need, str) else need.code}={'|'.join(map(str, values)) or 'yes'}"
    return Given(code, says, (need,), (lambda value: value in values) if values else bool, values=values)


def condition(*needs: Need, says: Text) -> Callable[[Callable[..., bool]], Condition]:
    """Turn a pure function of `needs` into a Condition of the same name, where `given` cannot say it."""
    return lambda test: Condition(test.__name__, says, needs, test)


def drawn(percent: int) -> Condition:
    """Hold for a share of cases, drawn from the case's own seed so that nobody chooses."""
    return Condition(f"drawn({percent})", "", ("case.seed",), lambda seed: int(str(seed)[-8:], 16) % 100 < percent)


def under_age(birth_date: Need, *, years: int = 18) -> Condition:
    """Hold when the person has not turned `years` on the day of filing."""
    code = f"under_{years}({birth_date})"
    return Condition(
        code, _("the applicant is a minor"), (birth_date, "case.filed_on"), lambda born, filed: age(born, filed) < years
    )


def age(born: date, on: date) -> int:
    """Whole years of a person on a day."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


ALWAYS = Condition("always", "", (), lambda: True)
flagged = Condition("flagged", _("a rule has sent the case to a person"), ("case.flags",), bool)
