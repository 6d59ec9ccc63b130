"""Files that come with an answer or a file of the authority: checked before any lock is taken, kept with the case."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from procedures.cases.errors import Refused
from procedures.cases.models import Case
from procedures.evidence.models import Upload
from procedures.evidence.services import PaperRefused, keep_loose_paper, remove_paper


@contextmanager
def kept_papers(papers: Mapping[str, Sequence[UploadedFile[Any]]], by: Any) -> Iterator[list[Upload]]:
    """Every file checked as any paper is, by the code of its paper; what the block raises takes all of them back.

    Raises Refused under the code of the paper whose file will not do.
    """
    kept: list[Upload] = []
    try:
        for code, files in papers.items():
            for file in files:
                kept.append(_kept(code, file, by))
        yield kept
    except BaseException:
        for upload in kept:
            remove_paper(upload=upload)
        raise


def attach(kept: Sequence[Upload], case: Case) -> None:
    """Hand them to the case, inside the transaction of what they came with."""
    Upload.objects.filter(pk__in=[upload.pk for upload in kept], case=None).update(case=case)


def _kept(code: str, file: UploadedFile[Any], by: Any) -> Upload:
    try:
        return keep_loose_paper(paper=code, file=file, by=by)
    except PaperRefused as refusal:
        raise Refused({code: [refusal.message]}) from None
