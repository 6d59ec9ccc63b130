"""Write beside a case: a note, its striking through, an original that was seen, and that this does not hold."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from design.forms import error_summary
from portal.backoffice.opened import OpenedCase
from portal.dossiers.forms import Seen, Why, Writing
from procedures import reading
from procedures.cases.access import case_for_staff
from procedures.cases.errors import NotAllowed
from procedures.cases.models import Case
from procedures.dossiers import services
from procedures.dossiers.access import rights
from procedures.dossiers.models import Note, Original
from procedures.dossiers.selectors import files_of_paper
from procedures.policies import staff
from procedures.refusal import Refusal

METHODS = ["GET", "HEAD", "POST"]


@staff()
@require_http_methods(METHODS)
def note(request: HttpRequest, case: UUID) -> HttpResponseBase:
    held = case_for_staff(request.user, case)
    form: Any = Writing(request.POST if request.method == "POST" else None)
    words = {"title": _("Internal note"), "button": _("Keep the note"), "done": _("The note is kept.")}

    def act() -> object:
        return services.write_note(case=held, by=request.user, text=form.cleaned_data["text"])

    return _asked(request, held, form, words, act, back="#notes")


@staff()
@require_http_methods(METHODS)
def strike(request: HttpRequest, case: UUID, note: UUID) -> HttpResponseBase:
    held = case_for_staff(request.user, case)
    found = get_object_or_404(Note, case=held, public_id=note)
    form: Any = Why(request.POST if request.method == "POST" else None)
    words = {"title": _("Strike the note through"), "button": _("Strike it through"), "quoted": found.text}
    words |= {"done": _("The note is struck through."), "lead": _("It stays readable, with your reason beside it.")}

    def act() -> object:
        return services.strike_note(note=found, by=request.user, reason=form.cleaned_data["reason"])

    return _asked(request, held, form, words, act, back="#notes")


@staff()
@require_http_methods(METHODS)
def original(request: HttpRequest, case: UUID) -> HttpResponseBase:
    """The paper and its row are named in the address, and in the form that comes back."""
    held = case_for_staff(request.user, case)
    asked = {name: (request.POST or request.GET).get(name, "") for name in ("paper", "row")}
    if not files_of_paper(held, **asked):
        raise Http404
    form: Any = Seen(request.POST if request.method == "POST" else None, initial=asked)
    words = {"title": _("Original seen"), "button": _("I have seen the original"), "quoted": _title(held, asked)}
    words |= {"done": _("That you saw the original is kept."), "lead": _("You had the paper itself in your hands:")}

    def act() -> object:
        return services.see_original(case=held, by=request.user, **form.cleaned_data)

    return _asked(request, held, form, words, act, back="#papers")


@staff()
@require_http_methods(METHODS)
def take_back(request: HttpRequest, case: UUID, seen: UUID) -> HttpResponseBase:
    held = case_for_staff(request.user, case)
    found = get_object_or_404(Original, case=held, public_id=seen)
    form: Any = Why(request.POST if request.method == "POST" else None)
    words = {"title": _("The original was not seen after all"), "button": _("Take it back")}
    words |= {"quoted": _title(held, {"paper": found.paper}), "done": _("It is taken back.")}
    words |= {"lead": _("What was noted stays readable, with your reason beside it.")}

    def act() -> object:
        return services.take_back_original(original=found, by=request.user, reason=form.cleaned_data["reason"])

    return _asked(request, held, form, words, act, back="#papers")


def _asked(
    request: HttpRequest, case: Case, form: Any, words: dict[str, str], act: Callable[[], object], *, back: str
) -> HttpResponseBase:
    """Ask, do it, or say what will not do; for whoever may not write there the page does not exist."""
    if not rights(request.user, case).writes:
        raise Http404
    opened = OpenedCase(case, request.user, get_language() or "ar")
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except NotAllowed:
            raise Http404 from None
        except Refusal as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, words["done"])
            return redirect(opened.address + back)
    return _page(request, opened, form, words)


def _page(request: HttpRequest, opened: OpenedCase, form: Any, words: dict[str, str]) -> HttpResponse:
    context = {"opened": opened, "case": opened.case, "form": form, "words": words, "here": request.path}
    summary = error_summary(form) if form.is_bound else ""
    return render(request, "dossiers/written.html", context | {"error_summary": summary})


def _title(case: Case, asked: dict[str, str]) -> str:
    return reading.read_label(case.snapshot.content, f"paper.{asked['paper']}", get_language() or "ar")
