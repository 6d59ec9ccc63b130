"""Everything that the portal keeps of a person, as one file that people and machines read."""

from typing import Any

from django.db.models import Model

from portal.accounts.models import User
from portal.mine.consulted import consultations_of
from procedures.cases.models import Case
from procedures.cases.selectors import answers_of, cases_of
from procedures.consents.selectors import consents_of
from procedures.consents.texts import version_of
from procedures.documents.models import Document
from procedures.evidence.selectors import current_papers
from procedures.mandates.models import Mandate
from procedures.mandates.selectors import given_by, held_by
from procedures.wizard.selectors import drafts_of

ACCOUNT = ("name", "email", "phone", "phone_verified", "language", "date_joined", "last_login")


def everything_of(person: User) -> dict[str, Any]:
    """By room; dates and ids are left to the JSON encoder. What others wrote of other people is not in it."""
    return {
        "account": _fields(person, *ACCOUNT),
        "consents": [
            _fields(each, "code", "version", "language", "given_at", "withdrawn_at")
            | {"words": version_of(each.code, each.version).words}
            for each in consents_of(person)
        ],
        "mandates_given": [_mandate(each) for each in given_by(person)],
        "mandates_held": [_mandate(each) for each in held_by(person)],
        "drafts": [
            _fields(each, "procedure", "language", "created_at", "saved_at", "expires_at", "answers", "typed")
            | {"papers": [_fields(paper, "paper", "name", "size", "received_at") for paper in each.uploads.all()]}
            for each in drafts_of(person)
        ],
        "cases": [_case(each) for each in cases_of(person)],
        "messages": list(person.notices.values("event", "subject", "body", "created_at", "read_at")),
        "consultations": [
            {"entry": entry.seq, "at": entry.at, "what": entry.action} for entry in consultations_of(person)
        ],
    }


def _case(case: Case) -> dict[str, Any]:
    documents = Document.objects.filter(case=case)
    papers = current_papers(case)
    return _fields(case, "number", "procedure", "filed_at", "state", "closed_at", "due_on", "applicant_name") | {
        "answers": answers_of(case),
        "papers": [_fields(paper, "paper", "name", "size", "sha256", "received_at") for paper in papers],
        "documents": [_fields(each, "number", "output", "issued_on", "expires_on", "state") for each in documents],
        "letters": list(case.messages.values("sent_at", "text")),
    }


def _mandate(mandate: Mandate) -> dict[str, Any]:
    return _fields(mandate, "email", "procedure", "until", "given_at", "accepted_at", "ended_at")


def _fields(row: Model, *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
