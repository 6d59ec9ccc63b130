"""On paper: the blank list to take along, and the report of a visit."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from portal.administration.rooms import reads
from procedures.policies import staff
from procedures.visits import access
from procedures.visits.models import Checklist, Visit
from procedures.visits.printing import print_checklist, print_report
from procedures.visits.selectors import draft_edition, latest_edition


@staff()
@require_safe
def checklist(request: HttpRequest, visit: UUID) -> HttpResponse:
    """The list of a visit with its place, to be filled in by hand."""
    held = access.visit_for_staff(request.user, visit)
    edition = held.edition or latest_edition(held.checklist)
    if edition is None:
        raise Http404
    return _file(print_checklist(edition, visit=held, language=_language()), "checklist")


@staff()
@require_safe
def report(request: HttpRequest, visit: UUID) -> HttpResponse:
    held = access.visit_for_staff(request.user, visit)
    if held.state not in (Visit.State.REPORTED, Visit.State.CLOSED):
        raise Http404
    return _file(print_report(held, language=_language()), "visit-report")


@reads
@require_safe
def blank(request: HttpRequest, checklist: str) -> HttpResponse:
    """A checklist as it stands, the edition that is prepared where there is one."""
    held = get_object_or_404(Checklist, code=checklist)
    edition = draft_edition(held) or latest_edition(held)
    if edition is None:
        raise Http404
    return _file(print_checklist(edition, language=_language()), "checklist")


def _language() -> str:
    return (get_language() or "ar")[:2]


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}-{_language()}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
