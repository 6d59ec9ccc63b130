"""Versions of procedures: what a new one changes, how past cases would fare under it, and opening it."""

from functools import partial
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.administration.asking import Back, Question, ask
from portal.administration.forms.versions import OpeningVersion, Rehearsing
from portal.administration.rooms import changes, reads, show
from portal.administration.telling import changes_of
from portal.administration.versions import KINDS, compared, departures_of
from portal.administration.views.people import METHODS
from procedures.cases.selectors import visible_to
from procedures.comparing import differences
from procedures.registry import procedures
from procedures.versions.models import Rehearsal, Version
from procedures.versions.selectors import counts, loaded_version, rehearsals_of, standing_version
from procedures.versions.services import ask_rehearsal, open_version

ON_A_PAGE = 50
USUAL = 1000
EVERY = "5"  # seconds after which a page of work under way asks for itself again


@reads
@require_safe
def versions(request: HttpRequest) -> HttpResponse:
    known = {(row.procedure, row.version): row for row in Version.objects.defer("content")}
    rows = [(each, known.get((code, each.version))) for code, each in procedures().items()]
    return show(request, "administration/versions.html", {"rows": rows})


@reads
@require_safe
def version(request: HttpRequest, code: str) -> HttpResponse:
    """The loaded version beside the one opened before it, and its rehearsals."""
    procedure, loaded, before = _versions_of(code)
    context = {
        "procedure": procedure,
        "version": loaded,
        "before": before if before and before.pk != loaded.pk else None,
        "differences": compared(differences(before.content, loaded.content)) if before else [],
        "rehearsals": rehearsals_of(code)[:10],
        "ready": _ready(loaded),
        "changes": changes_of(loaded),
    }
    return show(request, "administration/version.html", context)


@changes
@require_http_methods(METHODS)
def rehearsing(request: HttpRequest, code: str) -> HttpResponse:
    procedure, loaded, _before = _versions_of(code)
    question = Question(
        title=_("Rehearse on past cases"),
        button=_("Start the rehearsal"),
        back=_back(code),
        facts=((_("Procedure"), procedure.title), (_("Version"), loaded.version)),
        lead=_("Each past case is judged as if it were filed under this version. No case is changed."),
    )
    return ask(
        request,
        Rehearsing,
        question,
        partial(ask_rehearsal, version=loaded),
        _("The rehearsal has started."),
        initial={"cases": USUAL, "on": timezone.localdate()},
        leads_to=lambda made: reverse("administration:rehearsal", args=[code, made.public_id]),
    )


@reads
@require_safe
def rehearsal(request: HttpRequest, code: str, rehearsal: UUID) -> HttpResponse:
    """How far it is, how many cases would go another way, and which."""
    found = get_object_or_404(rehearsals_of(code), public_id=rehearsal)
    asked = request.GET.get("kind", "")
    rows = found.cases.select_related("case")
    if asked in KINDS:
        rows = rows.filter(found__has_key=asked)
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    told = counts(found)
    context = {
        "procedure": procedures().get(code),
        "rehearsal": found,
        "share": 100 * found.done // found.total if found.total else 100,
        "changed": told.get("cases", 0),
        "kinds": [(kind, label, told[kind], kind == asked) for kind, label in KINDS.items() if kind in told],
        "asked": asked if asked in KINDS else "",
        "page": page,
        "rows": _rows(request.user, page.object_list),
    }
    answer = show(request, "administration/rehearsal.html", context)
    if not found.finished_at:
        answer["Refresh"] = EVERY
    return answer


@changes
@require_http_methods(METHODS)
def opening_version(request: HttpRequest, code: str) -> HttpResponse:
    procedure, loaded, _before = _versions_of(code)
    ready = _ready(loaded)
    if ready is None:
        raise Http404
    told = counts(ready).get("cases", 0)
    question = Question(
        title=_("Open this version"),
        button=_("Open the version"),
        back=_back(code),
        facts=(
            (_("Procedure"), procedure.title),
            (_("Version"), loaded.version),
            (_("Past cases tried"), ready.done),
            (_("Would go another way"), told),
        ),
        lead=_("New applications are then filed under it. Cases that are running keep the version of their filing."),
    )
    act = partial(open_version, version=loaded, rehearsal=ready)
    return ask(request, OpeningVersion, question, act, _("The version is open."))


def _versions_of(code: str) -> tuple[Any, Version, Version | None]:
    procedure, loaded = procedures().get(code), loaded_version(code)
    if procedure is None or loaded is None:
        raise Http404
    return procedure, loaded, standing_version(code)


def _ready(loaded: Version) -> Rehearsal | None:
    """The last rehearsal that ended, while the version still waits to be opened."""
    return None if loaded.opened_at else loaded.rehearsals.exclude(finished_at=None).first()


def _rows(user: Any, found: Any) -> list[tuple[Any, list[Any], bool]]:
    """Each case with what would differ, and whether this person may open it."""
    rows = list(found)
    mine = set(visible_to(user).filter(pk__in=[row.case_id for row in rows]).values_list("pk", flat=True))
    return [(row, departures_of(row), row.case_id in mine) for row in rows]


def _back(code: str) -> Back:
    return Back(reverse("administration:version", args=[code]), _("Version of the procedure"))
