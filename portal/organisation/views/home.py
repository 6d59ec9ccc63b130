"""Before an organisation's desk: which one, how to get an account for it, and what was asked for."""

from typing import Any
from uuid import UUID

from django.contrib import messages as flash
from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.organisation.forms import ClaimForm
from portal.organisation.telling import tell_owners_of_request
from procedures.evidence.models import Upload
from procedures.evidence.services import PaperRefused
from procedures.offices.selectors import NoOffice
from procedures.policies import signed_in
from registers.organisations import claiming
from registers.organisations.claiming import claims_of, keep_proof, make_claim, owned, withdraw_claim
from registers.organisations.errors import OrganisationError
from registers.organisations.selectors import standings_of
from registers.organisations.tax_numbers import NoTaxNumber
from registers.places.models import Place

KEPT = "organisation.proof"  # salt of what the form carries of a paper that was received already


@signed_in
@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """The one organisation of the person, a choice among several, or the way to a first."""
    standings, claims = standings_of(request.user), claims_of(request.user)
    if len(standings) == 1 and not claims.filter(state="open").exists():
        return redirect("organisation_desk:desk", organisation=standings[0].organisation.public_id)
    return render(request, "organisation/home.html", {"standings": standings, "claims": claims[:10]})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest) -> HttpResponseBase:
    """Ask for an account by tax number and proof; what was typed, and the paper, outlive a mistake."""
    if request.method != "POST":
        return _shown(request, ClaimForm(initial={"claimant_name": getattr(request.user, "name", "")}), None)
    proof = _kept(request)
    form = ClaimForm(request.POST, request.FILES, has_proof=proof is not None)
    try:
        file: Any = form.files.get("proof")
        proof = keep_proof(file=file, by=request.user) if file else proof
    except PaperRefused as refusal:
        form.add_error("proof", refusal.message)
    if not form.is_valid() or proof is None:
        return _shown(request, form, proof)
    taken = owned(form.cleaned_data["tax_number"])
    if taken is not None:
        return render(request, "organisation/taken.html", {"organisation": taken})
    return _claimed(request, form, proof)


def _claimed(request: HttpRequest, form: ClaimForm, proof: Upload) -> HttpResponseBase:
    answers = {name: value for name, value in form.cleaned_data.items() if name not in ("proof", "place")}
    try:
        make_claim(place=Place.objects.get(pk=form.cleaned_data["place"]), proof=proof, by=request.user, **answers)
    except OrganisationError as refusal:
        form.add_error(refusal.field or None, str(refusal))
    except NoOffice:
        form.add_error("place", _("No office is open for this governorate yet. Your answers are kept on this page."))
    else:
        flash.success(request, _("Your request is with the directorate. Its answer comes to your messages."))
        return redirect("organisation_desk:home")
    return _shown(request, form, proof)


@signed_in
@require_POST
def join(request: HttpRequest) -> HttpResponse:
    """Tell those who may invite that this account asks to join: they decide, and nothing is disclosed."""
    try:
        organisation = owned(request.POST.get("tax_number", ""))
    except NoTaxNumber:
        organisation = None
    if organisation is not None:
        with transaction.atomic():
            tell_owners_of_request(organisation, request.user)
    flash.success(request, _("The owners of the account were told. If they know you, they invite you by e-mail."))
    return redirect("organisation_desk:home")


@signed_in
@require_POST
def withdraw(request: HttpRequest, claim: UUID) -> HttpResponse:
    own = get_object_or_404(claims_of(request.user), public_id=claim)
    try:
        withdraw_claim(claim=own, by=request.user)
    except OrganisationError as refusal:
        flash.warning(request, str(refusal))
    else:
        flash.success(request, _("Your request is withdrawn."))
    return redirect("organisation_desk:home")


def _shown(request: HttpRequest, form: ClaimForm, proof: Upload | None) -> HttpResponse:
    kept = signing.dumps([str(proof.pk), request.user.pk], salt=KEPT) if proof else ""
    return render(request, "organisation/claim.html", {"form": form, "proof": proof, "kept": kept})


def _kept(request: HttpRequest) -> Upload | None:
    """The paper of an earlier try, if this person handed it in and no request has taken it up."""
    try:
        told: Any = signing.loads(request.POST.get("kept", ""), salt=KEPT, max_age=24 * 3600)
    except signing.BadSignature:
        return None
    free = Upload.objects.filter(paper=claiming.PAPER, received_from=request.user.pk, claim=None)
    return free.filter(pk=told[0]).first() if told[1] == request.user.pk else None
