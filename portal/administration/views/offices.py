"""Offices: the list, a new one, one office and what is done to it."""

from functools import partial

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.administration.asking import Back, Kept, Question, ask, do, fields_of
from portal.administration.forms.asked import NAMES
from portal.administration.forms.offices import Closing, Describing, Opening
from portal.administration.offices import Filter, OfficePage
from portal.administration.rooms import changes, reads, show
from portal.administration.views.people import METHODS
from procedures.offices.models import Office
from procedures.offices.services import change_office, close_office, create_office, reopen_office


@reads
@require_safe
def offices(request: HttpRequest) -> HttpResponse:
    chosen = Filter.asked_by(request.GET)
    context = {"filter": chosen, "rows": chosen.rows((get_language() or "ar")[:2]), "kinds": Office.Kind.choices}
    return show(request, "administration/offices.html", context)


@reads
@require_safe
def office(request: HttpRequest, office: str) -> HttpResponse:
    page = OfficePage(get_object_or_404(Office, code=office), (get_language() or "ar")[:2])
    return show(request, "administration/office.html", {"page": page, "office": page.office})


@changes
@require_http_methods(METHODS)
def opening(request: HttpRequest) -> HttpResponse:
    question = Question(
        title=_("Open an office"),
        button=_("Open the office"),
        back=Back(reverse("administration:offices"), _("Offices")),
    )
    done = _("The office is open. Now appoint or invite its people.")
    return ask(request, Opening, question, create_office, done, leads_to=page_of)


@changes
@require_http_methods(METHODS)
def changing(request: HttpRequest, office: str) -> HttpResponse:
    found = get_object_or_404(Office, code=office)
    question = Question(
        title=_("Change this office"),
        button=_("Save the changes"),
        back=the_page_of(found),
        lead=_("Documents already issued keep the name that they carry."),
    )
    named = fields_of("kind", "place", *NAMES)
    kept = Kept(found, lambda thing: named(thing) | {"above": str(thing.above_id or "")})
    act, done = partial(change_office, office=found), _("The office is changed.")
    return ask(request, Describing, question, act, done, kept=kept, office=found)


@changes
@require_http_methods(METHODS)
def closing(request: HttpRequest, office: str) -> HttpResponse:
    found = get_object_or_404(Office, code=office, is_open=True)
    page = OfficePage(found, (get_language() or "ar")[:2])
    question = Question(
        title=_("Close this office?"),
        button=_("Close the office"),
        back=the_page_of(found),
        facts=((_("Office of the administration"), found), (_("Open cases"), page.open_cases)),
        lead=_("No new case comes to it. Its people go on with the cases that are open."),
        warning=_("Nobody can file what this office receives until another one answers in its place."),
    )
    return ask(request, Closing, question, partial(close_office, office=found), _("The office is closed."))


@changes
@require_POST
def reopening(request: HttpRequest, office: str) -> HttpResponseBase:
    found = get_object_or_404(Office, code=office)
    done = _("The office is open again.")
    return do(request, lambda: reopen_office(office=found, by=request.user), done, page_of(found))


def page_of(office: Office) -> str:
    return reverse("administration:office", kwargs={"office": office.code})


def the_page_of(office: Office) -> Back:
    return Back(page_of(office), str(office))
