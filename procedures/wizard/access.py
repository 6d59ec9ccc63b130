"""The one door from a request to a draft: its owner's account, those who file for its organisation, or its session."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest

from procedures.cases.at_desk import desk_filing
from procedures.mandates.selectors import acting_for
from procedures.representation import files_for
from procedures.wizard.models import Draft

HELD = "drafts"  # session key: ids of drafts started without an account


def own_draft(request: HttpRequest, draft_id: UUID) -> Draft:
    """The draft, if this person may see it; anyone else's does not exist (Http404)."""
    draft = Draft.objects.filter(pk=draft_id).first()
    if draft is None or not _is_own(request, draft):
        raise Http404
    return draft


def hold_draft(request: HttpRequest, draft: Draft) -> None:
    """Let this session keep a draft that has no owner yet."""
    request.session[HELD] = [*request.session.get(HELD, ()), str(draft.pk)]


def held_ids(request: HttpRequest) -> list[str]:
    session: Any = getattr(request, "session", None)
    return list(session.get(HELD, ())) if session is not None else []


def _is_own(request: HttpRequest, draft: Draft) -> bool:
    if draft.organisation is not None:
        return files_for(request.user, draft.organisation)
    if draft.owner_id is None:
        return str(draft.pk) in held_ids(request)
    if not request.user.is_authenticated:
        return False
    mine = draft.owner_id == request.user.pk
    return mine or acting_for(request.user, draft.pk) is not None or is_at_desk(request, draft)


def is_at_desk(request: HttpRequest, draft: Draft) -> bool:
    """Whether an officer fills it in with its owner beside them, in the session in which they began."""
    if draft.owner_id in (None, request.user.pk) or str(draft.pk) not in held_ids(request):
        return False
    return desk_filing(draft.pk, request.user) is not None
