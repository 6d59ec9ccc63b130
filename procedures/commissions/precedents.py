"""Precedents: earlier opinions of a commission on what answers alike, and whether a proposal departs from them."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from procedures.cases.folding import fold
from procedures.cases.models import Case
from procedures.cases.selectors import answers_of
from procedures.cases.situations import procedure_of
from procedures.commissions.models import Ballot, Item, Session
from procedures.definition import Commission as CommissionStage
from procedures.registry import UnknownProcedure


@dataclass(frozen=True)
class Precedent:
    """What was thought of a like case, and what was decided then."""

    item: Item
    day: date
    ballot: Ballot | None
    outcome: str  # of the case, "" while it is open

    def is_like(self, opinion: str, answers: Mapping[str, Any]) -> bool:
        return self.item.opinion == opinion and self.item.answers == dict(answers)


def alike(case: Case) -> dict[str, str]:
    """The answers by which precedents of this case are found, by address; none where its stage names no address."""
    try:
        procedure = procedure_of(case)
    except UnknownProcedure:
        return {}
    stage = procedure.route[case.stage] if case.stage < len(procedure.route) else None
    if not isinstance(stage, CommissionStage):
        return {}
    answers = answers_of(case)
    return {address: _answer(answers, address) for address in stage.precedents}


def key_of(case: Case) -> str:
    """A digest of the folded answers: spelling, case and vowel signs tell no two diplomas apart. "" without any."""
    found = {address: fold(text) for address, text in alike(case).items()}
    if not all(found.values()) or not found:
        return ""
    canonical = json.dumps([case.procedure, sorted(found.items())], ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def precedents_of(item: Item) -> list[Precedent]:
    """Opinions that left a signed session on what is alike, the latest first; of one's own case, none."""
    if not item.key:
        return []
    past = Item.objects.filter(key=item.key, state=Item.State.CARRIED, session__state=Session.State.SIGNED)
    found = past.exclude(case=item.case_id).select_related("session", "case").prefetch_related("ballots")
    return [
        Precedent(each, timezone.localdate(each.session.opened_at), _adopted(each), each.case.outcome)
        for each in found.order_by("-session__opened_at", "-pk")
    ]


def departs_from(precedents: Sequence[Precedent], opinion: str, answers: Mapping[str, Any]) -> int:
    """How many precedents a proposal departs from where those are half of them or more; else none."""
    other = sum(not each.is_like(opinion, answers) for each in precedents)
    return other if precedents and other * 2 >= len(precedents) else 0


def _adopted(item: Item) -> Ballot | None:
    return next((each for each in item.ballots.all() if each.result == Ballot.Result.ADOPTED), None)


def _answer(answers: Mapping[str, Any], address: str) -> str:
    block, _, name = address.partition(".")
    given = answers.get(block)
    return str(given.get(name) or "") if isinstance(given, dict) else ""
