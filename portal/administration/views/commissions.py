"""Commissions: the list, a new one, its rules, and who sits in it."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.reauthentication import require_recent
from portal.administration.asking import Back, Kept, Question, ask, do, fields_of
from portal.administration.forms.asked import NAMES
from portal.administration.forms.commissions import RULES, Describing, Seating, SettingUp
from portal.administration.people import account_of
from portal.administration.rooms import changes, reads, show
from portal.administration.telling import changes_of
from portal.administration.views.people import METHODS
from procedures.commissions.models import Commission, Seat
from procedures.commissions.selectors import not_set_up, seats_of
from procedures.commissions.services import change_commission, end_seat, seat_person, set_up_commission
from procedures.refusal import Refusal


@reads
@require_safe
def commissions(request: HttpRequest) -> HttpResponse:
    context = {"commissions": Commission.objects.all(), "not_set_up": not_set_up()}
    return show(request, "administration/commissions.html", context)


@reads
@require_safe
def commission(request: HttpRequest, commission: str) -> HttpResponse:
    found = get_object_or_404(Commission, code=commission)
    held = list(found.seats.values_list("pk", flat=True))
    told = changes_of(found, ("commissions.seat", held))
    context = {"commission": found, "seats": seats_of(found), "changes": told}
    return show(request, "administration/commission.html", context)


@changes
@require_http_methods(METHODS)
def setting_up(request: HttpRequest) -> HttpResponse:
    question = Question(
        title=_("Set up a commission"),
        button=_("Set up the commission"),
        back=Back(reverse("administration:commissions"), _("Commissions")),
        lead=_("What no text says is an assumption: the room says so until you name the text."),
    )
    initial = {"code": request.GET.get("code", ""), "casting_vote": True, "is_open": True}
    done = _("The commission is set up. Now name its members.")
    return ask(request, SettingUp, question, set_up_commission, done, initial=initial, leads_to=page_of)


@changes
@require_http_methods(METHODS)
def changing(request: HttpRequest, commission: str) -> HttpResponse:
    found = get_object_or_404(Commission, code=commission)
    question = Question(
        title=_("Change this commission"),
        button=_("Save the changes"),
        back=the_page_of(found),
        lead=_("Sessions that are open keep the quorum with which they were opened."),
    )
    act = partial(change_commission, commission=found)
    kept = Kept(found, fields_of(*NAMES, *RULES))
    return ask(request, Describing, question, act, _("The commission is changed."), kept=kept)


@changes
@require_http_methods(METHODS)
@require_recent
def seating(request: HttpRequest, commission: str) -> HttpResponse:
    found = get_object_or_404(Commission, code=commission)
    question = Question(
        title=_("Name a member"),
        button=_("Name the member"),
        back=the_page_of(found),
        facts=((_("Commission"), found),),
    )

    def act(*, person: str, quality_ar: str, quality_fr: str, **said: Any) -> Seat:
        account = account_of(person)
        if account is None or not account.is_active:
            raise Refusal(_("No open account has this e-mail or telephone. Invite the person instead."), "person")
        return seat_person(commission=found, person=account, qualities={"ar": quality_ar, "fr": quality_fr}, **said)

    return ask(request, Seating, question, act, _("The person sits in the commission."))


@changes
@require_POST
@require_recent
def unseating(request: HttpRequest, seat: int) -> HttpResponseBase:
    held = get_object_or_404(Seat.objects.select_related("commission"), pk=seat)
    done = _("The person does not sit in the commission any more.")
    return do(request, lambda: end_seat(seat=held, by=request.user), done, page_of(held.commission))


def page_of(commission: Commission) -> str:
    return reverse("administration:commission", kwargs={"commission": commission.code})


def the_page_of(commission: Commission) -> Back:
    return Back(page_of(commission), str(commission))
