"""What a stage asks of those who handle it: their answers checked by the same fields as an applicant's."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from procedures.cases.errors import Refused
from procedures.definition import Block, Stage, blocks_of
from procedures.rules import Situation


def checked_answers(
    stage: Stage, situation: Situation, answers: Mapping[str, Any], *, partial: bool = False
) -> dict[str, Any]:
    """The answers as they are kept, hidden and unknown ones left out. Raises Refused, by field name, for the others.

    `partial` lets any question be empty, while what is written is checked.
    `situation` already holds `answers`, so that a question hidden by another answer is not demanded.
    """
    kept: dict[str, Any] = {}
    faults: dict[str, list[str]] = {}
    for block in blocks_of(stage):
        if situation.block_is_asked(block.code):
            kept[block.code] = _checked_block(block, situation, answers.get(block.code) or {}, faults, partial)
    if faults:
        raise Refused(faults)
    return kept


def _checked_block(
    block: Block, situation: Situation, given: Mapping[str, Any], faults: dict[str, list[str]], partial: bool
) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for name, field in block.asks.questions().items():
        if not situation.field_is_asked(block.code, name):
            continue
        if partial and given.get(name) in (None, "", []):
            continue
        try:
            value = field.clean(given.get(name))
        except ValidationError as refused:
            faults.setdefault(name, []).extend(refused.messages)
            continue
        kept[name] = field.to_json(value) if hasattr(field, "to_json") else value
    return kept


def demand(**texts: str) -> None:
    """Raises Refused for each text that is blank."""
    faults = {
        name: [_("Write why: the person who reads it must understand.")]
        for name, text in texts.items()
        if not text.strip()
    }
    if faults:
        raise Refused(faults)
