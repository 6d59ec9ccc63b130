"""What a file about two entries of the register asks and rules, and what its decision does with them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procedures import api as p
from procedures.api import fields as f
from procedures.refusal import Refusal
from registers.people.merging import keep_apart, merge, tell_apart
from registers.people.models import DuplicateProposal, Person

MERGE, SPLIT = "merge", "split"
OLDER, NEWER = "older", "newer"
State = DuplicateProposal.State


class ProposalField(f.Text):
    """The number of a pair of entries that the register proposes, as its list gives it."""

    sample = "1"
    direction = "ltr"
    names_a_person = True
    refusals = {"pair": gettext_lazy("“%(label)s” is no number of a pair. Copy it from the list of duplicates.")}

    def django(self, **options: Any) -> dict[str, Any]:
        return super().django(least=1, most=12)

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not (value.isascii() and value.isdecimal()):
            raise ValidationError("", code="pair")

    def names_of(self, value: Any) -> tuple[str, str]:
        found = proposal_of(str(value))
        if found is None:
            return "", ""
        left, right = found.left, found.right
        return _named(left, "ar") or _named(right, "ar"), _named(left, "lat") or _named(right, "lat")

    def shown(self, value: Any, language: str) -> str:
        found = proposal_of(str(value))
        script = "ar" if language == "ar" else "lat"
        names = [_named(one, script) or str(one) for one in (found.left, found.right)] if found else []
        told = " · ".join(f"\u2068{name}\u2069" for name in names)
        return f"{value} ({told})" if told else str(value)


def proposal_of(number: str) -> DuplicateProposal | None:
    """The pair of this number, with both entries."""
    if not (number.isascii() and number.isdecimal()):
        return None
    return DuplicateProposal.objects.select_related("left", "right").filter(pk=int(number)).first()


def pair_may_be_decided(proposal: p.Need, act: p.Need) -> p.Rule:
    """To be decided on, a pair waits for it; to be told apart again, its entries were made one."""

    @p.fact(proposal, title=gettext_lazy("What was decided on the pair"))
    def state_of_pair(proposal: str) -> str:
        found = proposal_of(proposal)
        return found.state if found else ""

    @p.rule(
        act,
        state_of_pair,
        says=gettext_lazy("This pair does not wait for this decision. See in the list of duplicates what holds of it."),
        title=gettext_lazy("The pair waits for this decision"),
    )
    def pair_may_be_decided(act: str, state: str) -> bool:
        return state == {MERGE: State.OPEN, SPLIT: State.MERGED}.get(act)

    return pair_may_be_decided


def decide_on_pair(case: p.DecidedCase, number: str, act: str, *, reason: str, keep: str = OLDER) -> None:
    """Merge the entries, the older or the newer one kept, or tell apart again what was merged.

    Raises Refusal where somebody decided on the pair meanwhile.
    """
    found = _found(number)
    if act == SPLIT:
        tell_apart(proposal=found, reason=reason, case_id=case.case_id)
    else:
        into = found.right if keep == NEWER else found.left
        merge(proposal=found, reason=reason, into=into, case_id=case.case_id)


def keep_pair_apart(case: p.DecidedCase, number: str, *, reason: str) -> None:
    """They are two persons: the pair is never proposed again."""
    keep_apart(proposal=_found(number), reason=reason, case_id=case.case_id)


def _found(number: str) -> DuplicateProposal:
    found = proposal_of(number)
    if found is None:
        raise Refusal(_("The register does not know this pair any more."))
    return found


def _named(person: Person, script: str) -> str:
    return f"{getattr(person, f'first_{script}')} {getattr(person, f'last_{script}')}".strip()
