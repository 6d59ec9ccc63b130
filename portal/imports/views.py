"""Bring a table, follow its reading, look it over, decide, follow its entering, take it back with its faults."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from portal.imports.doors import OFFICERS, Door
from portal.imports.forms import Bringing
from portal.imports.showing import preview, progress
from procedures.offices.selectors import roles_of
from registers.imports.models import ImportBatch
from registers.imports.returned_files import returned_file
from registers.imports.services import (
    FileRefused,
    ImportRefused,
    cancel_import,
    decide_import,
    receive_table,
    resume_import,
)
from registers.imports.template_files import template_file
from registers.organisations.selectors import standings_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
State = ImportBatch.State
AGAIN_AFTER_SECONDS = 3
LATEST = 30
PAGES = {
    State.READING: "imports/reading.html",
    State.REFUSED: "imports/refused.html",
    State.READY: "imports/ready.html",
    State.ENTERING: "imports/entering.html",
    State.ENTERED: "imports/entered.html",
    State.CANCELLED: "imports/cancelled.html",
}


def doors(request: HttpRequest) -> HttpResponse:
    """Where a person may import: straight on where there is one door, else a choice."""
    open_to = [door for standing in standings_of(request.user) if (door := Door(request.user, standing)).kinds]
    ways = [(door.name, door.url("home")) for door in open_to]
    if roles_of(request.user).intersection(OFFICERS):
        ways.append((_("Imports of the administration"), Door(request.user).url("home")))
    if not ways:
        raise Http404
    if len(ways) == 1:
        return redirect(ways[0][1])
    return render(request, "imports/doors.html", {"doors": ways})


def home(request: HttpRequest, door: Door) -> HttpResponse:
    kinds = [(kind, door.url("new", kind=kind.code), door.url("template", kind=kind.code)) for kind in door.kinds]
    titles = {kind.code: kind.title for kind in door.kinds}
    brought = [
        (batch, titles[batch.kind], door.url("batch", batch=batch.public_id)) for batch in door.batches()[:LATEST]
    ]
    return _draw(request, door, "imports/home.html", {"kinds": kinds, "brought": brought})


def new(request: HttpRequest, door: Door, kind: str) -> HttpResponse:
    asked = door.kind(kind)
    form = Bringing(request.POST, request.FILES) if request.method == "POST" else Bringing()
    if request.method == "POST" and form.is_valid():
        try:
            batch = receive_table(
                kind=kind,
                file=form.cleaned_data["file"],
                by=request.user,
                organisation=door.organisation,
                office=door.office,
            )
        except FileRefused as refused:
            form.add_error("file", refused.message)
        else:
            return redirect(door.url("batch", batch=batch.public_id))
    context = {"kind": asked, "form": form, "home_url": door.url("home")}
    context["template_url"] = door.url("template", kind=kind)
    spoken = _language()
    context["columns"] = [(each.heading(spoken), each.required, each.example_in(spoken)) for each in asked.columns]
    return _draw(request, door, "imports/new.html", context)


def template(request: HttpRequest, door: Door, kind: str) -> HttpResponse:
    asked = door.kind(kind)
    response = HttpResponse(template_file(asked, door.scene(asked), _language()), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="takwin-{asked.code}-{_language()}.xlsx"'
    return response


@never_cache
def batch(request: HttpRequest, door: Door, batch: UUID) -> HttpResponse:
    return _page(request, door, door.batch(batch))


def decide(request: HttpRequest, door: Door, batch: UUID) -> HttpResponse:
    found = door.batch(batch)
    mode = request.POST.get("mode", "")
    if mode not in ImportBatch.Mode.values:
        return _page(request, door, found, refused=_("Choose what is to be entered."), status=400)
    try:
        decide_import(batch=found, mode=mode, by=request.user)
    except ImportRefused as refused:
        found.refresh_from_db()
        return _page(request, door, found, refused=str(refused), status=409)
    return redirect(door.url("batch", batch=found.public_id))


def cancel(request: HttpRequest, door: Door, batch: UUID) -> HttpResponse:
    found = door.batch(batch)
    try:
        cancel_import(batch=found, by=request.user)
    except ImportRefused as refused:
        found.refresh_from_db()
        return _page(request, door, found, refused=str(refused), status=409)
    messages.success(request, _("The import was cancelled. Nothing of it was entered, and the file was deleted."))
    return redirect(door.url("home"))


def resume(request: HttpRequest, door: Door, batch: UUID) -> HttpResponse:
    found = door.batch(batch)
    resume_import(batch=found)
    return redirect(door.url("batch", batch=found.public_id))


def file(request: HttpRequest, door: Door, batch: UUID) -> HttpResponseBase:
    """The same file back with its faults; for as long as it is kept."""
    found = door.batch(batch)
    if found.state not in (State.READY, State.ENTERING, State.ENTERED):
        raise Http404
    try:
        content = returned_file(found)
    except FileNotFoundError as gone:
        raise Http404 from gone
    named = _("%(name)s-errors.xlsx") % {"name": found.name.rpartition(".")[0] or found.name}
    return FileResponse(content, as_attachment=True, filename=named, content_type=XLSX)


def _page(
    request: HttpRequest, door: Door, found: ImportBatch, *, refused: str = "", status: int = 200
) -> HttpResponse:
    kind = door.kind(found.kind)
    context: dict[str, Any] = {
        "batch": found,
        "kind": kind,
        "refused": refused,
        "home_url": door.url("home"),
        "new_url": door.url("new", kind=kind.code),
        **{f"{name}_url": door.url(name, batch=found.public_id) for name in ("decide", "cancel", "resume", "file")},
    }
    if found.state in (State.READING, State.ENTERING):
        context |= progress(found)
    elif found.state != State.CANCELLED:
        context |= preview(found, request.GET.get("page"))
    response = _draw(request, door, PAGES[State(found.state)], context, status=status)
    if found.state in (State.READING, State.ENTERING) and not context["is_stopped"]:
        response["Refresh"] = str(AGAIN_AFTER_SECONDS)
    return response


def _draw(
    request: HttpRequest, door: Door, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page of imports within the room of whoever brings them."""
    return render(request, template, {"door": door, **door.room(request.path), **context}, status=status)


def _language() -> str:
    return (get_language() or "ar")[:2]
