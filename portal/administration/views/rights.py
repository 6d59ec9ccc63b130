"""Invitations, appointments and absences: who may do what, where, from when until when."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.invitations import invite, send_again, withdraw_invitation
from portal.accounts.models import Invitation, User
from portal.accounts.reauthentication import require_recent
from portal.administration.asking import Back, Question, ask, do
from portal.administration.forms.people import (
    Absent,
    Appointing,
    AppointingByAddress,
    Ending,
    Inviting,
    Prolonging,
    Returning,
)
from portal.administration.people import account_of
from portal.administration.rooms import changes
from portal.administration.views import offices
from portal.administration.views.people import METHODS, the_page_of
from procedures.offices.absences import end_absence, record_absence
from procedures.offices.models import Absence, Membership, Office
from procedures.offices.services import appoint, end_membership, prolong_membership
from procedures.refusal import Refusal


@changes
@require_http_methods(METHODS)
@require_recent
def invitation(request: HttpRequest) -> HttpResponse:
    question = Question(
        title=_("Invite somebody"),
        button=_("Send the invitation"),
        back=Back(reverse("administration:people"), _("People")),
        lead=_(
            "For somebody without an account. They choose a password and add a second factor; then the role counts."
        ),
    )
    initial = {"office": request.GET.get("office", ""), "language": "ar"}
    return ask(request, Inviting, question, invite, _("The invitation is on its way."), initial=initial)


@changes
@require_POST
@require_recent
def invite_again(request: HttpRequest, invitation: int) -> HttpResponseBase:
    found = get_object_or_404(Invitation, pk=invitation)
    done = _("A new link is on its way. The one before opens nothing.")
    return do(request, lambda: send_again(invitation=found, by=_me(request)), done, reverse("administration:people"))


@changes
@require_POST
def withdraw(request: HttpRequest, invitation: int) -> HttpResponseBase:
    found = get_object_or_404(Invitation, pk=invitation)
    done = _("The invitation is withdrawn. Its link opens nothing.")
    return do(
        request, lambda: withdraw_invitation(invitation=found, by=_me(request)), done, reverse("administration:people")
    )


@changes
@require_http_methods(METHODS)
@require_recent
def appointment(request: HttpRequest, person: int) -> HttpResponse:
    found = get_object_or_404(User, pk=person, is_active=True)
    question = Question(
        title=_("Appoint this person"),
        button=_("Appoint"),
        back=the_page_of(found),
        facts=((_("Name"), found),),
    )
    return ask(request, Appointing, question, partial(appoint, person=found), _("The person is appointed."))


@changes
@require_http_methods(METHODS)
@require_recent
def appointment_there(request: HttpRequest, office: str) -> HttpResponse:
    """From the page of an office: somebody whose e-mail or telephone is typed in full."""
    there = get_object_or_404(Office, code=office)
    question = Question(
        title=_("Appoint somebody in this office"),
        button=_("Appoint"),
        back=offices.the_page_of(there),
        facts=((_("Office of the administration"), there),),
    )

    def act(*, person: str, **said: Any) -> Membership:
        found = account_of(person)
        if found is None or not found.is_active:
            raise Refusal(_("No open account has this e-mail or telephone. Invite the person instead."), "person")
        return appoint(person=found, office=there, **said)

    return ask(request, AppointingByAddress, question, act, _("The person is appointed."))


@changes
@require_http_methods(METHODS)
@require_recent
def ending(request: HttpRequest, membership: int) -> HttpResponse:
    held = _held(membership)
    question = _about(held, _("End this appointment?"), _("End the appointment"))
    return ask(
        request, Ending, question, partial(end_membership, membership=held), _("The end of the appointment is noted.")
    )


@changes
@require_http_methods(METHODS)
@require_recent
def prolonging(request: HttpRequest, membership: int) -> HttpResponse:
    held = _held(membership)
    question = _about(held, _("Prolong this appointment"), _("Prolong"))
    act = partial(prolong_membership, membership=held)
    return ask(request, Prolonging, question, act, _("The appointment is prolonged."))


@changes
@require_http_methods(METHODS)
def absence(request: HttpRequest, person: int) -> HttpResponse:
    found = get_object_or_404(User, pk=person, is_active=True)
    offices = found.memberships.values("office")
    beside = Membership.objects.filter(office__in=offices).exclude(person=found).values("person")
    question = Question(
        title=_("Note an absence"),
        button=_("Note the absence"),
        back=the_page_of(found),
        facts=((_("Name"), found),),
        lead=_("Colleagues see who is away and who stands in. Rights do not change by it."),
    )
    colleagues = User.objects.filter(pk__in=beside, is_active=True).order_by("name", "pk")
    act = partial(record_absence, person=found)
    return ask(request, Absent, question, act, _("The absence is noted."), colleagues=colleagues)


@changes
@require_http_methods(METHODS)
def back(request: HttpRequest, absence: int) -> HttpResponse:
    held = get_object_or_404(Absence.objects.select_related("person"), pk=absence)
    question = Question(
        title=_("The person is back"),
        button=_("End the absence"),
        back=the_page_of(held.person),
        facts=((_("Name"), held.person), (_("First day away"), held.since), (_("Last day away"), held.until)),
    )
    act, done = partial(end_absence, absence=held), _("The absence is ended.")
    return ask(request, Returning, question, act, done, initial={"on": timezone.localdate()})


def _held(membership: int) -> Membership:
    return get_object_or_404(Membership.objects.select_related("office", "person"), pk=membership)


def _about(held: Membership, title: str, button: str) -> Question:
    return Question(
        title=title,
        button=button,
        back=the_page_of(held.person),
        facts=(
            (_("Name"), held.person),
            (_("Office of the administration"), held.office),
            (_("Role"), held.get_role_display()),
            (_("First day"), held.since),
            *([(_("Until before"), held.until)] if held.until else []),
        ),
    )


def _me(request: HttpRequest) -> Any:
    return request.user
