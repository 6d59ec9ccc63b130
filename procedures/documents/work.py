"""Work of this room: sealing, always in a worker, never in a request."""

from procedures.documents.issuing import seal_document
from procedures.jobs.registry import handles


@handles("documents.seal")
def seal(document_id: int) -> None:
    seal_document(document_id)
