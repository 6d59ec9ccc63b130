"""Sessions: the list, a new one, its agenda, the call, who came, and the end of the deliberations."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from design.forms import error_summary
from portal.backoffice.timing import clocks_of
from portal.commissions.doors import enters, item_for, keeps, session_for, session_kept_by, tried, version_seen
from portal.commissions.forms import Planning
from portal.commissions.showing import Room
from procedures.commissions import services
from procedures.commissions.models import Session
from procedures.commissions.selectors import kept_by, not_set_up, queue_of, sessions_of
from procedures.offices.models import Role
from procedures.offices.selectors import roles_of
from procedures.refusal import Refusal

MOST_LISTED = 100


@enters
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The sessions that concern this person, and for a secretary what waits for one."""
    found = Session.objects.select_related("commission") if _audits(request) else sessions_of(request.user)
    kept = [(each, queue_of(each).count()) for each in kept_by(request.user)]
    context = {"sessions": found[:MOST_LISTED], "kept": kept, "not_set_up": not_set_up() if kept else ()}
    return render(request, "commissions/home.html", context)


@keeps
@require_http_methods(["GET", "HEAD", "POST"])
def planning(request: HttpRequest, commission: str) -> HttpResponseBase:
    found = get_object_or_404(kept_by(request.user), code=commission)
    form = Planning(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.plan_session(
                commission=found,
                starts_at=form.starts_at(),
                place=form.place(),
                mode=form.cleaned_data["mode"],
                by=request.user,
            )
        except Refusal as refused:
            form.add_error("day", str(refused))
        else:
            messages.success(request, _("The session has its number. Now choose its cases."))
            return redirect("commissions:agenda", session=made.public_id)
    context = {"form": form, "commission": found, "error_summary": error_summary(form)}
    return render(request, "commissions/plan.html", context)


@enters
@require_safe
def session(request: HttpRequest, session: UUID) -> HttpResponse:
    return _page(request, "commissions/session.html", session_for(request.user, session))


@keeps
@require_http_methods(["GET", "HEAD", "POST"])
def agenda(request: HttpRequest, session: UUID) -> HttpResponseBase:
    """The queue beside the agenda: what is ticked is added."""
    held = session_kept_by(request.user, session)
    if request.method == "POST":
        chosen = _chosen(request.POST)
        done = _("The agenda is saved.")
        add = partial(
            services.add_to_agenda, session=held, cases=chosen, by=request.user, version=version_seen(request)
        )
        if tried(request, add, done):
            return redirect("commissions:session", session=held.public_id)
        return redirect("commissions:agenda", session=held.public_id)
    waiting = list(queue_of(held.commission)[:MOST_LISTED])
    rows = list(zip(waiting, clocks_of(waiting) if waiting else [], strict=True))
    return _page(request, "commissions/agenda.html", held, queue=rows)


@keeps
@require_POST
def removing(request: HttpRequest, session: UUID, item: int) -> HttpResponseBase:
    found, seen = item_for(request.user, session, item), version_seen(request)
    tried(request, lambda: services.remove_from_agenda(item=found, by=request.user, version=seen))
    return redirect("commissions:session", session=session)


@keeps
@require_POST
def moving(request: HttpRequest, session: UUID, item: int) -> HttpResponseBase:
    found, up = item_for(request.user, session, item), request.POST.get("to") == "earlier"
    tried(request, lambda: services.move_on_agenda(item=found, up=up, by=request.user, version=version_seen(request)))
    return redirect("commissions:session", session=session)


@keeps
@require_POST
def convening(request: HttpRequest, session: UUID) -> HttpResponseBase:
    held = session_kept_by(request.user, session)
    call: dict[str, Any] = {"session": held, "by": request.user, "version": version_seen(request)}
    tried(request, lambda: services.convene(**call), _("The members are called. Each is told by a message."))
    return redirect("commissions:session", session=session)


@keeps
@require_POST
def attendance(request: HttpRequest, session: UUID) -> HttpResponseBase:
    """Who came and who chairs: opens the session the first time, and is noted again afterwards."""
    held = session_kept_by(request.user, session)
    chair = request.POST.get("chair", "")
    told: dict[str, Any] = {
        "session": held,
        "present": {int(pk) for pk in request.POST.getlist("present") if pk.isdecimal()},
        "chair": int(chair) if chair.isdecimal() else None,
        "by": request.user,
        "version": version_seen(request),
    }
    if held.state == Session.State.CONVENED:
        tried(request, lambda: services.open_session(**told), _("The session is open."))
    else:
        tried(request, lambda: services.note_attendance(**told), _("Who is there is noted."))
    return redirect("commissions:session", session=session)


@keeps
@require_POST
def ending(request: HttpRequest, session: UUID) -> HttpResponseBase:
    held = session_kept_by(request.user, session)
    end: dict[str, Any] = {"session": held, "by": request.user, "version": version_seen(request)}
    if tried(request, lambda: services.end_session(**end), _("The deliberations are over. The minutes are drafted.")):
        return redirect("commissions:minutes", session=session)
    return redirect("commissions:session", session=session)


def _page(request: HttpRequest, template: str, held: Session, **more: Any) -> HttpResponse:
    room = Room(held, request.user, (get_language() or "ar")[:2])
    return render(request, template, {"room": room, "session": held} | more)


def _chosen(data: QueryDict) -> list[UUID]:
    found = []
    for typed in data.getlist("case"):
        try:
            found.append(UUID(typed))
        except ValueError:
            continue
    return found


def _audits(request: HttpRequest) -> bool:
    return Role.AUDITOR in roles_of(request.user)
