"""Start, claim, save, discard and purge drafts; filing has a module of its own."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from procedures.definition import Procedure
from procedures.evidence.models import Upload
from procedures.evidence.shelves import delete_file
from procedures.mandates.models import Mandate
from procedures.mandates.services import begin_errand
from procedures.wizard.access import HELD, held_ids, hold_draft
from procedures.wizard.models import Draft, DraftLink
from procedures.wizard.selectors import ended, open_drafts

SAVED = ("answers", "typed", "done_steps", "procedure_version", "saved_at", "expires_at", "end_told_at")
NOTICE = timedelta(days=7)  # between the news that a draft ends and its end, at least


class StaleDraft(Exception):
    """Another tab or device saved the draft since this page was shown."""


def start_draft(
    *,
    request: HttpRequest,
    procedure: Procedure,
    organisation: UUID | None = None,
    mandate: Mandate | None = None,
) -> Draft:
    """A new draft, or the person's own that is still untouched (a double click starts one).

    `organisation` is the public id of the body for which it will be filed; the caller has asked whether they may.
    Under a `mandate` it is its principal's; raises Refusal where that does not hold for this procedure today.
    """
    if mandate is not None:
        return _start_for(request, procedure, mandate)
    started = open_drafts(request, procedure.code).filter(organisation=organisation)
    if organisation is None and request.user.is_authenticated:
        started = started.filter(owner=request.user)  # not what is filled in for somebody else
    if organisation is not None and request.user.is_authenticated:
        started = started.filter(owner=request.user)  # a colleague may just be at its first page
    untouched = started.filter(version=0, procedure_version=procedure.version).first()
    if untouched:
        return untouched
    owner = request.user if request.user.is_authenticated else None
    draft = new_draft(procedure=procedure, owner=owner, organisation=organisation)
    if draft.owner_id is None:
        hold_draft(request, draft)
    return draft


@transaction.atomic
def _start_for(request: HttpRequest, procedure: Procedure, mandate: Mandate) -> Draft:
    draft = new_draft(procedure=procedure, owner=mandate.principal)
    begin_errand(draft_id=draft.pk, procedure=procedure.code, mandate=mandate, by=request.user)
    return draft


def new_draft(*, procedure: Procedure, owner: Any, organisation: UUID | None = None) -> Draft:
    """A draft of nobody (`owner` is None), of an account, or of the body for which that account will file it."""
    now = timezone.now()
    return Draft.objects.create(
        owner=owner,
        organisation=organisation,
        procedure=procedure.code,
        procedure_version=procedure.version,
        language=get_language() or "ar",
        saved_at=now,
        expires_at=_expiry(now),
    )


def claim_drafts(request: HttpRequest, user: Any) -> int:
    """Give the drafts that this session started to the account that has just logged in; returns how many."""
    held = held_ids(request)
    if not held:
        return 0
    claimed = Draft.objects.filter(pk__in=held, owner=None, filed_at=None).update(owner=user)
    Upload.objects.filter(draft__pk__in=held, received_from=None, draft__owner=user).update(received_from=user)
    DraftLink.objects.filter(draft__pk__in=held, draft__owner=user).delete()  # an account opens it from now on
    del request.session[HELD]
    return claimed


def save_draft(*, draft: Draft) -> None:
    """One UPDATE, which counts only if nobody saved since `draft` was read; raise StaleDraft otherwise."""
    draft.saved_at = timezone.now()
    draft.expires_at = _expiry(draft.saved_at)
    draft.end_told_at = None
    values = {name: getattr(draft, name) for name in SAVED}
    unchanged = Draft.objects.filter(pk=draft.pk, version=draft.version, filed_at=None)
    if not unchanged.update(version=draft.version + 1, **values):
        raise StaleDraft
    draft.version += 1


def discard_draft(*, draft: Draft) -> None:
    """Delete a draft with its papers, at its owner's wish; one that was filed does not exist any more (Http404)."""
    with transaction.atomic():
        held = Draft.objects.select_for_update().filter(pk=draft.pk, filed_at=None).first()
        if held is None:
            raise Http404
        _delete(held)


def purge_drafts(*, now: datetime) -> int:
    """Delete every draft past its day, with its files; the emptied rows of filed ones go on the same day.

    What somebody can be told of goes a week after they were told at the earliest, however long the portal was down.
    """
    gone, due = 0, ended(now)
    for pk in list(due.values_list("pk", flat=True)):
        with transaction.atomic():
            held = Draft.objects.select_for_update().filter(pk=pk, expires_at__lte=now).first()
            if held and due.filter(pk=pk).exists():
                _delete(held)
                gone += 1
    return gone


@transaction.atomic
def note_end_told(*, draft: Draft, now: datetime) -> None:
    """Its person has been told when it ends, which is a week from now at the earliest."""
    held = Draft.objects.select_for_update().get(pk=draft.pk)
    held.end_told_at, held.expires_at = now, max(held.expires_at, now + NOTICE)
    held.save(update_fields=("end_told_at", "expires_at"))
    draft.expires_at = held.expires_at


def _delete(draft: Draft) -> None:
    stored = list(draft.uploads.values_list("stored", flat=True))
    stored += [path for parcel in draft.parcels.all() for path in parcel.parts]
    draft.delete()
    transaction.on_commit(lambda: _delete_files(stored))


def _delete_files(paths: list[str]) -> None:
    for path in paths:
        delete_file(path)


def _expiry(now: datetime) -> datetime:
    return now + timedelta(days=settings.TAKWIN_DRAFT_DAYS)
