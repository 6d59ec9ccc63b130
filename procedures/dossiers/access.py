"""Who writes beside a case, who reads what is written there, and who may take the whole file away."""

from typing import Any

from django.db.models import QuerySet

from procedures.cases.access import is_interested
from procedures.cases.models import Case, ConflictOfInterest
from procedures.cases.selectors import of_casework, visible_to
from procedures.dossiers.models import WholeFile
from procedures.offices.models import Role
from procedures.offices.selectors import seats


def reads_notes(person: Any, case: Case) -> bool:
    """Whoever opens the case as staff, unless it is their own or that of an organisation in which they serve."""
    return not is_interested(person, case) and visible_to(person).filter(pk=case.pk).exists()


def writes_notes(person: Any, case: Case) -> bool:
    """Whoever handles cases in an office where this one stands or stood, and declared no conflict of interest."""
    return (
        not is_interested(person, case)
        and of_casework(person).filter(pk=case.pk).exists()
        and not has_conflict(person, case)
    )


def takes_whole(person: Any, case: Case) -> bool:
    """Whoever writes there or audits, and not the expert of an outside body, who is asked for an opinion only."""
    if not reads_notes(person, case) or has_conflict(person, case):
        return False
    roles = set(seats(person).values_list("role", flat=True))
    return bool(roles - {Role.EXPERT})


def has_conflict(person: Any, case: Case) -> bool:
    return ConflictOfInterest.objects.filter(case=case, person=person).exists()


def whole_files_for(person: Any, case: Case) -> QuerySet[WholeFile]:
    """The copies of a case that this person asked for: nobody opens what another asked for."""
    return WholeFile.objects.filter(case=case, by=person)
