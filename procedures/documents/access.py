"""Handing out the sealed file: the stored bytes, never a new rendering."""

from pathlib import Path

from django.conf import settings
from django.db.models import F
from django.http import FileResponse, Http404

from procedures.documents.models import Document


def open_document(document: Document) -> FileResponse:
    """The file as an attachment that no cache keeps, counted; a document that is not issued has none."""
    if document.state != Document.State.ISSUED or not document.stored:
        raise Http404
    path = Path(settings.TAKWIN_PRIVATE_STORAGE) / document.stored
    if not path.is_file():
        raise Http404
    Document.objects.filter(pk=document.pk).update(prints=F("prints") + 1)
    response = FileResponse(
        path.open("rb"), as_attachment=True, filename=file_name(document), content_type="application/pdf"
    )
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def file_name(document: Document) -> str:
    suffix = "" if document.output not in ("receipt", "refusal") else f"-{document.output}"
    return f"{document.number}{suffix}.pdf"
