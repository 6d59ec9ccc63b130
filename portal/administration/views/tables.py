"""Lists of reference loaded from a file: first what would change is shown, then the same table is loaded."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods

from portal.administration.asking import refuse
from portal.administration.forms.nomenclature import Table
from portal.administration.rooms import changes, show
from portal.administration.words import FIELDS
from procedures.refusal import Refusal
from procedures.tables import MOST_BYTES, Difference, text_of
from registers.places import editing as places
from registers.specialities import tables as specialities

FAULTS_SHOWN, CHANGES_SHOWN = 100, 200


@dataclass(frozen=True)
class List_:
    """A list that is kept as a table: its columns, and the services that compare and load it."""

    title: str
    back: str
    back_label: str
    columns: tuple[Any, ...]
    preview: Callable[[str], Any]
    load: Callable[..., Difference]


@changes
@require_http_methods(["GET", "HEAD", "POST"])
def load_specialities(request: HttpRequest) -> HttpResponse:
    return _load(
        request,
        List_(
            _("Load a table of specialities"),
            reverse("administration:specialities"),
            _("Specialities"),
            specialities.COLUMNS,
            specialities.preview,
            specialities.load_table,
        ),
    )


@changes
@require_http_methods(["GET", "HEAD", "POST"])
def load_places(request: HttpRequest) -> HttpResponse:
    return _load(
        request,
        List_(
            _("Load a table of delegations"),
            reverse("administration:places"),
            pgettext("geography", "Places"),
            places.COLUMNS,
            places.preview,
            places.load_table,
        ),
    )


def _load(request: HttpRequest, kept: List_) -> HttpResponse:
    """The table travels in the page between the two steps: nothing is kept of a file that nobody confirms."""
    text = request.POST.get("text", "")
    form = Table(request.POST, request.FILES) if request.method == "POST" and not text else Table()
    context = {"kept": kept, "form": form}
    if request.method != "POST":
        return show(request, "administration/load.html", context)
    try:
        if text:
            return _apply(request, kept, text)
        if not form.is_valid():
            return show(request, "administration/load.html", context)
        text = text_of(form.cleaned_data["table"].read(MOST_BYTES + 1))
        return _preview(request, kept, text)
    except Refusal as refused:
        bound = form if form.is_bound else Table(request.POST, request.FILES)
        bound.errors.clear()
        refuse(bound, refused)
        return show(request, "administration/load.html", context | {"form": bound})


def _preview(request: HttpRequest, kept: List_, text: str) -> HttpResponse:
    seen = kept.preview(text)
    context: dict[str, Any] = {"kept": kept, "faults": seen.faults[:FAULTS_SHOWN], "faulty": len(seen.faults)}
    if difference := seen.difference:
        changed = [
            (change.code, [(FIELDS.get(name, name), change.was[name], now) for name, now in change.now.items()])
            for change in difference.changed[:CHANGES_SHOWN]
        ]
        context |= {
            "difference": difference,
            "added": difference.added[:CHANGES_SHOWN],
            "changed": changed,
            "text": text,
        }
        context["nothing"] = not difference.added and not difference.changed
    return show(request, "administration/load_preview.html", context)


def _apply(request: HttpRequest, kept: List_, text: str) -> HttpResponse:
    difference = kept.load(text=text, by=request.user)
    rows = len(difference.added) + len(difference.changed)
    done = ngettext("%(rows)s row is loaded.", "%(rows)s rows are loaded.", rows) % {"rows": rows}
    messages.success(request, done)
    return redirect(kept.back)
