"""The minutes of a session: drafted, read, mended, closed, signed, and the sealed file."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from design.forms import error_summary
from portal.accounts.reauthentication import require_recent
from portal.commissions.doors import chairs, enters, keeps, session_for, session_kept_by, sits, tried, version_seen
from portal.commissions.forms import Mending, Remark
from portal.commissions.showing import Room
from procedures.audit.services import append
from procedures.commissions import services
from procedures.commissions.minutes import content_of
from procedures.commissions.models import Item, Session
from procedures.documents.access import open_document
from procedures.documents.models import Document

WRITTEN = (Session.State.ENDED, Session.State.CLOSED, Session.State.SIGNED)


@enters
@require_safe
def minutes(request: HttpRequest, session: UUID) -> HttpResponse:
    return _page(request, _written(request, session))


@sits
@require_POST
def reading(request: HttpRequest, session: UUID) -> HttpResponseBase:
    held, form = _written(request, session), Remark(request.POST)
    remark = form.cleaned_data["remark"] if form.is_valid() else ""
    done = _("It is noted that you have read the minutes.")
    tried(request, lambda: services.read_minutes(session=held, by=request.user, remark=remark), done)
    return redirect("commissions:minutes", session=session)


@keeps
@require_POST
def correcting(request: HttpRequest, session: UUID) -> HttpResponseBase:
    held = session_kept_by(request.user, session)
    form = Mending(request.POST, session=held)
    if not form.is_valid():
        return _page(request, held, mending=form)
    mend: dict[str, Any] = {
        "session": held,
        "by": request.user,
        "wordings": form.wordings(),
        "version": version_seen(request),
    }
    remarks = form.cleaned_data["remarks"]
    tried(request, lambda: services.correct_minutes(**mend, remarks=remarks), _("The draft is saved."))
    return redirect("commissions:minutes", session=session)


@keeps
@require_POST
def closing(request: HttpRequest, session: UUID) -> HttpResponseBase:
    held = session_kept_by(request.user, session)
    close: dict[str, Any] = {"session": held, "by": request.user, "version": version_seen(request)}
    done = _("The minutes are closed. Whoever chaired the session is to sign them.")
    tried(request, lambda: services.close_minutes(**close), done)
    return redirect("commissions:minutes", session=session)


@chairs
@require_http_methods(["POST"])
@require_recent
def signing(request: HttpRequest, session: UUID) -> HttpResponseBase:
    held = _written(request, session)
    sign: dict[str, Any] = {"session": held, "by": request.user, "version": version_seen(request)}
    done = _("You have signed. The minutes are being sealed, and the opinions go on to their cases.")
    tried(request, lambda: services.sign_minutes(**sign), done)
    return redirect("commissions:minutes", session=session)


@chairs
@require_POST
def returning(request: HttpRequest, session: UUID) -> HttpResponseBase:
    held = _written(request, session)
    back: dict[str, Any] = {"session": held, "by": request.user, "version": version_seen(request)}
    remark = request.POST.get("remark", "")[:2000]
    done = _("The minutes went back to the secretary.")
    tried(request, lambda: services.send_back_minutes(**back, remark=remark), done)
    return redirect("commissions:minutes", session=session)


@keeps
@require_POST
def carrying(request: HttpRequest, session: UUID) -> HttpResponseBase:
    held = session_kept_by(request.user, session)
    again: dict[str, Any] = {"session": held, "by": request.user}
    tried(request, lambda: services.carry_again(**again), _("What was not sent yet is sent again in your name."))
    return redirect("commissions:minutes", session=session)


@enters
@require_safe
def file(request: HttpRequest, session: UUID) -> HttpResponseBase:
    held = _written(request, session)
    if held.document is None or held.document.state != Document.State.ISSUED:
        raise Http404
    with transaction.atomic():
        append(action="document.opened", subject=held.document, actor=request.user)
    return open_document(held.document)


def _written(request: HttpRequest, session: UUID) -> Session:
    held = session_for(request.user, session)
    if held.state not in WRITTEN:
        raise Http404
    return held


def _page(request: HttpRequest, held: Session, *, mending: Mending | None = None) -> HttpResponse:
    room = Room(held, request.user, (get_language() or "ar")[:2])
    context = {
        "room": room,
        "session": held,
        "draft": content_of(held),
        "sealed": held.document if held.document and held.document.state == Document.State.ISSUED else None,
        "stuck": held.state == Session.State.SIGNED and any(each.state == Item.State.ADOPTED for each in room.items),
        "error_summary": error_summary(mending) if mending else "",
    }
    if held.state == Session.State.ENDED:
        context["remark"] = Remark(initial={"remark": room.mine.remark if room.mine else ""})
        if room.keeps:
            context["mending"] = mending or Mending(session=held)
    return render(request, "commissions/minutes.html", context)
