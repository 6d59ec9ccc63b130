"""The groups of an organisation, and one of them with its trainees, their hours, its exams and results."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.organisation import reading, roll
from portal.organisation.opening import Opened, draw, paged, within
from registers.organisations.roles import Act

IMPORTED = ("trainees", "attendance", "results")


@within(Act.SEE_GROUPS)
@require_safe
def groups(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Every group, those that run first."""
    today, structures = timezone.localdate(), opened.structures(Act.SEE_GROUPS)
    page = paged(request, reading.sessions(structures).order_by("-until", "-pk"))
    wanted = [session.pk for session in page.object_list]
    rows = reading.groups(reading.sessions(structures).filter(pk__in=wanted).order_by("-until", "-pk"), today)
    return draw(request, opened, "organisation/groups.html", groups=rows, page=page, today=today)


@within(Act.SEE_GROUPS)
@require_safe
def group(request: HttpRequest, opened: Opened, group: UUID) -> HttpResponse:
    """One group of a structure to which the role reaches; its exams and results where the role reads them there."""
    today = timezone.localdate()
    found = reading.groups(reading.sessions(opened.structures(Act.SEE_GROUPS)).filter(public_id=group), today)
    if not found:
        raise Http404
    session = found[0].session
    page, reads_exams = paged(request, roll.roll_of(session)), opened.reaches(Act.SEE_EXAMS, session)
    return draw(
        request,
        opened,
        "organisation/group.html",
        group=found[0],
        session=session,
        structure=session.offer.structure,
        page=page,
        trainees=roll.trainees(session, page.object_list, today),
        reads_exams=reads_exams,
        exams=roll.exams(session) if reads_exams else (),
        imports=[kind for kind in IMPORTED if opened.reaches(Act(f"import_{kind}"), session)],
    )
