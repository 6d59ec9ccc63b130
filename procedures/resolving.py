"""A procedure as it stands on a day: the plugin's definition with the words and values of editors."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from django.utils import timezone

from procedures.added_reasons import added_to
from procedures.definition import (
    Appeal,
    Block,
    Deadline,
    Evidence,
    Fee,
    InForce,
    Output,
    Procedure,
    Reason,
    Rule,
    Stage,
    Step,
    blocks_of,
    worded,
)
from procedures.definition.overrides import Overridable, Override, ValueOverride, WordOverride
from procedures.definition.walking import every_parameter
from procedures.registry import plugin_manager, procedure

Changes = Mapping[str, Override]
Part = TypeVar("Part", Step, Evidence, Rule, Output)


def resolve(code: str, *, on: date | None = None) -> Procedure:
    """The procedure of `code` on a day (today unless said): editors' words are lazy texts in three languages.

    Raises UnknownProcedure. An override of a path that the definition does not have changes nothing here; `procedure
    check` reports it.
    """
    day = on or timezone.localdate()
    changes = in_force(code, on=day)
    return _resolved(code, _Key(changes)) if changes else procedure(code)


def in_force(code: str, *, on: date) -> dict[str, Override]:
    """What editors changed of a procedure, by path, on a day; of several dated values the latest holds."""
    found: dict[str, Override] = {}
    given = plugin_manager().hook.procedure_overrides(procedure=code, on=on)
    for override in sorted((each for several in given for each in several or ()), key=_age):
        if isinstance(override, WordOverride) or override.since <= on:
            found[override.path] = override
    return found


def overridable(procedure: Procedure) -> dict[str, Overridable]:
    """Every path that editors may change, with its kind and the definition's own value; nothing else can be changed."""
    paths = {"title": _text(procedure.title), "summary": _text(procedure.summary)}
    for step in procedure.steps:
        paths[f"step.{step.code}.title"] = _text(step.title)
    for placed in procedure.places():
        paths |= _of_block(placed.block)
    for paper in procedure.papers:
        paths[f"paper.{paper.code}.title"] = _text(paper.title)
        paths[f"paper.{paper.code}.asked"] = Overridable("yes_no", True)
        if paper.age:
            paths[f"paper.{paper.code}.age"] = _delay(paper.age)
    for rule in procedure.every_rule:
        paths[f"rule.{rule.code}.says"] = _text(rule.says)
    for reason in procedure.reasons:
        paths[f"reason.{reason.code}.text"] = _text(reason.text)
        paths[f"reason.{reason.code}.mend"] = _text(reason.mend)
        paths[f"reason.{reason.code}.offered"] = Overridable("yes_no", True)
    for stage in procedure.route:
        if stage.deadline:
            paths[f"stage.{stage.name}.deadline"] = _delay(stage.deadline.within)
    paths["deadline"] = _delay(procedure.deadlines[-1].within)
    paths["fee"] = Overridable("money", procedure.fee.amount)
    paths["open"] = Overridable("yes_no", procedure.open)
    if procedure.appeal:
        paths["appeal.within"] = _delay(procedure.appeal.within)
        paths["appeal.says"] = _text(procedure.appeal.says)
    for parameter in every_parameter(procedure):
        paths[f"parameter.{parameter.code}"] = Overridable("value", parameter.default)
    for output in procedure.outputs:
        paths[f"output.{output.code}.body"] = _text(output.body)
        if output.validity and output.validity.lasts:
            paths[f"output.{output.code}.validity"] = _delay(output.validity.lasts)
    for message in procedure.messages:
        paths |= {f"message.{message.code}.{channel}": _text(message.title) for channel in ("email", "sms")}
    return paths


def apply(procedure: Procedure, changes: Changes) -> Procedure:
    """The definition with `changes` by path put in; the procedure itself is left as it was."""
    return replace(
        procedure,
        title=_words(changes, "title", procedure.title),
        summary=_words(changes, "summary", procedure.summary),
        steps=tuple(_step(step, changes) for step in procedure.steps),
        papers=tuple(_paper(paper, changes) for paper in procedure.papers if _asked(paper, changes)),
        eligibility=tuple(_rule(rule, changes) for rule in procedure.eligibility),
        rules=tuple(_rule(rule, changes) for rule in procedure.rules),
        reasons=(
            *(
                replace(
                    reason,
                    text=_words(changes, f"reason.{reason.code}.text", reason.text),
                    mend=_words(changes, f"reason.{reason.code}.mend", reason.mend),
                )
                for reason in procedure.reasons
                if _offered(reason, changes)
            ),
            *added_to(procedure, changes),
        ),
        route=tuple(_stage(stage, changes) for stage in procedure.route),
        deadline=(*procedure.deadlines[:-1], _deadline(procedure.deadlines[-1], changes.get("deadline"))),
        fee=_fee(procedure.fee, changes.get("fee")),
        open=procedure.open and _is_open(changes),
        appeal=_appeal(procedure.appeal, changes),
        outputs=tuple(_output(output, changes) for output in procedure.outputs),
        in_force={
            path.removeprefix("parameter."): InForce(change.value, change.since, change.basis)
            for path, change in changes.items()
            if path.startswith("parameter.") and isinstance(change, ValueOverride)
        },
    )


