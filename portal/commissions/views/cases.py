"""One case before the session: its file, its precedents, the vote; each opening of the file is on record."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from design.forms import error_summary
from portal.backoffice.acting import Filled
from portal.commissions.doors import enters, has_left, item_for, keeps, sits, tried, version_seen
from portal.commissions.forms import Adjourning, Hands, Proposal, Voting
from portal.commissions.showing import Hearing
from procedures import asking
from procedures.cases.access import record_reading
from procedures.cases.errors import Refused
from procedures.commissions import services
from procedures.commissions.models import Ballot, Item, Session
from procedures.commissions.selectors import BEFORE, open_ballot
from procedures.evidence.models import Upload
from procedures.evidence.services import open_paper
from procedures.refusal import Refusal


@enters
@require_safe
def case(request: HttpRequest, session: UUID, item: int) -> HttpResponse:
    return _page(request, item_for(request.user, session, item))


@enters
@require_safe
def paper(request: HttpRequest, session: UUID, item: int, upload: UUID) -> HttpResponseBase:
    held = item_for(request.user, session, item)
    if has_left(request.user, held):
        raise Http404
    found = get_object_or_404(Upload, case=held.case, pk=upload, state=Upload.State.CLEAN)
    with transaction.atomic():
        record_reading(held.case, by=request.user, action="paper.read", data={"upload": str(found.pk)})
    return open_paper(found)


@sits
@require_POST
def recusing(request: HttpRequest, session: UUID, item: int) -> HttpResponseBase:
    """A member leaves the room for this case; the secretary notes it of the member whom they name."""
    held = item_for(request.user, session, item)
    named = request.POST.get("member", "")
    who = held.session.attendances.filter(pk=named).first() if named.isdecimal() else None
    done = _("It is noted: who left the room does not vote on this case.")
    tried(request, lambda: services.recuse(item=held, by=request.user, attendance=who), done)
    return _back(held)


@keeps
@require_POST
def putting(request: HttpRequest, session: UUID, item: int) -> HttpResponseBase:
    held = item_for(request.user, session, item)
    hearing = _hearing(request, held)
    filled = proposal_of(hearing, request.POST)
    if not filled.are_valid():
        return _page(request, held, proposal=filled)
    said = filled.own.cleaned_data
    try:
        services.put_to_vote(
            item=held,
            by=request.user,
            opinion=said["opinion"],
            conditions=said["conditions"],
            explanation=said.get("explanation", ""),
            is_secret=said["is_secret"],
            answers=filled.answers(),
            version=version_seen(request),
        )
    except Refused as refused:
        filled.take(refused.faults)
        return _page(request, held, proposal=filled)
    except Refusal as refusal:
        field = refusal.field if refusal.field in filled.own.fields else None
        filled.own.add_error(field, str(refusal))
        return _page(request, held, proposal=filled, status=409 if isinstance(refusal, services.Overtaken) else 200)
    return _back(held)


@sits
@require_POST
def vote(request: HttpRequest, session: UUID, item: int) -> HttpResponseBase:
    held = item_for(request.user, session, item)
    form = Voting(request.POST)
    if not form.is_valid():
        return _page(request, held, voting=form)
    return _on_ballot(
        request,
        held,
        lambda ballot: services.cast_vote(ballot=ballot, by=request.user, choice=form.cleaned_data["choice"]),
        _("Your vote is taken."),
    )


@keeps
@require_POST
def hands(request: HttpRequest, session: UUID, item: int) -> HttpResponseBase:
    held = item_for(request.user, session, item)
    form = Hands(request.POST, voters=_hearing(request, held).hands_left)
    if not form.is_valid():
        return _page(request, held, hands=form)
    return _on_ballot(
        request,
        held,
        lambda ballot: services.record_hands(ballot=ballot, choices=form.choices(), by=request.user),
        _("The vote is counted."),
    )


@keeps
@require_POST
def counting(request: HttpRequest, session: UUID, item: int) -> HttpResponseBase:
    held = item_for(request.user, session, item)
    return _on_ballot(
        request, held, lambda ballot: services.count_votes(ballot=ballot, by=request.user), _("The vote is counted.")
    )


@keeps
@require_POST
def adjourning(request: HttpRequest, session: UUID, item: int) -> HttpResponseBase:
    held = item_for(request.user, session, item)
    later = _later(held)
    form = Adjourning(request.POST, sessions=later)
    if not form.is_valid():
        return _page(request, held, adjourning=form)
    to = next((each for each in later if str(each.public_id) == form.cleaned_data["to"]), None)
    put_off: dict[str, Any] = {"item": held, "reason": form.cleaned_data["reason"], "to": to, "by": request.user}
    tried(request, lambda: services.adjourn(**put_off, version=version_seen(request)), _("The case is adjourned."))
    return _back(held)


def proposal_of(hearing: Hearing, data: Any = None) -> Filled:
    """The forms of a proposal: the opinion, and what the stage asks of the commission."""
    own = Proposal(data, has_precedents=bool(hearing.precedents), initial=_initial(hearing))
    opened = hearing.opened
    procedure = opened.procedure
    blocks = [
        (block, asking.form_for(procedure, block, data=data, initial=opened.proposed(block), prefix=block.code))
        for block in opened.stage_blocks
        if procedure
    ]
    return Filled(own, blocks, needs_blocks=own.needs_blocks)


def _initial(hearing: Hearing) -> dict[str, Any]:
    return {"is_secret": hearing.session.commission.secret}


def _later(item: Item) -> list[Session]:
    """Sessions of the commission that are still to come."""
    return list(item.session.commission.sessions.filter(state__in=BEFORE).order_by("starts_at"))


def _on_ballot(request: HttpRequest, item: Item, act: Callable[[Ballot], object], done: str) -> HttpResponseBase:
    ballot = open_ballot(item)
    if ballot is None:
        tried(request, _closed)
    else:
        tried(request, lambda: act(ballot), done)
    return _back(item)


def _closed() -> None:
    raise Refusal(_("No vote is open on this case."))


def _hearing(request: HttpRequest, item: Item) -> Hearing:
    return Hearing(item, request.user, (get_language() or "ar")[:2])


def _back(item: Item) -> HttpResponseBase:
    return redirect("commissions:case", session=item.session.public_id, item=item.pk)


def _page(
    request: HttpRequest,
    item: Item,
    *,
    proposal: Filled | None = None,
    voting: Voting | None = None,
    hands: Hands | None = None,
    adjourning: Adjourning | None = None,
    status: int = 200,
) -> HttpResponse:
    hearing = _hearing(request, item)
    context = {"room": hearing, "session": item.session, "item": item, "opened": hearing.opened, "case": item.case}
    if has_left(request.user, item):
        return render(request, "commissions/left.html", context)
    record_reading(item.case, by=request.user, action="case.read")
    context["file"] = hearing.file
    decides = hearing.keeps and item.session.state == Session.State.OPEN and item.state == Item.State.WAITING
    if decides:
        context["hands"] = hands or Hands(voters=hearing.hands_left)
        context["adjourning"] = adjourning or Adjourning(sessions=_later(item))
        if hearing.ballot is None:
            context["proposal"] = proposal or proposal_of(hearing)
    if hearing.may_vote:
        context["voting"] = voting or Voting()
    asked = [*(proposal.all() if proposal else ()), *(each for each in (voting, hands, adjourning) if each)]
    context |= {"decides": decides, "error_summary": error_summary(*asked) if asked else ""}
    return render(request, "commissions/case.html", context, status=status)
