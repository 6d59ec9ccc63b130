"""The door behind an invitation's link: who invites to what, and the button that accepts it."""

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib import messages as flash
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal.organisation.telling import tell_of_handover
from procedures.policies import by_secret
from registers.organisations.errors import OrganisationError
from registers.organisations.inviting import accept_invitation, digest_of, invitation_of, is_for
from registers.organisations.models import Invitation

KEY = "organisation_invitation"


@by_secret
@never_cache
@require_safe
def open_link(request: HttpRequest, secret: str) -> HttpResponseBase:
    """The secret leaves the address at once: the session remembers which invitation it opened."""
    digest = digest_of(secret)
    if invitation_of(digest) is None:
        return render(request, "organisation/link_over.html", status=410)
    request.session[KEY] = digest
    return redirect("organisation_desk:accept")


@by_secret
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest) -> HttpResponseBase:
    digest = request.session.get(KEY, "")
    invitation = invitation_of(digest)
    if invitation is None:
        return render(request, "organisation/link_over.html", status=410)
    theirs = is_for(invitation, request.user) and _is_verified(request.user, invitation.email)
    if request.method == "POST" and theirs:
        return _accepted(request, digest, invitation)
    context = {"invitation": invitation, "theirs": theirs}
    return render(request, "organisation/accept.html", context, status=403 if request.method == "POST" else 200)


def _accepted(request: HttpRequest, digest: str, invitation: Invitation) -> HttpResponse:
    try:
        with transaction.atomic():
            accept_invitation(digest=digest, by=request.user)
            invitation.refresh_from_db()
            tell_of_handover(invitation)
    except OrganisationError as refusal:
        flash.warning(request, str(refusal))
        return render(request, "organisation/accept.html", {"invitation": invitation, "theirs": True}, status=409)
    del request.session[KEY]
    flash.success(request, _("You serve in this organisation from now on, or from the day of the hand-over."))
    return redirect("organisation_desk:home")


def _is_verified(person: Any, email: str) -> bool:
    """An address that nobody proved to hold accepts nothing."""
    return bool(EmailAddress.objects.filter(user=person, email__iexact=email, verified=True).exists())
