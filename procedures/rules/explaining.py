"""Turning what a rule saw into an explanation: its needs by argument name, its sentence filled in three languages."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from procedures.definition import (
    LANGUAGES,
    Basis,
    Fact,
    InForce,
    Need,
    Parameter,
    Procedure,
    Rule,
    in_languages,
    spoken,
)
from procedures.rules.explanation import Explanation
from procedures.rules.values import EMPTY, NOT_ASKED, UNKNOWN, Missing

if TYPE_CHECKING:
    from procedures.rules.situation import Situation

PRECEDENCE = (NOT_ASKED, UNKNOWN, EMPTY)


def explain(situation: Situation, rule: Rule) -> tuple[Explanation, ...]:
    """What `rule` says of this filing, once or for each row of its group."""
    if not rule.each:
        return (_explanation(situation, rule, ""),)
    if not situation.block_is_asked(rule.each):
        return (_judged(situation, rule, "", {}, "not_asked"),)
    return tuple(_explanation(situation, rule, row) for row in situation.rows(rule.each))


def arguments(rule: Rule) -> tuple[str, ...]:
    """The names of the arguments of its test, in order; they are the placeholders of its sentence."""
    try:
        return tuple(inspect.signature(rule.test).parameters)
    except ValueError:  # a built-in such as bool names nothing
        return tuple(f"value_{number}" for number in range(1, len(rule.needs) + 1))


def addresses(needs: Iterable[Need]) -> tuple[str, ...]:
    """Every address that needs lead to, through facts, without the mark of what may be empty."""
    found: list[str] = []
    for need in needs:
        if isinstance(need, str):
            found.append(need.removesuffix("?"))
        elif isinstance(need, Fact):
            found.extend(addresses(need.needs))
    return tuple(dict.fromkeys(found))


def plain(value: Any) -> Any:
    """A value as JSON holds it."""
    if isinstance(value, Missing):
        return None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list | set | frozenset):
        return [plain(each) for each in value]
    return value if isinstance(value, bool | int | float | str | None) else str(value)


def basis_as_json(basis: Basis | None) -> dict[str, Any] | None:
    return {"cites": in_languages(basis.cites), "article": basis.article} if basis else None


def _explanation(situation: Situation, rule: Rule, row: str) -> Explanation:
    values = [situation.value(need, block=rule.each, row=row) for need in rule.needs]
    named = dict(zip(arguments(rule), values, strict=False))
    for missing in PRECEDENCE:
        if any(value is missing for value in values):
            return _judged(situation, rule, row, named, missing.value)
    held = situation.holds(rule, block=rule.each, row=row)
    return _judged(situation, rule, row, named, "unknown" if held is None else "held" if held else "failed")


def _judged(situation: Situation, rule: Rule, row: str, named: Mapping[str, Any], outcome: str) -> Explanation:
    parameters = [need for need in rule.needs if isinstance(need, Parameter)]
    facts = [need for need in rule.needs if isinstance(need, Fact)]
    return Explanation(
        rule=rule.code,
        row=row,
        outcome=outcome,
        weight=rule.weight.value,
        says=_filled(situation.procedure, rule, rule.says, named),
        title=_filled(situation.procedure, rule, rule.title, named) if rule.title else in_languages(""),
        needs=addresses(rule.needs),
        values={name: plain(value) for name, value in named.items()},
        parameters={need.code: _in_force(situation.parameter(need)) for need in parameters},
        facts={name: read for name, read in situation.facts_read.items() if _read_for(name, facts, row)},
        basis=basis_as_json(rule.basis),
        instead=rule.instead,
        eligibility=rule in situation.procedure.eligibility,
    )


def _read_for(name: str, facts: Iterable[Fact], row: str) -> bool:
    return any(name in (fact.code, f"{fact.code}[{row}]") for fact in facts)


def _in_force(value: InForce) -> dict[str, Any]:
    return {"value": plain(value.value), "since": plain(value.since), "basis": basis_as_json(value.basis)}


def _filled(procedure: Procedure, rule: Rule, text: Any, named: Mapping[str, Any]) -> dict[str, str]:
    by_name = dict(zip(arguments(rule), rule.needs, strict=False))
    filled = {}
    for language in LANGUAGES:
        template = spoken(text, language)
        if "%(" in template:
            shown = {name: _shown(procedure, by_name[name], value, language) for name, value in named.items()}
            template = template % {name: shown.get(name, "…") for name in by_name}
        filled[language] = template
    return filled


def _shown(procedure: Procedure, need: Need, value: Any, language: str) -> str:
    if isinstance(value, Missing) or value is None:
        return "…"
    if isinstance(need, str):
        block, _, name = need.removesuffix("?").partition(".")
        placed = procedure.blocks.get(block)
        field = placed.block.asks.questions().get(name) if placed else None
        if field is not None and hasattr(field, "shown") and not isinstance(value, tuple):
            return str(field.shown(field.to_json(value), language))
    if isinstance(value, tuple | list):
        return ", ".join(str(plain(each)) for each in value)
    return str(plain(value))
