"""What editors may change of a procedure without a developer, and how a change is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from procedures.definition.words import Basis


@dataclass(frozen=True)
class WordOverride:
    """Words for a path: `texts` by language; a language that is missing or empty keeps the definition's words."""

    path: str
    texts: Mapping[str, str] = field(hash=False)


@dataclass(frozen=True)
class ValueOverride:
    """A value for a path from the day `since` on; without `basis` it is printed as an assumption.

    `value` is JSON-native: millimes for a fee, a number in the unit of the default for a delay, yes or no for a paper
    asked, whatever the parameter's default is for a parameter.
    """

    path: str
    value: Any = field(hash=False)
    since: date
    basis: Basis | None = None


Override: TypeAlias = WordOverride | ValueOverride


@dataclass(frozen=True)
class Overridable:
    """What an editor may put at a path: `kind` is text, money, delay, yes_no or value; `default` is the definition's.

    `unit` is that of a delay: workingdays, days or months.
    """

    kind: str
    default: Any = field(hash=False)
    unit: str = ""
