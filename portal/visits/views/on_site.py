"""The page of a visit on site, with or without a network: its form, its telephone's worker, its photographs."""

import uuid
from functools import cache
from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.staticfiles import finders
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.visits.keys import key_for
from portal.visits.showing import VisitPage, name_in_words, value_in_words
from procedures.cases.access import record_reading
from procedures.cases.errors import CaseError
from procedures.evidence.services import PaperRefused, open_paper
from procedures.policies import staff
from procedures.visits import access, services
from procedures.visits.answering import Brought, known
from procedures.visits.models import Visit

JSON, UNPROCESSABLE = "application/json", 422
DEVICE = 36  # signs of a device's name


@staff()
@require_POST
def begin(request: HttpRequest, visit: uuid.UUID) -> HttpResponseBase:
    held = access.visit_for_staff(request.user, visit, reading=False)
    try:
        services.begin_visit(visit=held, by=request.user)
    except CaseError as refused:
        messages.warning(request, str(refused))
        return redirect("visits:visit", visit=held.public_id)
    return redirect("visits:site", visit=held.public_id)


@staff()
@require_http_methods(["GET", "HEAD", "POST"])
def site(request: HttpRequest, visit: uuid.UUID) -> HttpResponseBase:
    brings = request.method == "POST"
    page = VisitPage(access.visit_for_staff(request.user, visit, reading=not brings), request.user)
    if brings:
        return _receive(request, page)
    if not page.on_site:
        return redirect("visits:visit", visit=page.visit.public_id)
    context = {"page": page, "visit": page.visit, "key": key_for(request, page.visit)}
    return render(request, "visits/site.html", context | {"device": uuid.uuid4(), "batch": uuid.uuid4()})


@staff()
@require_safe
def shell(request: HttpRequest, visit: uuid.UUID) -> HttpResponse:
    """The page that the telephone shows without a network: it says nothing of anybody until it is filled there."""
    return render(request, "visits/shell.html", {"visit": visit, "site_address": reverse("visits:site", args=(visit,))})


@staff()
@require_safe
def worker(request: HttpRequest, visit: uuid.UUID) -> HttpResponse:
    """The same program for every visit, served where it may watch over that one page and no other."""
    return HttpResponse(_worker(), content_type="text/javascript")


@staff()
@require_POST
def photographs(request: HttpRequest, visit: uuid.UUID) -> HttpResponseBase:
    """One photograph that a telephone brings."""
    held = access.visit_for_staff(request.user, visit, reading=False)
    file, key = request.FILES.get("file"), _key(request.POST.get("key", ""))
    if file is None or key is None:
        return JsonResponse({"why": _("Choose a photograph.")}, status=UNPROCESSABLE)
    item = request.POST.get("item", "")[:40]
    try:
        services.keep_photograph(visit=held, by=request.user, key=key, item=item, file=file)
    except PaperRefused as refused:
        return JsonResponse({"why": refused.message, "lost": True}, status=UNPROCESSABLE)
    except CaseError as refused:
        return JsonResponse({"why": str(refused)}, status=UNPROCESSABLE)
    return JsonResponse({"at": _now()})


@staff()
@require_safe
def photograph(request: HttpRequest, visit: uuid.UUID, photograph: uuid.UUID) -> HttpResponseBase:
    held = access.visit_for_staff(request.user, visit, reading=False)
    taken = get_object_or_404(held.photographs.select_related("upload"), public_id=photograph)
    response = open_paper(taken.upload, inline=True)
    with transaction.atomic():
        record_reading(held.case, by=request.user, action="paper.read", data={"upload": str(taken.upload_id)})
    return response


def _receive(request: HttpRequest, page: VisitPage) -> HttpResponseBase:
    visit, key = page.visit, _key(request.POST.get("batch", ""))
    if key is None or visit.edition is None:
        raise Http404
    as_data = request.headers.get("Accept") == JSON
    brought = _brought(request, visit)
    try:
        received = services.synchronise(visit=visit, by=request.user, key=key, brought=brought)
    except CaseError as refused:
        if as_data:
            return JsonResponse({"why": str(refused)}, status=UNPROCESSABLE)
        messages.warning(request, str(refused))
        return redirect("visits:visit", visit=visit.public_id)
    if received.clashes:
        return _choose(request, visit, brought, received)
    if as_data:
        return JsonResponse({"version": received.version, "at": _now(), "fresh": received.fresh})
    _photographs_of_page(request, visit, key)
    messages.success(request, _("Saved at %(time)s.") % {"time": _now()})
    return redirect("visits:site", visit=visit.public_id)


def _brought(request: HttpRequest, visit: Visit) -> Brought:
    """What a page brings; a script says which answers were touched, without one all of them count."""
    only = request.POST["changed"].split() if "changed" in request.POST else None
    version = request.POST.get("version", "")
    keep = {name[5:]: str(value) for name, value in request.POST.items() if name.startswith("keep-")}
    return Brought(
        values=known(visit.edition, request.POST, only) if visit.edition else {},
        device=request.POST.get("device", "")[:DEVICE],
        seen=int(version) if version.isdecimal() and len(version) < 10 else 0,
        keep=keep,
    )


def _choose(request: HttpRequest, visit: Visit, brought: Brought, received: services.Received) -> HttpResponse:
    """Two devices answered differently: both versions, and nothing is kept until somebody chooses."""
    if request.headers.get("Accept") == JSON:
        return JsonResponse({}, status=409)
    people = get_user_model().objects.in_bulk({clash.by for clash in received.clashes})
    rows = [
        {
            "name": clash.name,
            "label": name_in_words(visit, clash.name),
            "here": value_in_words(visit, clash.name, clash.here),
            "there": value_in_words(visit, clash.name, clash.there),
            "who": people.get(clash.by, ""),
            "at": parse_datetime(clash.at),
        }
        for clash in received.clashes
    ]
    context: dict[str, Any] = {"visit": visit, "rows": rows, "brought": brought, "batch": request.POST["batch"]}
    return render(request, "visits/clash.html", context, status=409)


def _photographs_of_page(request: HttpRequest, visit: Visit, batch: uuid.UUID) -> None:
    """Photographs that came with a page sent without a script: each has its key by where it stood in that page."""
    for field in request.FILES:
        for place, file in enumerate(request.FILES.getlist(field)):
            key = uuid.uuid5(batch, f"{field}:{place}")
            item = field.removeprefix("photograph-")[:40]
            try:
                services.keep_photograph(visit=visit, by=request.user, key=key, item=item, file=file)
            except PaperRefused as refused:
                messages.warning(request, refused.message)
            except CaseError as refused:
                messages.warning(request, str(refused))


def _key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _now() -> str:
    return time_format(timezone.localtime(), "H:i")


@cache
def _worker() -> bytes:
    found = finders.find("visits/worker.js")
    if found is None:
        raise FileNotFoundError("visits/worker.js")
    with open(found, "rb") as file:
        return file.read()
