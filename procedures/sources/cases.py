"""What earlier cases of the same person, or of the same organisation, hold."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from procedures.asking import blocks_of
from procedures.cases.models import Case
from procedures.cases.selectors import answers_of, cases_of, cases_of_organisation
from procedures.consents.selectors import agrees
from procedures.consents.texts import REUSE
from procedures.definition import Block, Group
from procedures.registry import UnknownProcedure, procedure
from procedures.sources.known import Known, Origin
from procedures.sources.models import Taken
from procedures.wizard.models import Draft

LOOKED_AT = 5  # the latest cases; what is older than those has probably changed
NEVER_AGAIN = ("Accept",)  # what is agreed to is agreed to each time


def earlier_cases(draft: Draft) -> QuerySet[Case]:
    """Cases from which a draft may take, the latest first: the organisation's for an organisation, else one's own.

    One's own are looked at only by consent.
    """
    if not draft.organisation and not agrees(draft.owner, REUSE):
        return Case.objects.none()
    return _filed(draft)[:LOOKED_AT]


def wants_consent(draft: Draft) -> bool:
    """Whether there are earlier cases that a consent would open to this draft."""
    return not draft.organisation and not agrees(draft.owner, REUSE) and _filed(draft).exists()


def _filed(draft: Draft) -> QuerySet[Case]:
    return cases_of_organisation(draft.organisation) if draft.organisation else cases_of(draft.owner)


def origin_of(case: Case) -> Origin:
    return Origin(Taken.Origin.CASE, case.number, timezone.localdate(case.filed_at))


def known_from_cases(draft: Draft) -> Iterator[Known]:
    for case in earlier_cases(draft):
        try:
            asked = procedure(case.procedure)
        except UnknownProcedure:
            continue
        answers, same = answers_of(case), case.procedure == draft.procedure
        facts: dict[str, Any] = {}
        by_address: dict[str, Any] = {}
        groups: dict[str, Any] = {}
        for block in (block for step in asked.steps for block in blocks_of(step) if not block.confidential):
            given = answers.get(block.code)
            if isinstance(block, Group):
                groups |= {block.code: given} if given and same else {}
                continue
            for name, value in told(block, given or {}).items():
                by_address |= {f"{block.code}.{name}": value} if same else {}
                if fact := getattr(block.asks.base_fields[name], "fact", ""):
                    facts.setdefault(fact, value)
        yield Known(origin_of(case), facts, by_address, groups)


def told(block: Block, given: dict[str, Any]) -> dict[str, Any]:
    """Answers of a block that may be given again: neither blank nor a consent."""
    fields = block.asks.base_fields
    return {
        name: value
        for name, value in given.items()
        if name in fields and value not in (None, "", []) and getattr(fields[name], "type", "") not in NEVER_AGAIN
    }
