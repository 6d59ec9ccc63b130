"""Note what was taken from where, carry it to the case, and say it to whoever reads the answers."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from procedures.cases.models import Case
from procedures.sources.known import Origin
from procedures.sources.models import Taken
from procedures.wizard.models import Draft


@transaction.atomic
def note_taken(*, draft: Draft, taken: Iterable[tuple[str, Origin, Any]]) -> None:
    """Keep, for each path, where its answer was taken from; taking it again from elsewhere replaces that."""
    for path, origin, value in taken:
        told = {"origin": origin.kind, "number": origin.number, "on": origin.on, "digest": digest_of(value)}
        Taken.objects.update_or_create(draft=draft, path=path, defaults=told)


def carry_to_case(*, draft: Draft, case: Case) -> None:
    """Inside the filing: from now on the origins belong to the case."""
    Taken.objects.filter(draft=draft).update(draft=None, case=case)


def origins_of(owner: Draft | Case, answers: Mapping[str, Any]) -> dict[str, Origin]:
    """By path, where an answer comes from, while it is still as it was taken; papers by "paper.code"."""
    kept = Taken.objects.filter(**{"draft" if isinstance(owner, Draft) else "case": owner})
    return {
        each.path: Origin(each.origin, each.number, each.on)
        for each in kept
        if each.path.startswith("paper.") or digest_of(_at(answers, each.path)) == each.digest
    }


def digest_of(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()


def _at(answers: Mapping[str, Any], path: str) -> Any:
    block, _dot, name = path.partition(".")
    held = answers.get(block)
    return held.get(name) if name and isinstance(held, Mapping) else held
