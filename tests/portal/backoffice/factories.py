"""Officers who sit at their screens: signed in, second factor used."""

from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import translation

from procedures.cases.models import Case
from procedures.documents.selectors import open_proposal
from tests.portal.accounts.factories import with_second_factor


def at_screen_of(person: Any, *, seconds_ago: float = 0) -> Client:
    """A client in whose session this person used the second factor some seconds ago."""
    return with_second_factor(Client(), person, seconds_ago=seconds_ago)


def page_of(case: Case, *, language: str = "en") -> str:
    with translation.override(language):
        return reverse("backoffice:case", args=(case.public_id,))


def act_on(case: Case, action: str) -> str:
    return f"{page_of(case)}{action}/"


def typed(case: Case, **data: Any) -> dict[str, Any]:
    """What the form of an act posts: the version that the officer saw, and what they typed."""
    return {"version": str(case.version)} | data


def answer_to(document: Any, approve: str) -> dict[str, Any]:
    """What the buttons under the open proposal send."""
    proposal = open_proposal(document)
    return {"approve": approve, "proposal": proposal.pk if proposal else 0}
