"""Faults of what is asked: codes that stand twice, words that are missing, pages that ask too much at once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from django.conf import settings

from procedures.checks.faults import Fault
from procedures.definition import Fact, Group, Procedure
from procedures.definition.walking import every_condition, every_need

ROOM_FOR_THE_PAGE = 50  # fields that a page posts beside its rows: tokens, buttons, the other blocks


def faults(procedure: Procedure) -> Iterator[Fault]:
    """Codes and prefix, what stands twice, conditions without words, groups larger than a page may post."""
    yield from _words(procedure)
    yield from _twice(procedure)
    yield from _says(procedure)
    yield from _too_many_fields(procedure)


def _words(procedure: Procedure) -> Iterator[Fault]:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", procedure.code):
        yield Fault(procedure.code, "code", "The code is a noun in snake_case.")
    if not re.fullmatch(r"[A-Z]{3}", procedure.prefix):
        yield Fault(procedure.code, "prefix", f"The prefix {procedure.prefix!r} is not three capitals, like EQV.")
    if not re.fullmatch(r"\d+\.\d+", procedure.version):
        yield Fault(procedure.code, "version", f"The version {procedure.version!r} is not like 1.0.")
    for step in procedure.steps:
        if not re.fullmatch(r"[a-z][a-z0-9_-]*", step.code) or step.code in ("papers", "check"):
            sentence = f"The page code {step.code!r} is no lower-case word, or one of the engine's own (papers, check)."
            yield Fault(procedure.code, f"step.{step.code}", sentence)
        if not step.asks:
            yield Fault(procedure.code, f"step.{step.code}", "The page asks nothing. Give it a fieldset or remove it.")
    for placed in procedure.places():
        for name in placed.block.asks.questions():
            if name.startswith("_") or "-" in name:
                yield Fault(procedure.code, f"block.{placed.block.code}", f"The field {name} needs a plain name.")


def _twice(procedure: Procedure) -> Iterator[Fault]:
    kinds: dict[str, Iterable[str]] = {
        "block": (placed.block.code for placed in procedure.places()),
        "step": (step.code for step in procedure.steps),
        "stage": (stage.name for stage in procedure.route),
        "rule": (rule.code for rule in procedure.every_rule),
        "paper": (paper.code for paper in procedure.papers),
        "reason": (reason.code for reason in procedure.reasons),
        "output": (output.code for output in procedure.outputs),
        "output number": (str(output.number) for output in procedure.outputs),
        "message": (message.code for message in procedure.messages),
        "sample": (sample.code for sample in procedure.samples),
        "signatory": (signatory.code for signatory in procedure.signatories),
    }
    for kind, codes in kinds.items():
        for code, times in Counter(codes).items():
            if times > 1:
                sentence = f"The {kind} {code} stands {times} times. Give each a code of its own."
                yield Fault(procedure.code, f"{kind.split()[0]}.{code}", sentence)


def _says(procedure: Procedure) -> Iterator[Fault]:
    for standing in every_condition(procedure):
        if (standing.hides and not standing.block and not standing.condition.says) or (
            standing.hides and standing.block and not standing.condition.says and not _beside(standing.condition.needs)
        ):
            yield _wordless(procedure, standing.place)
    for rule in procedure.every_rule:
        if not rule.says:
            yield Fault(procedure.code, f"rule.{rule.code}", "The rule has no sentence. Write says= for it.")


def _beside(needs: Iterable[object]) -> bool:
    """Whether a condition looks only at its own fieldset, where the page itself shows why."""
    return all(isinstance(need, str) and need.startswith(".") for need in needs)


def _wordless(procedure: Procedure, place: str) -> Fault:
    return Fault(procedure.code, place, "The condition that hides this says nothing. Write says= for it.")


def _too_many_fields(procedure: Procedure) -> Iterator[Fault]:
    allowed = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    for placed in procedure.places():
        block = placed.block
        if not isinstance(block, Group) or block.spreadsheet or allowed is None:
            continue
        posted = block.most * (len(block.asks.questions()) + 1) + ROOM_FOR_THE_PAGE
        if posted > allowed:
            sentence = (
                f"{block.most} rows post {posted} fields, and a page may post {allowed}. "
                "Lower most=, or make it spreadsheet=True."
            )
            yield Fault(procedure.code, f"block.{block.code}", sentence)
    defaults: dict[str, object] = {}
    for used in every_need(procedure):
        need = used.need
        if isinstance(need, str | Fact):
            continue
        if defaults.setdefault(need.code, need.default) != need.default:
            yield Fault(procedure.code, used.place, f"The parameter {need.code} has two defaults. Declare it once.")
