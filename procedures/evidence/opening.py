"""A stored paper as a response that can run nothing; the view that calls this has already asked who wants it."""

from django.core.files.storage import storages
from django.http import FileResponse, Http404

from procedures.evidence.models import Upload

SAFE = "default-src 'none'; img-src 'self'; frame-ancestors 'self'; sandbox"


def open_paper(upload: Upload, *, inline: bool = False) -> FileResponse:
    """Pictures may be shown in place (`inline`); a PDF is always downloaded, as no browser shows one in a sandbox.

    Raises Http404 while the scanner has not answered, and for a file that it refused.
    """
    if upload.state != Upload.State.CLEAN:
        raise Http404
    response = FileResponse(
        storages["private"].open(upload.stored),
        as_attachment=not (inline and upload.kind.startswith("image/")),
        filename=upload.name,
        content_type=upload.kind,
    )
    return shown_safely(response)


def shown_safely(response: FileResponse) -> FileResponse:
    """A private file runs nothing, is kept by nobody, and is shown in no other site."""
    response["Content-Security-Policy"] = SAFE
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
