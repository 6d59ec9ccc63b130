"""What follows from the answers of a filing, as data: its route, papers, fee, delay and office, and what stops it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from procedures.definition import Fee, Party
from procedures.rules import Missing, Situation
from procedures.rules.explaining import plain

CONSEQUENCES = ("route", "papers", "fee", "delay", "authority")


def outline_of(situation: Situation) -> dict[str, Any]:
    """The consequences of one filing, JSON-native, so that two definitions can be compared on it.

    Keys: `route` (codes of the stages that stay), `papers` ("code", "code[row]"; one that may be left out ends in "?"),
    `fee` (millimes), `delay` ({"unit", "amount"}), `authority` (the party competent and of what), `stops` and `flags`
    (codes of the rules that fail, "code[row]" in a row).
    """
    procedure = situation.procedure
    deadline = next((each for each in procedure.deadlines if situation.holds(each.when)), procedure.deadlines[-1])
    explanations = situation.explanations()
    return {
        "route": [stage.name for stage in situation.route()],
        "papers": [
            f"{paper.code}{f'[{row}]' if row else ''}{'?' if paper.optional else ''}"
            for paper, row in situation.asked_papers()
        ],
        "fee": _due(procedure.fee, situation),
        "delay": {"unit": type(deadline.within).__name__.lower(), "amount": deadline.within.amount},
        "authority": _competent(procedure.authorities, situation),
        "stops": [_of_row(each.rule, each.row) for each in explanations if each.blocks],
        "flags": [_of_row(each.rule, each.row) for each in explanations if each.flags],
    }


def _due(fee: Fee, situation: Situation) -> int:
    units = situation.value(fee.per) if fee.per else 1
    return fee.amount * int(units) if isinstance(units, int | Decimal) else fee.amount


def _competent(parties: tuple[Party, ...], situation: Situation) -> dict[str, Any]:
    chosen = next((each for each in parties if situation.holds(each.when)), parties[-1])
    told: dict[str, Any] = {"party": type(chosen).__name__.lower()}
    for name in ("of", "service", "body"):
        if hasattr(chosen, name):
            value = situation.value(getattr(chosen, name)) if name == "of" else getattr(chosen, name)
            told[name] = None if isinstance(value, Missing) else plain(value)
    return told


def _of_row(rule: str, row: str) -> str:
    return f"{rule}[{row}]" if row else rule
