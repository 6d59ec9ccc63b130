"""Say that one is away and who acts meanwhile, do it for a colleague of one's office, and say that somebody is back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.absences.forms import Declaring, Returning
from portal.absences.showing import Absences
from portal.administration.asking import refuse
from procedures.offices.absences import (
    BY_ABSENCE,
    declare_absence,
    delegates_for,
    end_absence,
    headed_by,
    may_declare_for,
    signs,
)
from procedures.offices.models import Absence
from procedures.policies import staff
from procedures.refusal import Refusal

at_a_desk = staff(*BY_ABSENCE)
METHODS = ["GET", "HEAD", "POST"]


@at_a_desk
@require_safe
def absences(request: HttpRequest) -> HttpResponse:
    return render(request, "absences/absences.html", {"page": Absences(request.user)})


@at_a_desk
@require_http_methods(METHODS)
def declaring(request: HttpRequest) -> HttpResponseBase:
    return _declare(request, request.user)


@at_a_desk
@require_http_methods(METHODS)
def declaring_for(request: HttpRequest, person: int) -> HttpResponseBase:
    """For whoever heads an office: a colleague who cannot say it themselves."""
    found = get_object_or_404(get_user_model(), pk=person, is_active=True)
    if found.pk == request.user.pk:
        return redirect("absences:declare")
    if not any(person in serving for _office, serving in headed_by(request.user)):
        raise Http404
    return _declare(request, found)


@at_a_desk
@require_http_methods(METHODS)
def returning(request: HttpRequest, absence: int) -> HttpResponseBase:
    held = get_object_or_404(Absence.objects.select_related("person"), pk=absence, until__gte=timezone.localdate())
    if not may_declare_for(request.user, held.person):
        raise Http404
    form = Returning(request.POST if request.method == "POST" else None, initial={"on": timezone.localdate()})

    def act(said: dict[str, Any]) -> None:
        end_absence(absence=held, by=request.user, **said)

    if _done(request, form, act, _("The absence is ended. From that day on nobody acts in this name.")):
        return redirect("absences:absences")
    return render(request, "absences/back.html", {"form": form, "absence": held})


def _declare(request: HttpRequest, person: Any) -> HttpResponseBase:
    given: dict[str, Any] = {
        "colleagues": delegates_for(person).exclude(pk=_nobody(request, person)),
        "signs": signs(person),
    }
    form = Declaring(request.POST if request.method == "POST" else None, **given)

    def act(said: dict[str, Any]) -> None:
        declare_absence(person=person, by=request.user, **said)

    if _done(request, form, act, _("The absence is noted.")):
        return redirect("absences:absences")
    return render(request, "absences/declare.html", {"form": form, "person": person})


def _nobody(request: HttpRequest, person: Any) -> int:
    """Whoever notes it for a colleague does not choose themselves."""
    return int(request.user.pk or 0) if request.user.pk != person.pk else 0


def _done(request: HttpRequest, form: Any, act: Callable[[dict[str, Any]], None], words: str) -> bool:
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act(form.described())
    except Refusal as refused:
        refuse(form, refused)
        return False
    messages.success(request, words)
    return True
