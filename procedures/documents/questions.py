"""What a procedure asks of a document that this portal issued, whom it belongs to, and how a decision revokes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from procedures.definition import Fact, Need, Rule
from procedures.documents.codes import Mistyped, grouped, normalise
from procedures.fields.identifiers import Identifier
from procedures.writing import fact, rule

if TYPE_CHECKING:
    from procedures.deciding import DecidedCase
    from procedures.documents.models import Document


class DocumentField(Identifier):
    """The code of a document of this portal, as printed beside its QR; that it was issued, a rule says."""

    sample = "0000000000000000"
    names_a_person = True
    refusals = {"code": _("“%(label)s” is no code of a document. Copy its sixteen signs from the paper.")}

    def tidy(self, text: str) -> str:
        found = normalise(super().tidy(text))
        return text.strip() if isinstance(found, Mistyped) else found

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and isinstance(normalise(value), Mistyped):
            raise ValidationError("", code="code")

    def names_of(self, value: Any) -> tuple[str, str]:
        document = _issued(str(value))
        return (document.holder_ar, document.holder_lat) if document else ("", "")

    def shown(self, value: Any, language: str) -> str:
        document = _issued(str(value))
        return f"{grouped(str(value))} {document.titles.get(language, '') if document else ''}".strip()


def document_holder(code: Need) -> Fact:
    """Whom a document belongs to: an account, or the public id of an organisation; "" where neither is known."""

    @fact(code, title=_("Holder of the document"))
    def document_holder(code: str) -> str:
        document = _issued(code)
        if document is None or document.case is None:
            return ""
        case = document.case
        return str(case.organisation) if case.organisation else f"account:{case.applicant_id}"

    return document_holder


def document_is_in_force(code: Need) -> Rule:
    """The document was issued here, and is neither revoked nor replaced."""

    @fact(code, title=_("What the document is worth"))
    def document_worth(code: str) -> str:
        from procedures.documents.selectors import status_of  # the words of a procedure are read before any table

        document = _issued(code)
        return status_of(document) if document else ""

    @rule(
        document_worth,
        says=_("No document with this code is in force. Check the code on the verification page."),
        title=_("The document is in force"),
    )
    def document_is_in_force(worth: str) -> bool:
        return worth in ("valid", "suspended", "expired")

    return document_is_in_force


def document_comes_from(code: Need, procedure: str) -> Rule:
    """The document was issued by a case of this procedure."""

    @fact(code, title=_("Procedure that gave the document"))
    def document_procedure(code: str) -> str:
        document = _issued(code)
        return document.procedure if document else ""

    @rule(
        document_procedure,
        says=_("No document of this kind has this code. Copy it from the list of what is published."),
        title=_("The document named is of this kind"),
    )
    def document_comes_from(given_by: str) -> bool:
        return given_by == procedure

    return document_comes_from


def revoke_document(case: DecidedCase, code: str, reason: str) -> None:
    """What a decided file of the authority does: the document is worth nothing any more, for a public reason.

    Raises Refusal where it was revoked or replaced meanwhile.
    """
    from procedures.documents.status_changes import revoke_by_decision  # the same

    revoke_by_decision(code=code, reason=reason, case_id=case.case_id)


def _issued(code: str) -> Document | None:
    from procedures.documents.selectors import issued_document  # the same

    return issued_document(code)
