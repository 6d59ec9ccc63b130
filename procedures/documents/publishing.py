"""Documents that anybody may read: acts addressed to everybody, which the procedure says are published."""

from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from procedures.documents.models import Document
from procedures.registry import procedures

if TYPE_CHECKING:
    from procedures.cases.models import Case, Decision


def published_documents() -> QuerySet[Document]:
    """Every sealed document that is published, the newest first."""
    asked = Q(pk__in=())
    for procedure in procedures().values():
        outputs = [output.code for output in procedure.outputs if output.published]
        if outputs:
            asked |= Q(procedure=procedure.code, output__in=outputs)
    found = Document.objects.filter(asked, state=Document.State.ISSUED)
    return found.order_by("-issued_on", "-pk")


def is_published(document: Document) -> bool:
    return _publishes(document.procedure, lambda output: output.code == document.output)


def publishes(case: "Case", decision: "Decision") -> bool:
    """Whether a decision of this kind gives a document that is published."""
    return _publishes(case.procedure, lambda output: decision.kind in output.on)


def _publishes(code: str, holds: Any) -> bool:
    found = procedures().get(code)
    return found is not None and any(output.published and holds(output) for output in found.outputs)
