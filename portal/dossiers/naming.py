"""The names of files in the archive: what a paper is and its place, never what a person called it."""

from dataclasses import dataclass

from portal.backoffice.handed_in import Paper
from procedures.evidence.formats import ENDINGS
from procedures.evidence.models import Upload


@dataclass(frozen=True)
class Filed:
    """A file and its name in the archive; `name` is empty where it is not in it: the scanner has not passed it."""

    upload: Upload
    name: str
    is_replaced: bool


def filed_papers(papers: list[Paper]) -> list[tuple[Paper, list[Filed]]]:
    """As `papers/03-transcripts-2.pdf`: place of the paper, code, place of the file; replaced ones in their folder."""
    return [(paper, _filed(paper, place)) for place, paper in enumerate(papers, start=1)]


def filed_message(place: int, number: int, upload: Upload) -> str:
    return f"messages/{place:02}-{number}{_ending(upload)}"


def _filed(paper: Paper, place: int) -> list[Filed]:
    told = [
        (upload, folder, number)
        for folder, uploads in (("papers", paper.uploads), ("papers/replaced", paper.older))
        for number, upload in enumerate(uploads, start=1)
    ]
    return [
        Filed(
            upload,
            f"{folder}/{place:02}-{paper.code}-{number}{_ending(upload)}" if _is_clean(upload) else "",
            folder != "papers",
        )
        for upload, folder, number in told
    ]


def _is_clean(upload: Upload) -> bool:
    return upload.state == Upload.State.CLEAN


def _ending(upload: Upload) -> str:
    return ENDINGS[upload.kind][0] if upload.kind in ENDINGS else ""
