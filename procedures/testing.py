"""Filings made up from a definition: a sample answer for every question, changed where a test needs it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from procedures.definition import Ago, Block, Group, Procedure, Sample
from procedures.posting import posted
from procedures.rules import Situation

__all__ = ["posted", "sample_answers", "sample_stage_answers"]

ROW = "sample"


def sample_answers(
    procedure: Procedure,
    language: str = "ar",
    *,
    sample: Sample | str | None = None,
    on: date | None = None,
    stages: bool = False,
    registers: bool = True,
    **changes: Mapping[str, Any],
) -> dict[str, Any]:
    """JSON answers that pass every rule (or break the one that `sample` breaks), hidden questions left out.

    `changes` are by block: `sample_answers(p, foreign_certificate={"months": 1})`; in a group they change each row.
    `stages` adds what officers answer; without `registers` no database is read, and what it would give is "x".
    """
    answers = {
        placed.block.code: _block(placed.block, language, registers)
        for placed in procedure.places()
        if stages or placed.step is not None
    }
    day = on or timezone.localdate()
    chosen = _named(procedure, sample)
    for address, value in (chosen.answers if chosen else {}).items():
        block, _, name = address.partition(".")
        _change(answers, block, {name: value.before(day).isoformat() if isinstance(value, Ago) else value})
    for block, fields in changes.items():
        _change(answers, block, fields)
    situation = Situation(procedure, answers, on=day)
    kept = situation.kept_answers()
    return kept | ({code: answers[code] for code in answers if procedure.blocks[code].stage} if stages else {})


def sample_stage_answers(procedure: Procedure, stage: str, language: str = "ar") -> dict[str, Any]:
    """What an officer answers at a stage, by block."""
    return {
        placed.block.code: _block(placed.block, language)
        for placed in procedure.places()
        if placed.stage and placed.stage.name == stage
    }


def _block(block: Block, language: str, registers: bool = True) -> Any:
    answers = {
        name: "x" if field.reads_register and not registers else field.sample_answer(language)
        for name, field in block.asks.questions().items()
    }
    answers = {name: None if _left_empty(block, name) else value for name, value in answers.items()}
    if not isinstance(block, Group):
        return answers
    return [{"_row": f"{ROW}{number}", **answers} for number in range(max(1, block.least))]


def _left_empty(block: Block, name: str) -> bool:
    field = block.asks.questions()[name]
    return bool(field.optional and field.own_sample is None)


def _named(procedure: Procedure, sample: Sample | str | None) -> Sample | None:
    if isinstance(sample, str):
        return next(each for each in procedure.samples if each.code == sample)
    return sample


def _change(answers: dict[str, Any], block: str, fields: Mapping[str, Any]) -> None:
    given = answers.setdefault(block, {})
    for row in given if isinstance(given, list) else [given]:
        row |= fields