class _Key:
    """Changes as one hashable word, so that the same changes give the same procedure object again."""

    def __init__(self, changes: Changes) -> None:
        self.changes = changes
        self.word = json.dumps([_as_json(changes[path]) for path in sorted(changes)], sort_keys=True, default=str)

    def __hash__(self) -> int:
        return hash(self.word)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.word == self.word


@lru_cache(maxsize=64)
def _resolved(code: str, key: _Key) -> Procedure:
    return apply(procedure(code), key.changes)


def _as_json(change: Override) -> list[Any]:
    if isinstance(change, WordOverride):
        return [change.path, dict(change.texts)]
    basis = [str(change.basis.cites), change.basis.article] if change.basis else None
    return [change.path, change.value, change.since.isoformat(), basis]


def _age(override: Override) -> tuple[bool, date]:
    return isinstance(override, ValueOverride), getattr(override, "since", date.min)


def _text(text: Any) -> Overridable:
    return Overridable("text", text)


def _delay(delay: Any) -> Overridable:
    return Overridable("delay", delay.amount, unit=type(delay).__name__.lower())


def _of_block(block: Block) -> dict[str, Overridable]:
    paths = {f"block.{block.code}.legend": _text(block.asks.legend)}
    for name, field in block.asks.questions().items():
        paths[f"field.{block.code}.{name}.label"] = _text(field.label)
        paths[f"field.{block.code}.{name}.help"] = _text(field.help_text)
    return paths


def _words(changes: Changes, path: str, default: Any) -> Any:
    change = changes.get(path)
    if not isinstance(change, WordOverride):
        return default
    texts = {language: text for language, text in change.texts.items() if text.strip()}
    return worded(texts, default) if texts else default


def _value(changes: Changes, path: str) -> ValueOverride | None:
    change = changes.get(path)
    return change if isinstance(change, ValueOverride) else None


def _step(step: Step, changes: Changes) -> Step:
    title = _words(changes, f"step.{step.code}.title", step.title)
    return replace(step, title=title, asks=_blocks(blocks_of(step), changes))


def _blocks(blocks: Iterable[Block], changes: Changes) -> tuple[Block, ...]:
    return tuple(replace(block, asks=_fieldset(block, changes)) for block in blocks)


def _fieldset(block: Block, changes: Changes) -> Any:
    """The fieldset with editors' labels, help and legend: a subclass of the same name, or itself where none changed."""
    fieldset, prefix = block.asks, f"field.{block.code}."
    if not any(path.startswith((prefix, f"block.{block.code}.")) for path in changes):
        return fieldset
    body: dict[str, Any] = {"legend": _words(changes, f"block.{block.code}.legend", fieldset.legend)}
    made: Any = type(fieldset.__name__, (fieldset,), {**body, "__module__": fieldset.__module__})
    for name, field in made.base_fields.items():
        changed = field.__deepcopy__({})
        changed.label = _words(changes, f"{prefix}{name}.label", field.label)
        changed.help_text = _words(changes, f"{prefix}{name}.help", field.help_text)
        made.base_fields[name] = changed
    return made


def _asked(paper: Evidence, changes: Changes) -> bool:
    change = _value(changes, f"paper.{paper.code}.asked")
    return change is None or bool(change.value)


def _offered(reason: Reason, changes: Changes) -> bool:
    change = _value(changes, f"reason.{reason.code}.offered")
    return change is None or bool(change.value)


def _is_open(changes: Changes) -> bool:
    change = _value(changes, "open")
    return change is None or bool(change.value)


def _paper(paper: Evidence, changes: Changes) -> Evidence:
    age = _value(changes, f"paper.{paper.code}.age")
    aged = replace(paper.age, amount=int(age.value)) if age and paper.age else paper.age
    return replace(paper, title=_words(changes, f"paper.{paper.code}.title", paper.title), age=aged)


def _rule(rule: Rule, changes: Changes) -> Rule:
    return replace(rule, says=_words(changes, f"rule.{rule.code}.says", rule.says))


def _stage(stage: Stage, changes: Changes) -> Stage:
    deadline = stage.deadline
    if deadline:
        deadline = _deadline(deadline, changes.get(f"stage.{stage.name}.deadline"))
    return replace(stage, deadline=deadline, asks=_blocks(blocks_of(stage), changes))


def _deadline(deadline: Deadline, change: Override | None) -> Deadline:
    if not isinstance(change, ValueOverride):
        return deadline
    return replace(deadline, within=replace(deadline.within, amount=int(change.value)), basis=change.basis)


def _fee(fee: Fee, change: Override | None) -> Fee:
    if not isinstance(change, ValueOverride):
        return fee
    return replace(fee, amount=int(change.value), basis=change.basis)


def _appeal(appeal: Appeal | None, changes: Changes) -> Appeal | None:
    if appeal is None:
        return None
    appeal = replace(appeal, says=_words(changes, "appeal.says", appeal.says))
    change = _value(changes, "appeal.within")
    if change is None:
        return appeal
    return replace(appeal, within=replace(appeal.within, amount=int(change.value)), basis=change.basis)


def _output(output: Output, changes: Changes) -> Output:
    validity, change = output.validity, _value(changes, f"output.{output.code}.validity")
    if change and validity and validity.lasts:
        validity = replace(validity, lasts=replace(validity.lasts, amount=int(change.value)))
    return replace(output, body=_words(changes, f"output.{output.code}.body", output.body), validity=validity)
