"""The officers' side: requests for the account of an organisation, compared with their paper and decided."""

from uuid import UUID

from django.contrib import messages as flash
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.organisation.forms import RefuseForm
from portal.organisation.telling import tell_of_decision
from procedures.audit.services import append
from procedures.evidence.opening import open_paper
from procedures.offices.selectors import seat_of
from procedures.policies import staff
from registers.organisations.claiming import DECIDE, accept_claim, claims_for, owned, refuse_claim
from registers.organisations.errors import OrganisationError
from registers.organisations.models import Claim, Organisation

DECIDED_SHOWN = 20
PICTURES = ("image/jpeg", "image/png")


@staff(*DECIDE)
@require_safe
def claims(request: HttpRequest) -> HttpResponse:
    found = claims_for(request.user)
    waiting = list(found.filter(state=Claim.State.OPEN))
    decided = found.exclude(state=Claim.State.OPEN).order_by("-decided_at")[:DECIDED_SHOWN]
    return render(request, "organisation/office_claims.html", {"waiting": waiting, "decided": decided})


@staff(*DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, claim: UUID) -> HttpResponseBase:
    """GET shows the request, on record. POST decides: `decision` is accept or refuse."""
    found = _claim(request, claim)
    form = RefuseForm(request.POST if request.POST.get("decision") == "refuse" else None)
    if request.method == "POST" and (request.POST.get("decision") == "accept" or form.is_valid()):
        return _decided(request, found, form)
    if request.method != "POST":
        with transaction.atomic():
            append(
                action="organisation.read_claim",
                subject=found,
                actor=request.user,
                data=seat_of(request.user, found.office_id),
            )
    known = Organisation.objects.filter(tax_number=found.tax_number).first()
    context = {"claim": found, "form": form, "known": known, "taken": owned(found.tax_number)}
    return render(request, "organisation/office_claim.html", context)


@staff(*DECIDE)
@require_safe
def proof(request: HttpRequest, claim: UUID) -> HttpResponseBase:
    found = _claim(request, claim)
    with transaction.atomic():
        append(
            action="organisation.read_proof",
            subject=found,
            actor=request.user,
            data=seat_of(request.user, found.office_id),
        )
    return open_paper(found.proof, inline=found.proof.kind in PICTURES)


def _claim(request: HttpRequest, public_id: UUID) -> Claim:
    return get_object_or_404(claims_for(request.user), public_id=public_id)


def _decided(request: HttpRequest, claim: Claim, form: RefuseForm) -> HttpResponse:
    try:
        with transaction.atomic():
            if request.POST.get("decision") == "accept":
                accept_claim(claim=claim, by=request.user)
            else:
                refuse_claim(claim=claim, reason=form.cleaned_data["reason"], by=request.user)
            claim.refresh_from_db()
            tell_of_decision(claim)
    except OrganisationError as refusal:
        flash.warning(request, str(refusal))
        return redirect("organisation_office:claim", claim=claim.public_id)
    flash.success(request, _("Your decision is recorded, and the claimant is told."))
    return redirect("organisation_office:claims")
