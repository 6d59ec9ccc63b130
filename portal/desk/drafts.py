"""Drafts as a desk lists them: what was started, and the page on which it goes on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from procedures.registry import UnknownProcedure
from procedures.resolving import resolve
from procedures.wizard.models import Draft


@dataclass(frozen=True)
class OpenDraft:
    """A draft that was not filed, and the page on which it goes on."""

    draft: Draft
    title: str
    step: str
    saved_at: datetime
    expires_at: datetime


def shown_drafts(drafts: Iterable[Draft]) -> list[OpenDraft]:
    """Those whose procedure is still installed."""
    found = []
    for draft in drafts:
        try:
            procedure = resolve(draft.procedure, on=timezone.localdate())
        except UnknownProcedure:
            continue
        steps = [step.code for step in procedure.steps]
        ahead = [code for code in steps if code not in draft.done_steps]
        first = ahead[0] if ahead else "papers"
        found.append(OpenDraft(draft, str(procedure.title), first, draft.saved_at, draft.expires_at))
    return found
