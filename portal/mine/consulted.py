"""Who consulted what is mine: every reading by the administration that the audit chain holds, told in plain words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.accounts.closing import about as account_of
from procedures import reading as words
from procedures.audit.models import Entry
from procedures.cases import readings
from procedures.cases.models import Case
from procedures.cases.readings import Reading
from procedures.cases.selectors import cases_of
from procedures.documents.models import Document
from procedures.evidence.models import Upload
from procedures.offices.models import Role
from registers.organisations.models import Claim

CASE, DOCUMENT, CLAIM = (model._meta.label_lower for model in (Case, Document, Claim))
WHAT = {
    "case.read": _("Your file"),
    "paper.read": _("One of your papers"),
    "identity.read": _("Your identity number, in full"),
    "file.read": _("A copy of your whole file, with your answers and papers"),
    "document.read": _("What is on record of your document"),
    "document.opened": _("Your document (PDF)"),
    "account.read": _("Your account"),
    "organisation.read_claim": _("Your request for the account of an organisation"),
    "organisation.read_proof": _("The proof you handed in with your request"),
}


@dataclass(frozen=True)
class Consultation:
    """One reading as its owner reads it."""

    number: int
    at: Any
    what: Any
    which: str  # the title of the paper or of the document, where it is one
    case: Case | None
    office: Any
    role: str


def consultations_of(person: Any, *, case: Case | None = None) -> QuerySet[Entry]:
    """Readings of everything that is this person's, the latest first; of one case and its documents where it is named.

    What the person opened themselves is no reading by the administration, and is left out.
    """
    cases = [case.pk] if case else list(cases_of(person).values_list("pk", flat=True))
    subjects = dict(readings.subjects_of(cases))
    if case is None:
        kind, identity = account_of(person)
        claims = Claim.objects.filter(claimant=person).values_list("pk", flat=True)
        subjects |= {kind: (identity,), CLAIM: tuple(str(pk) for pk in claims)}
    return readings.entries_of(subjects, tuple(WHAT), without=person)


def told(entries: Iterable[Entry]) -> list[Consultation]:
    """Readings in words; papers, documents and cases are fetched once for all of them."""
    found = list(readings.resolved(entries))
    return list(_Telling(found).tell())


class _Telling:
    def __init__(self, found: list[Reading]) -> None:
        self.found, self.language = found, get_language() or "ar"
        self.documents = Document.objects.in_bulk(_ids(found, DOCUMENT))
        ids = _ids(found, CASE) + [each.case_id for each in self.documents.values() if each.case_id]
        self.cases = Case.objects.select_related("snapshot").in_bulk(ids)
        opened = {each.data["upload"] for each in found if "upload" in each.data}
        self.uploads = {str(pk): upload for pk, upload in Upload.objects.in_bulk(list(opened)).items()}

    def tell(self) -> Iterator[Consultation]:
        for each in self.found:
            case = self._case(each)
            yield Consultation(
                number=each.number,
                at=each.at,
                what=WHAT[each.action],
                which=self._which(each, case),
                case=case,
                office=each.office,
                role=str(Role(each.role).label) if each.role in Role.values else "",
            )

    def _case(self, each: Reading) -> Case | None:
        kind, identity = each.about
        if kind == DOCUMENT:
            document = self.documents.get(int(identity))
            return self.cases.get(document.case_id) if document and document.case_id else None
        return self.cases.get(int(identity)) if kind == CASE else None

    def _which(self, each: Reading, case: Case | None) -> str:
        kind, identity = each.about
        if kind == DOCUMENT and (document := self.documents.get(int(identity))):
            return document.titles.get(self.language) or str(document.titles["ar"])
        upload = self.uploads.get(str(each.data.get("upload", "")))
        if upload is None or case is None:
            return words.text(case.snapshot.content["procedure"]["title"], self.language) if case else ""
        titles = {paper.code: paper.title for paper in words.read_papers(case.snapshot.content, self.language)}
        return titles.get(upload.paper, upload.paper)


def _ids(found: list[Reading], kind: str) -> list[int]:
    return [int(each.about[1]) for each in found if each.about[0] == kind]
