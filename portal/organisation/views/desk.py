"""The desk of an organisation: what expires first, then groups, exams, certificates, cases."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.desk.casefile import OwnCase
from portal.desk.drafts import shown_drafts
from portal.organisation import reading
from portal.organisation.expiries import BUTTONS, Expiry, expiries
from portal.organisation.opening import Opened, draw, paged, within
from procedures.cases.selectors import cases_of_organisation
from procedures.cases.states import CLOSED, State
from procedures.wizard.selectors import drafts_of_organisation
from registers.history.selectors import in_force
from registers.inspections.models import Measure
from registers.organisations.roles import ALL_IMPORTS, Act
from registers.organisations.selectors import absent_today, staff_of
from registers.structures.selectors import as_of

SHOWN = 4


@within(Act.SEE_FILE)
@require_safe
def desk(request: HttpRequest, opened: Opened) -> HttpResponse:
    today, structures = timezone.localdate(), list(opened.structures(Act.SEE_FILE))
    may = opened.may
    context: dict[str, Any] = {
        "sites": reading.sites(structures, today),
        "deadlines": shown(expiries(structures, today), opened)[:SHOWN],
        "figures": reading.figures(structures, today),
        "batch": reading.open_import(opened.organisation, [act for act in ALL_IMPORTS if may[act]]),
    }
    if may["see_groups"]:
        context["groups"] = reading.running_groups(structures, today)[: 2 * SHOWN]
    if may["see_exams"]:
        context["exams"] = reading.coming_exams(structures, today)[:SHOWN]
    if may["see_cases"]:
        context |= _cases_on_desk(opened, request.user)
    if may["see_staff"]:
        serving = staff_of(opened.organisation, today).filter(since__lte=today)
        context |= {"colleagues": serving.count(), "absent": absent_today(opened.organisation).count()}
    return draw(request, opened, "organisation/desk.html", **context)


@within(Act.SEE_FILE)
@require_safe
def deadlines(request: HttpRequest, opened: Opened) -> HttpResponse:
    structures = list(opened.structures(Act.SEE_FILE))
    return draw(
        request,
        opened,
        "organisation/deadlines.html",
        deadlines=shown(expiries(structures, timezone.localdate()), opened),
    )


@within(Act.SEE_FILE)
@require_safe
def structure(request: HttpRequest, opened: Opened, number: str) -> HttpResponse:
    """The file of one structure, as the register has it today."""
    found = opened.structures(Act.SEE_FILE).filter(number=number).first()
    if found is None:
        raise Http404
    today = timezone.localdate()
    return draw(
        request,
        opened,
        "organisation/structure.html",
        file=as_of(found, today),
        here=reading.sites([found], today)[0],
        deadlines=shown(expiries([found], today), opened),
        measures=in_force(Measure, today).filter(subject=found),
    )


@within(Act.SEE_EXAMS)
@require_safe
def exams(request: HttpRequest, opened: Opened) -> HttpResponse:
    today, structures = timezone.localdate(), opened.structures(Act.SEE_EXAMS)
    coming = reading.coming_exams(structures, today)
    return draw(
        request,
        opened,
        "organisation/exams.html",
        exams=coming,
        page=paged(request, reading.past_exams(structures, today)),
    )


@within(Act.SEE_CERTIFICATES)
@require_safe
def certificates(request: HttpRequest, opened: Opened) -> HttpResponse:
    found = reading.certificates(opened.structures(Act.SEE_CERTIFICATES))
    return draw(request, opened, "organisation/certificates.html", page=paged(request, found))


@within(Act.SEE_CASES)
@require_safe
def cases(request: HttpRequest, opened: Opened) -> HttpResponse:
    public_id = opened.organisation.public_id
    page = paged(request, cases_of_organisation(public_id).select_related("applicant"))
    drafts = shown_drafts(drafts_of_organisation(public_id).select_related("owner")) if opened.may["file_cases"] else []
    return draw(
        request,
        opened,
        "organisation/cases.html",
        page=page,
        files=[OwnCase(case, request.user) for case in page],
        drafts=drafts,
    )


def shown(found: list[Expiry], opened: Opened) -> list[dict[str, Any]]:
    """Each with the button that begins what mends it, for whoever may file it."""
    files = opened.may["file_cases"]
    return [
        {
            "expiry": each,
            "start": each.start(opened.organisation) if files else "",
            "button": BUTTONS[each.kind](),
        }
        for each in found
    ]


def _cases_on_desk(opened: Opened, viewer: Any) -> dict[str, Any]:
    running = cases_of_organisation(opened.organisation.public_id).exclude(state__in=CLOSED)
    owed = running.filter(state=State.CORRECTION)
    return {
        "owed": [OwnCase(case, viewer) for case in owed[:SHOWN]],
        "running": [OwnCase(case, viewer) for case in running[:SHOWN]],
        "running_count": running.count(),
    }
