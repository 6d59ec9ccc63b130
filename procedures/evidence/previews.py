"""The pages of a paper as small pictures, made when they are first asked for and kept for a day or so."""

import io
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.http import FileResponse, Http404
from PIL import Image

from procedures.evidence.formats import PDF
from procedures.evidence.models import Upload
from procedures.evidence.opening import shown_safely
from procedures.evidence.pages import drawn_pages
from procedures.evidence.shelves import MOST_PREVIEWS, PREVIEWS, read_file

SIDE, SMALL = 900, 240  # pixels of the longer side: of a page, and of the sign beside a paper's name


def open_preview(upload: Upload, page: int) -> FileResponse:
    """A page as JPEG; 0 is the first one, small. The caller has asked who wants it.

    Raises Http404 while the scanner has not answered, for a page that is not there, and where it cannot be drawn.
    """
    if upload.state != Upload.State.CLEAN or page > pages_shown(upload):
        raise Http404
    private, path = storages["private"], _path(upload, page)
    if not private.exists(path):
        _draw(upload)
    if not private.exists(path):
        raise Http404
    return shown_safely(FileResponse(private.open(path), content_type="image/jpeg"))


def pages_shown(upload: Upload) -> int:
    return min(upload.pages, MOST_PREVIEWS)


def _draw(upload: Upload) -> None:
    content = read_file(upload.stored)
    if upload.kind != PDF:
        _keep(upload, 1, content)
        return
    with drawn_pages(content, last=MOST_PREVIEWS, side=SIDE) as pages:
        for page in pages:
            _keep(upload, page.number, page.picture.read_bytes())


def _keep(upload: Upload, page: int, content: bytes) -> None:
    """One page, and the small picture with the first; two who ask at once make it twice, and one of the two is kept."""
    for number, side in ((page, SIDE), (0, SMALL)) if page == 1 else ((page, SIDE),):
        path, out = _path(upload, number), io.BytesIO()
        with Image.open(io.BytesIO(content)) as image:
            image.thumbnail((side, side))
            image.convert("RGB").save(out, "JPEG", quality=72)
        if not storages["private"].exists(path):
            storages["private"].save(path, ContentFile(out.getvalue()))


def _path(upload: Upload, page: int) -> str:
    stem = PurePosixPath(upload.stored).stem
    return f"{PREVIEWS}/{stem[:2]}/{stem}-{page}.jpg"
