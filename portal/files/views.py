"""The room in which an officer opens a file about a structure or a document, instead of somebody who applies."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.files.opening import Opening, openable, openable_by_code
from portal.files.selectors import PAIR, fits, openable_about
from procedures.offices.models import Role
from procedures.policies import staff
from procedures.wizard import seeking

OPENERS = (Role.INSPECTOR, Role.REGIONAL_DIRECTOR, Role.CENTRAL_OFFICER, Role.DESK_OFFICER, Role.MINISTER_DELEGATE)


@staff(*OPENERS)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this officer may open; `about` is the structure or document from whose page they come."""
    about = request.GET.get("about", "").strip()[:40]
    found = [each for each in openable(request.user) if not about or fits(each, about)]
    pairs = not about and bool(openable_about(request.user, PAIR))
    return render(request, "files/home.html", {"procedures": found, "about": about, "shows_pairs": pairs})


@staff(*OPENERS)
@require_http_methods(["GET", "HEAD", "POST"])
def open_one(request: HttpRequest, code: str) -> HttpResponseBase:
    """GET: the questions. POST: the file is opened, or the page says what is to be mended."""
    opening = Opening(request, openable_by_code(request.user, code))
    if len(opening.procedure.steps) != 1:
        raise Http404
    seeks = opening.posted and seeking.BUTTON in request.POST
    if opening.posted and not seeks and (case := opening.perform()):
        messages.success(request, _("The file is opened: %(number)s.") % {"number": case.number})
        return redirect("backoffice:case", case=case.public_id)
    opening.page.hide_first_errors()
    seeking.offer(opening.page, request.POST)
    context = {"opening": opening, "procedure": opening.procedure, "page": opening.page}
    context["errors"] = opening.errors if opening.posted and not seeks else []
    return render(request, "files/open.html", context)
