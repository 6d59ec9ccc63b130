"""An organisation asked for by its tax number and a paper that proves it; the regional directorate decides."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from procedures.audit.services import append
from procedures.evidence.models import Upload
from procedures.evidence.services import keep_loose_paper
from procedures.offices.models import Membership
from procedures.offices.models import Role as OfficeRole
from procedures.offices.selectors import in_force, regional_office
from registers.organisations.errors import (
    AlreadyAsked,
    AlreadyDecided,
    AlreadyOwned,
    NotAllowed,
    OrganisationError,
    TooManyClaims,
)
from registers.organisations.models import Claim, Kind, Organisation
from registers.organisations.roles import Role
from registers.organisations.selectors import owners_of
from registers.organisations.services import begin_service, enter_organisation, lock
from registers.organisations.tax_numbers import identity_of

PAPER = "organisation_proof"
MOST_OPEN = 3
DECIDE = (OfficeRole.DESK_OFFICER, OfficeRole.REGIONAL_DIRECTOR)


def owned(tax_number: str) -> Organisation | None:
    """The organisation of a tax number, if somebody owns its account. Raises tax_numbers.NoTaxNumber."""
    found = Organisation.objects.filter(tax_number=identity_of(tax_number)).first()
    return found if found and owners_of(found, timezone.localdate()).exists() else None


def keep_proof(*, file: UploadedFile[Any], by: Any) -> Upload:
    """Check and keep the paper before the rest is right, so that it is not asked for again. Raises PaperRefused."""
    return keep_loose_paper(paper=PAPER, file=file, by=by)


@transaction.atomic
def make_claim(
    *,
    kind: str,
    tax_number: str,
    name_ar: str,
    name_fr: str,
    place: Any,
    claimant_name: str,
    proof: Upload,
    by: Any,
) -> Claim:
    """Ask to own an organisation's account; the directorate of `place` (a governorate) decides.

    Raises AlreadyOwned, AlreadyAsked, TooManyClaims, offices.selectors.NoOffice, tax_numbers.NoTaxNumber.
    """
    identity = identity_of(tax_number)
    waiting = Claim.objects.select_for_update().filter(claimant=by, state=Claim.State.OPEN)
    if owned(identity):
        raise AlreadyOwned("tax_number")
    if any(claim.tax_number == identity for claim in waiting):
        raise AlreadyAsked("tax_number")
    if len(waiting) >= MOST_OPEN:
        raise TooManyClaims
    claim = Claim.objects.create(
        claimant=by,
        claimant_name=claimant_name,
        kind=Kind(kind),
        tax_number=identity,
        name_ar=name_ar,
        name_fr=name_fr,
        place=place,
        office=regional_office(place.code),
        proof=proof,
        made_at=timezone.now(),
    )
    _record("organisation.claim", claim, by)
    return claim


def claims_of(person: Any) -> QuerySet[Claim]:
    """What a person asked for, the latest first."""
    return Claim.objects.filter(claimant=person).select_related("office", "organisation").order_by("-made_at", "-pk")


def claims_for(officer: Any) -> QuerySet[Claim]:
    """Requests to the directorates in which this person decides on them today, the oldest first; not their own."""
    offices = Membership.objects.filter(in_force(), person=officer, role__in=DECIDE).values("office")
    found = Claim.objects.filter(office__in=offices).exclude(claimant=officer)
    return found.select_related("office", "place", "proof", "claimant")


@transaction.atomic
def accept_claim(*, claim: Claim, by: Any) -> Organisation:
    """The claimant owns the account from today on; an organisation that the register knew keeps its names.

    Raises NotAllowed, AlreadyDecided, AlreadyOwned (somebody else was faster).
    """
    held = _decidable(claim, by)
    organisation, _made = enter_organisation(
        kind=held.kind, tax_number=held.tax_number, name_ar=held.name_ar, name_fr=held.name_fr, by=by
    )
    organisation = lock(organisation)
    if owners_of(organisation, timezone.localdate()).exists():
        raise AlreadyOwned
    begin_service(organisation=organisation, person=held.claimant, role=Role.OWNER)
    held.organisation = organisation
    _decide(held, Claim.State.ACCEPTED, by)
    return organisation


@transaction.atomic
def refuse_claim(*, claim: Claim, reason: str, by: Any) -> Claim:
    """Say no, with the reason that the claimant reads. Raises NotAllowed, AlreadyDecided."""
    held = _decidable(claim, by)
    if not reason.strip():
        raise OrganisationError("reason", "a refusal has a reason")
    held.reason = reason.strip()
    _decide(held, Claim.State.REFUSED, by)
    return held


@transaction.atomic
def withdraw_claim(*, claim: Claim, by: Any) -> None:
    """The claimant takes the request back. Raises AlreadyDecided."""
    held = Claim.objects.select_for_update().get(pk=claim.pk)
    if held.state != Claim.State.OPEN or held.claimant_id != by.pk:
        raise AlreadyDecided
    _decide(held, Claim.State.WITHDRAWN, by)


def _decidable(claim: Claim, by: Any) -> Claim:
    held = Claim.objects.select_for_update().get(pk=claim.pk)
    if not claims_for(by).filter(pk=held.pk).exists():
        raise NotAllowed
    if held.state != Claim.State.OPEN:
        raise AlreadyDecided
    return held


def _decide(claim: Claim, state: str, by: Any) -> None:
    claim.state, claim.decided_at, claim.decided_by = state, timezone.now(), by
    claim.save(update_fields=["state", "decided_at", "decided_by", "reason", "organisation"])
    _record(f"organisation.claim_{state}", claim, by)


def _record(action: str, claim: Claim, by: Any) -> None:
    data = {"office": claim.office.code, "organisation": claim.organisation_id}
    append(action=action, subject=claim, actor=by, data=data)
