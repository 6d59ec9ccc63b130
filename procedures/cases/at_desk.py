"""Filing at a desk: which officer fills in which draft, for whom; the case and its receipt are the person's."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from procedures.audit.services import append
from procedures.cases.models import Case, DeskFiling
from procedures.offices.models import Office, Role
from procedures.offices.selectors import offices_of


def note_desk_filing(*, draft_id: UUID, officer: Any, applicant: Any, office: Office, paper_seen: str) -> DeskFiling:
    """On record before the first answer: who sits at the desk, for whom, and which kind of paper proved who it is."""
    with transaction.atomic():
        noted = DeskFiling.objects.create(
            draft_id=draft_id,
            officer=officer,
            applicant=applicant,
            office=office,
            paper_seen=paper_seen,
            started_at=timezone.now(),
        )
        data = {"applicant": applicant.pk, "office": office.code, "paper": paper_seen}
        append(action="desk.start_filing", subject=("draft", str(draft_id)), actor=officer, data=data)
    return noted


def desk_filing(draft_id: UUID, officer: Any) -> DeskFiling | None:
    """What this officer files at a desk with this draft, as long as they serve there."""
    if not getattr(officer, "is_authenticated", False):
        return None
    noted = DeskFiling.objects.select_related("applicant").filter(draft_id=draft_id, officer=officer).first()
    return noted if noted and offices_of(officer, Role.DESK_OFFICER).filter(pk=noted.office_id).exists() else None


def filed_at_desk_by(officer: Any, public_id: UUID) -> Case | None:
    """A case that this officer filed at a desk: number and receipt are handed over there, nothing else is read."""
    case = Case.objects.select_related("office", "snapshot", "applicant").filter(public_id=public_id).first()
    return case if case and desk_filing(case.draft_id, officer) else None
