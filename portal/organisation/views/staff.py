"""Colleagues of an organisation: who serves, in which role, who is away, who comes and who leaves."""

from typing import Any
from uuid import UUID

from django.contrib import messages as flash
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.organisation.forms import AbsenceForm, HandOverForm, InviteForm, LimitsForm
from portal.organisation.opening import Opened, draw, opened_by, within
from portal.organisation.telling import send_invitation
from procedures.policies import signed_in
from registers.organisations import inviting, services
from registers.organisations.errors import OrganisationError
from registers.organisations.models import Absence, Invitation, Staff
from registers.organisations.roles import MAY, Act, Role
from registers.organisations.selectors import absences_to_come, open_invitations, staff_of


@within(Act.SEE_STAFF)
@require_safe
def staff(request: HttpRequest, opened: Opened) -> HttpResponse:
    today, organisation = timezone.localdate(), opened.organisation
    away = {absence.staff_id: absence for absence in absences_to_come(organisation)}
    several = len(opened.structures(Act.MANAGE_STAFF)) > 1 if opened.may["manage_staff"] else False
    crew = staff_of(organisation, today).prefetch_related("structures")
    return draw(
        request,
        opened,
        "organisation/staff.html",
        crew=[_member(member, opened, request.user, away.get(member.pk), several) for member in crew],
        invitations=open_invitations(organisation) if opened.may["manage_staff"] else (),
        table=[(role.label, [act.label for act in Act if act in MAY[role]]) for role in Role],
        today=today,
    )


def _member(member: Staff, opened: Opened, viewer: Any, absence: Absence | None, several: bool) -> dict[str, Any]:
    own = member.person_id == viewer.pk
    reach = {structure.pk for structure in member.structures.all()}
    manages = opened.may["manage_staff"] and opened.standing.may_appoint(member.role, reach)
    ending = member.until is not None
    return {
        "staff": member,
        "own": own,
        "absence": absence,
        "may_end": (own or manages) and not ending,
        "may_absent": own or manages,
        "may_limit": manages and not own and several and not ending and member.role != Role.OWNER,
        "may_hand_over": (manages or (own and opened.may["hand_over"])) and not ending and member.reads_since is None,
    }


