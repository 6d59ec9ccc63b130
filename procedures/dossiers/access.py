"""Who writes beside a case, who reads what is written there, and who may take the whole file away."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from procedures.cases.access import is_interested
from procedures.cases.models import Case, ConflictOfInterest
from procedures.cases.selectors import of_casework
from procedures.dossiers.models import WholeFile
from procedures.offices.models import Role
from procedures.offices.selectors import seats


@dataclass(frozen=True)
class Rights:
    """What a person may do beside a case.

    Attributes:
        reads: internal notes: whoever opens the case as staff, unless it is their own or that of an organisation in
            which they serve.
        writes: notes and originals seen: whoever handles cases in an office where this one stands or stood, and
            declared no conflict of interest.
        takes: the whole file: whoever writes or audits, and not the expert of an outside body, who is asked for an
            opinion only.
    """

    reads: bool = False
    writes: bool = False
    takes: bool = False


def rights(person: Any, case: Case) -> Rights:
    """Three queries."""
    if is_interested(person, case):
        return Rights()
    held = list(seats(person).values_list("office", "role")) if person.is_active else []
    roles = {role for _office, role in held}
    handles = of_casework(person, held=held).filter(pk=case.pk).exists()
    if not handles and Role.AUDITOR not in roles:
        return Rights()
    is_free = not ConflictOfInterest.objects.filter(case=case, person=person).exists()
    return Rights(reads=True, writes=handles and is_free, takes=is_free and bool(roles - {Role.EXPERT}))


def whole_files_for(person: Any, case: Case) -> QuerySet[WholeFile]:
    """The copies of a case that this person asked for: nobody opens what another asked for."""
    return WholeFile.objects.filter(case=case, by=person)
