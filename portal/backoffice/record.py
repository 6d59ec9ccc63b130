"""What is known already of whom a case is about: their other cases, their documents, the structures it concerns.

Other cases come through the same door as the inbox: what this officer may not open is neither listed nor counted.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from portal.backoffice.opened import OpenedCase
from portal.backoffice.wording import LOOKS_OF_STANDING, look_of, standing_in_words, state_in_words
from portal.directory.standing import Standing, standing
from procedures.cases.models import Case
from procedures.cases.selectors import visible_to
from procedures.documents.models import Document
from procedures.documents.selectors import statuses_of
from procedures.registry import procedures
from registers.inspections.models import Measure
from registers.inspections.selectors import measures_of, unmended
from registers.structures.models import Structure
from registers.structures.selectors import concerned, statuses_on

MOST = 20  # of each, the latest
STRUCTURE = "StructureField"  # type of field whose answer is the number of a structure
RECEIPT = "receipt"


@dataclass(frozen=True)
class OtherCase:
    number: str
    title: str
    address: str
    filed_on: date
    state: str
    look: str


@dataclass(frozen=True)
class Issued:
    number: str
    title: str
    address: str
    issued_on: date
    standing: str
    look: str


@dataclass(frozen=True)
class Sanction:
    kind: str
    since: date
    until: date | None
    is_in_force: bool


@dataclass(frozen=True)
class Site:
    """A structure as the register knows it today: its status, the measures against it, what it still has to mend."""

    structure: Structure
    standing: Standing
    unmended: int
    sanctions: list[Sanction] = field(default_factory=list)


@dataclass(frozen=True)
class Record:
    cases: list[OtherCase]
    documents: list[Issued]
    sites: list[Site]
    has_more: bool  # older cases than those listed

    @property
    def is_empty(self) -> bool:
        return not (self.cases or self.documents or self.sites)


def record_of(opened: OpenedCase) -> Record:
    """Eight queries, however much there is."""
    others = list(_others(opened)[: MOST + 1])
    shown = others[:MOST]
    return Record(
        cases=[_case(case) for case in shown],
        documents=list(_documents(shown, opened.language)),
        sites=list(_sites(opened)),
        has_more=len(others) > MOST,
    )


def _others(opened: OpenedCase) -> Any:
    """Of an organisation, whoever filed them; of a person, those they did not file for an organisation."""
    case = opened.case
    mine = Q(organisation=case.organisation) if case.organisation else Q(applicant=case.applicant, organisation=None)
    found = visible_to(opened.reader).filter(mine).exclude(pk=case.pk)
    return found.only("public_id", "number", "procedure", "state", "filed_at").order_by("-filed_at", "-pk")


def _case(case: Case) -> OtherCase:
    known = procedures().get(case.procedure)
    return OtherCase(
        number=case.number,
        title=str(known.title) if known else case.procedure,
        address=reverse("backoffice:case", args=(case.public_id,)),
        filed_on=timezone.localdate(case.filed_at),
        state=state_in_words(case.state),
        look=look_of(case.state),
    )


def _documents(cases: Iterable[Case], language: str) -> Iterator[Issued]:
    found = Document.objects.filter(case__in=[case.pk for case in cases], state=Document.State.ISSUED)
    documents = list(found.exclude(output=RECEIPT).order_by("-issued_on", "-pk")[:MOST])
    worth = statuses_of(documents)
    for each in documents:
        yield Issued(
            number=each.number,
            title=each.titles.get(language) or each.titles["ar"],
            address=reverse("backoffice:document", args=(each.public_id,)),
            issued_on=each.issued_on,
            standing=standing_in_words(worth[each.pk]),
            look=LOOKS_OF_STANDING[worth[each.pk]],
        )


def _sites(opened: OpenedCase) -> Iterator[Site]:
    found = list(concerned(opened.case.organisation, list(_numbers(opened)))[:MOST])
    today = timezone.localdate()
    statuses, left = statuses_on(found, today), unmended(found)
    sanctions: dict[int, list[Sanction]] = {}
    for measure in measures_of(found):
        sanctions.setdefault(measure.subject_id, []).append(_sanction(measure, today))
    for each in found:
        yield Site(each, standing(statuses.get(each.pk)), left.get(each.pk, 0), sanctions.get(each.pk, []))


def _sanction(measure: Measure, today: date) -> Sanction:
    is_in_force = measure.since <= today and (measure.until is None or measure.until > today)
    return Sanction(str(Measure.Kind(measure.kind).label), measure.since, measure.until, is_in_force)


def _numbers(opened: OpenedCase) -> Iterator[str]:
    """Numbers of structures among the answers, by the type of the question."""
    for block in opened.snapshot["blocks"]:
        names = [each["name"] for each in block["fields"] if each["type"] == STRUCTURE]
        given = opened.answers.get(block["code"]) if names else None
        for row in given if isinstance(given, list) else [given or {}]:
            yield from (str(row[name]) for name in names if row.get(name))