@within(Act.MANAGE_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, opened: Opened) -> HttpResponseBase:
    own = _offered(opened)
    roles = [role for role in Role if opened.standing.may_appoint(role)]
    form = InviteForm(request.POST if request.method == "POST" else None, roles=roles, structures=own)
    if request.method == "POST" and form.is_valid():
        chosen = _chosen(opened, form)
        try:
            with transaction.atomic():
                invitation, secret = inviting.invite(
                    organisation=opened.organisation,
                    email=form.cleaned_data["email"],
                    role=form.cleaned_data["role"],
                    structures=chosen,
                    by=request.user,
                )
                send_invitation(invitation, secret, language=get_language() or "ar")
        except OrganisationError as refusal:
            form.add_error(_field(form, refusal), str(refusal))
        else:
            flash.success(request, _("The invitation is on its way. It works for seven days."))
            return redirect(opened.url("staff"))
    return draw(request, opened, "organisation/invite.html", form=form)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def limits(request: HttpRequest, organisation: UUID, member: UUID) -> HttpResponseBase:
    """Change the structures in which a colleague serves; nobody changes their own."""
    opened, found = _of(request, organisation, member)
    offered = _offered(opened) if opened.may["manage_staff"] else {}
    if found.person_id == request.user.pk or len(offered) < 2 or found.role == Role.OWNER:
        raise Http404
    held = [str(structure.number) for structure in found.structures.all()]
    form = LimitsForm(
        request.POST if request.method == "POST" else None, structures=offered, initial={"structures": held}
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.limit_to_structures(staff=found, structures=_chosen(opened, form), by=request.user)
        except OrganisationError as refusal:
            form.add_error(_field(form, refusal), str(refusal))
        else:
            flash.success(request, _("The structures of this colleague are changed."))
            return redirect(opened.url("staff"))
    return draw(request, opened, "organisation/limits.html", form=form, member=found)


@within(Act.MANAGE_STAFF)
@require_POST
def withdraw_invitation(request: HttpRequest, opened: Opened, invitation: UUID) -> HttpResponse:
    found = get_object_or_404(Invitation, organisation=opened.organisation, public_id=invitation)
    return _done(
        request,
        opened,
        lambda: inviting.withdraw_invitation(invitation=found, by=request.user),
        _("The invitation is withdrawn. Its link opens nothing any more."),
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, organisation: UUID, member: UUID) -> HttpResponseBase:
    """Leave, or end a colleague's service: asked once more, then from today on."""
    opened, found = _of(request, organisation, member)
    if request.method != "POST":
        return draw(request, opened, "organisation/end.html", member=found, own=found.person_id == request.user.pk)
    leaving = found.person_id == request.user.pk
    done = _done(
        request,
        opened,
        lambda: services.end_service(staff=found, by=request.user),
        _("You have left. What you filed stays with the organisation.") if leaving else _("The service has ended."),
    )
    return redirect("organisation_desk:home") if leaving else done


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def absence(request: HttpRequest, organisation: UUID, member: UUID) -> HttpResponseBase:
    opened, found = _of(request, organisation, member)
    others = staff_of(opened.organisation).exclude(person=found.person_id).filter(since__lte=timezone.localdate())
    form = AbsenceForm(request.POST if request.method == "POST" else None, colleagues=others)
    if request.method == "POST" and form.is_valid():
        days = {name: form.cleaned_data[name] for name in ("since", "until")}
        chosen = form.cleaned_data["stand_in"]
        stand_in = others.filter(public_id=chosen).first() if chosen else None
        try:
            services.record_absence(staff=found, stand_in=stand_in, by=request.user, **days)
        except OrganisationError as refusal:
            form.add_error(_field(form, refusal), str(refusal))
        else:
            flash.success(request, _("The absence is noted."))
            return redirect(opened.url("staff") if opened.may["see_staff"] else opened.url("desk"))
    return draw(request, opened, "organisation/absence.html", form=form, member=found)


@signed_in
@require_POST
def back(request: HttpRequest, organisation: UUID, absence: UUID) -> HttpResponseBase:
    """The colleague is back, or does not go."""
    found = get_object_or_404(
        Absence.objects.select_related("staff"), staff__organisation__public_id=organisation, public_id=absence
    )
    opened, _member_found = _of(request, organisation, found.staff.public_id)
    return _done(
        request,
        opened,
        lambda: services.end_absence(absence=found, by=request.user),
        _("The absence has ended. Nobody stands in any more."),
    )


@within(Act.HAND_OVER)
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, opened: Opened, member: UUID) -> HttpResponseBase:
    """Offer a role to a successor, who accepts it by a link."""
    _same, found = _of(request, opened.organisation.public_id, member)
    form = HandOverForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                invitation, secret = inviting.invite_successor(staff=found, by=request.user, **form.cleaned_data)
                send_invitation(invitation, secret, language=get_language() or "ar")
        except OrganisationError as refusal:
            form.add_error(_field(form, refusal), str(refusal))
        else:
            flash.success(request, _("The successor is invited. The role passes once they accept."))
            return redirect(opened.url("staff"))
    return draw(request, opened, "organisation/hand_over.html", form=form, member=found)


def _of(request: HttpRequest, organisation: UUID, member: UUID) -> tuple[Opened, Staff]:
    """Somebody's service, for themselves and for those who may appoint to their role; for others it does not exist."""
    own = Staff.objects.filter(organisation__public_id=organisation, public_id=member).select_related("person")
    found = own.first()
    opened = opened_by(request, organisation, Act.SEE_FILE)
    if found is None or found.organisation_id != opened.organisation.pk:
        raise Http404
    manages = opened.may["manage_staff"] and opened.standing.may_appoint(found.role, services.reach_of(found))
    if found.person_id != request.user.pk and not manages:
        raise Http404
    return opened, found


def _offered(opened: Opened) -> dict[str, str]:
    """Structures to which somebody may be limited, by number; the number runs from left to right in every language."""
    return {str(each.number): f"{each} (\u2066{each.number}\u2069)" for each in opened.structures(Act.MANAGE_STAFF)}


def _chosen(opened: Opened, form: Any) -> list[Any]:
    """The structures that were ticked; where there was nothing to tick, those to which one's own role is limited."""
    own = opened.structures(Act.MANAGE_STAFF)
    if "structures" in form.fields:
        return list(own.filter(number__in=form.cleaned_data["structures"]))
    return [] if opened.standing.structures_for(Act.MANAGE_STAFF) is None else list(own)


def _done(request: HttpRequest, opened: Opened, act: Any, said: str) -> HttpResponse:
    try:
        act()
    except OrganisationError as refusal:
        flash.warning(request, str(refusal))
    else:
        flash.success(request, said)
    return redirect(opened.url("staff") if opened.may["see_staff"] else opened.url("desk"))


def _field(form: Any, refusal: OrganisationError) -> str | None:
    return refusal.field if refusal.field in form.fields else None
