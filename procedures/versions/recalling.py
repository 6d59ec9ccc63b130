"""A past filing judged again by another definition, with what was known of it on its own day."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from procedures.asking import form_for
from procedures.definition import Block, Fact, Group, Procedure
from procedures.outline import CONSEQUENCES, outline_of
from procedures.posting import posted
from procedures.rules import Situation


class Recalled(Situation):
    """Reads no register for what was already read at the filing, where the kept value is a number or a yes or no.

    A register that changed since must not look like a change of the procedure. Other values are kept as their words
    only, and are read again.
    """

    def __init__(self, procedure: Procedure, answers: Mapping[str, Any], *, on: date, number: str, kept: Any) -> None:
        super().__init__(procedure, answers, on=on, engine={"case.number": number})
        self.kept_facts = kept

    def _fact(self, fact: Fact, block: str, row: str) -> Any:
        name = f"{fact.code}[{row}]" if row else fact.code
        if name in self.kept_facts:
            return self.kept_facts[name]
        return super()._fact(fact, block, row)


def departures(procedure: Procedure, case: Any, on: date) -> dict[str, Any]:
    """What a past case would do otherwise under `procedure`, by kind: nothing where it would go the same way.

    `invalid` lists addresses whose answers would no longer do and rules that would stop it; the consequences of
    `outline.CONSEQUENCES` are {"before", "after"}.
    """
    situation = Recalled(procedure, case.answers, on=on, number=case.number, kept=_kept(case.explanations))
    now, before = outline_of(situation), case.outline
    found: dict[str, Any] = {}
    stopping = [rule for rule in now["stops"] if rule not in before["stops"]]
    if faults := [*_unfit(procedure, situation), *stopping]:
        found["invalid"] = faults
    for part in CONSEQUENCES:
        if before[part] != now[part]:
            found[part] = {"before": before[part], "after": now[part]}
    return found


def _kept(explanations: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    told = ((name, read["value"]) for each in explanations for name, read in (each.get("facts") or {}).items())
    return {name: value for name, value in told if isinstance(value, bool | int | float)}


def _unfit(procedure: Procedure, situation: Situation) -> list[str]:
    """Addresses whose answers a form of this definition would refuse; choices out of a register are taken as given."""
    found: list[str] = []
    for step in situation.asked_steps():
        for block in situation.asked_blocks(step):
            found += _of_block(procedure, block, situation)
    return found


def _of_block(procedure: Procedure, block: Block, situation: Situation) -> list[str]:
    given = situation.answers.get(block.code)
    if not isinstance(block, Group):
        return _of_form(procedure, block, given or {}, situation, row="")
    rows = given or []
    found = [] if block.least <= len(rows) <= block.most else [block.code]
    for each in rows:
        found += _of_form(procedure, block, each, situation, row=str(each["_row"]))
    return found


def _of_form(procedure: Procedure, block: Block, given: Any, situation: Situation, *, row: str) -> list[str]:
    base, prefix = (f"{block.code}[{row}]", f"{block.code}-{row}") if row else (block.code, block.code)
    data = posted(procedure, {block.code: [given] if isinstance(block, Group) else given})
    form = form_for(procedure, block, data=data, prefix=prefix, situation=situation, row=row)
    asked: dict[str, Any] = form.fields
    return [f"{base}.{name}" for name in form.errors if name in asked and not _of_register(asked[name], given, name)]


def _of_register(field: Any, given: Mapping[str, Any], name: str) -> bool:
    """An answer chosen out of a register that may have moved on since."""
    return bool(field.reads_register and given.get(name) not in (None, ""))
