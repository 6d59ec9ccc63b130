"""A session that was planned or called is moved, or cancelled, with the reason that those who were called read."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from design.forms import error_summary
from portal.commissions.doors import keeps, session_kept_by, version_seen
from portal.commissions.forms import Cancelling, Moving
from procedures.commissions import services
from procedures.commissions.models import Session
from procedures.commissions.selectors import BEFORE
from procedures.refusal import Refusal

METHODS = ["GET", "HEAD", "POST"]


@keeps
@require_http_methods(METHODS)
def changing(request: HttpRequest, session: UUID) -> HttpResponseBase:
    """Another day, hour or place."""
    held = _before(request, session)
    starts_at = timezone.localtime(held.starts_at)
    initial = {
        "day": starts_at.date(),
        "time": f"{starts_at:%H:%M}",
        "place_ar": held.place_ar,
        "place_fr": held.place_fr,
        "mode": held.mode,
    }
    form = Moving(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = {"starts_at": form.starts_at(), "place": form.place(), "mode": form.cleaned_data["mode"]}
        if _done(request, form, services.move_session, held, **said):
            return _back(request, held, _("The session has moved. Those who were called are told."))
    return _page(request, "commissions/change.html", held, form)


@keeps
@require_http_methods(METHODS)
def cancelling(request: HttpRequest, session: UUID) -> HttpResponseBase:
    held = _before(request, session)
    form = Cancelling(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _done(request, form, services.cancel_session, held):
        return _back(request, held, _("The session is cancelled. Its cases wait in the queue again."))
    return _page(request, "commissions/cancel.html", held, form)


def _before(request: HttpRequest, session: UUID) -> Session:
    held = session_kept_by(request.user, session)
    if held.state not in BEFORE:
        raise Http404
    return held


def _done(request: HttpRequest, form: Any, act: Any, held: Session, **said: Any) -> bool:
    reason, version = form.cleaned_data["reason"], version_seen(request)
    try:
        act(session=held, reason=reason, by=request.user, version=version, **said)
    except Refusal as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return False
    return True


def _back(request: HttpRequest, held: Session, words: str) -> HttpResponseBase:
    messages.success(request, words)
    return redirect("commissions:session", session=held.public_id)


def _page(request: HttpRequest, template: str, held: Session, form: Any) -> HttpResponseBase:
    waiting = held.items.filter(state="waiting").count()
    context = {"session": held, "form": form, "waiting": waiting, "error_summary": error_summary(form)}
    return render(request, template, context)
