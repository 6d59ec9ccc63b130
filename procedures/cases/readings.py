"""Who of the administration read what is a person's: each reading in the audit chain, and no other act."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet

from procedures.audit.models import Entry
from procedures.cases.models import Case
from procedures.documents.models import Document
from procedures.offices.models import Office

OF_A_CASE = ("case.read", "paper.read", "identity.read", "file.read")
OF_A_DOCUMENT = ("document.read", "document.opened")
READINGS = (*OF_A_CASE, *OF_A_DOCUMENT)
Subjects = Mapping[str, Collection[str]]  # "cases.case": ids


@dataclass(frozen=True)
class Reading:
    """Someone of the administration read something: when, what, who, for which office, in which role."""

    number: int  # in the audit chain: what one quotes to ask about it
    at: datetime
    action: str
    person: Any  # None once the account is erased
    office: Office | None
    role: str
    about: tuple[str, str]  # ("cases.case", "12")
    data: dict[str, Any]


def who_read(case: Case) -> tuple[Reading, ...]:
    """Who opened the case, one of its papers or documents, or its identity number, the latest first."""
    return tuple(resolved(entries_of(subjects_of([case.pk]), READINGS)))


def subjects_of(cases: Iterable[int]) -> Subjects:
    """How the chain names these cases and what was issued of them."""
    ids = list(cases)
    documents = Document.objects.filter(case__in=ids).values_list("pk", flat=True)
    return {Case._meta.label_lower: _written(ids), Document._meta.label_lower: _written(documents)}


def entries_of(subjects: Subjects, actions: Collection[str], *, without: Any = None) -> QuerySet[Entry]:
    """Entries about these subjects, the latest first; `without` leaves out what that account did itself."""
    about = Q(pk__in=())
    for kind, ids in subjects.items():
        if ids:
            about |= Q(subject_type=kind, subject_id__in=ids)
    found = Entry.objects.filter(about, action__in=actions).order_by("-seq")
    return found.exclude(actor=without.pk) if without is not None else found


def resolved(entries: Iterable[Entry]) -> Iterator[Reading]:
    """Entries with their people and offices, two queries for all of them."""
    listed = list(entries)
    people = get_user_model().objects.in_bulk({entry.actor for entry in listed if entry.actor})
    codes = {entry.data.get("office") for entry in listed}
    offices = {office.code: office for office in Office.objects.filter(code__in=codes)}
    for entry in listed:
        yield Reading(
            entry.seq,
            entry.at,
            entry.action,
            people.get(entry.actor or 0),
            offices.get(entry.data.get("office", "")),
            entry.data.get("role", ""),
            (entry.subject_type, entry.subject_id),
            entry.data,
        )


def _written(ids: Iterable[int]) -> tuple[str, ...]:
    return tuple(str(each) for each in ids)
