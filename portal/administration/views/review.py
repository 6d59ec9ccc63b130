"""The review of rights: confirm each one this quarter, or end it."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.administration.asking import do
from portal.administration.reviewing import as_table, lines, this_quarter
from portal.administration.rooms import changes, reads, show
from procedures.audit.services import append
from procedures.offices.models import Membership
from procedures.offices.services import confirm_membership

ON_A_PAGE = 50


@reads
@require_safe
def review(request: HttpRequest) -> HttpResponse:
    quarter = this_quarter()
    found = lines(quarter)
    left = [line for line in found if line.confirmation is None]
    page = Paginator(left if request.GET.get("left") == "1" else found, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"quarter": quarter, "page": page, "total": len(found), "left": len(left), "done": len(found) - len(left)}
    return show(request, "administration/review.html", context | {"only_left": request.GET.get("left") == "1"})


@reads
@require_safe
def review_table(request: HttpRequest) -> HttpResponse:
    """The whole list as CSV; that it was taken out is recorded, for it names people."""
    quarter = this_quarter()
    append(action="office.review_taken", subject=("offices.review", quarter), actor=request.user)
    response = HttpResponse(as_table(lines(quarter)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="rights-{quarter}.csv"'
    return response


@changes
@require_POST
def confirm(request: HttpRequest, membership: int) -> HttpResponseBase:
    held = get_object_or_404(Membership, pk=membership)
    left = "?left=1" if request.POST.get("left") == "1" else ""
    return do(
        request,
        lambda: confirm_membership(membership=held, quarter=this_quarter(), by=request.user),
        _("The right is confirmed for this quarter."),
        f"{reverse('administration:review')}{left}",
    )
