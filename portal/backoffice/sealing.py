"""A decision before its signature: exactly what will be sealed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from portal.backoffice.answering import answer_lines
from portal.backoffice.opened import OpenedCase
from procedures.cases.situations import situation_of
from procedures.definition import Kind


@dataclass(frozen=True)
class Sealed:
    kind: str
    documents: tuple[str, ...]
    effects: tuple[str, ...]
    answers: tuple[tuple[str, str], ...]
    reasons: tuple[str, ...]
    motivation: str
    prepared_by: Any
    prepared_at: datetime
    in_name_of: Any = None


def sealed_by(opened: OpenedCase) -> Sealed:
    """What a signature puts its name to: kind, reasons, words, what is granted, and the papers made of it."""
    decision = opened.decision
    if decision is None:
        raise Http404
    return Sealed(
        kind=str(opened.kinds_in_words.get(decision.kind, decision.kind)),
        documents=_documents(opened, decision.kind),
        effects=_effects(opened, decision.kind) if opened.is_file else (),
        answers=tuple(answer_lines(opened, decision.answers)),
        reasons=tuple(opened.reasons.get(code, code) for code in decision.reasons),
        motivation=decision.motivation,
        prepared_by=decision.prepared_by,
        prepared_at=decision.prepared_at,
        in_name_of=decision.in_name_of,
    )


def _documents(opened: OpenedCase, kind: str) -> tuple[str, ...]:
    if kind == Kind.REFUSE:
        return (_("Letter of refusal"),)
    if opened.procedure is None:
        return ()
    asked = [output for output in opened.procedure.outputs if kind in output.on]
    sure = [output for output in asked if output.when is None or output.each]
    if len(sure) < len(asked):
        situation = situation_of(opened.case, opened.procedure)
        sure = [output for output in asked if output in sure or situation.holds(output.when)]
    return tuple(str(output.title) for output in sure)


def _effects(opened: OpenedCase, kind: str) -> tuple[str, ...]:
    """What a measure does in the registers, in the words of the procedure."""
    effects = opened.procedure.effects if opened.procedure else ()
    return tuple(str(effect.says) for effect in effects if kind in effect.on)
