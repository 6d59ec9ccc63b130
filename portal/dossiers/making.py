"""Make a copy of a whole file: print it, then pack it with every paper and document, a piece at a time."""

import io
import json
import tempfile
from collections.abc import Iterator
from typing import IO, Any

from django.core.files.storage import storages
from django.core.serializers.json import DjangoJSONEncoder

from portal.dossiers.chapters.handling import document_name
from portal.dossiers.chapters.parts import Told
from portal.dossiers.naming import filed_message
from portal.dossiers.printing import print_whole_file
from procedures.cases.models import Case
from procedures.cases.selectors import answers_of, answers_of_officers
from procedures.documents.models import Document
from procedures.dossiers.access import rights
from procedures.dossiers.models import WholeFile
from procedures.dossiers.packing import Entry, pack
from procedures.dossiers.services import keep_whole_file, note_step, refuse_whole_file
from procedures.evidence.models import Upload


def make_whole_file(whole: WholeFile) -> None:
    """Nothing where it was made already, or where whoever asked for it may no longer take it."""
    if whole.state != WholeFile.State.PREPARING:
        return
    case = Case.objects.select_related("office", "snapshot", "applicant").get(pk=whole.case_id)
    if not rights(whole.by, case).takes:
        refuse_whole_file(whole=whole)
        return
    told = Told(case, whole.by, whole.language, whole.for_office)
    with tempfile.TemporaryFile() as archive:
        pdf = print_whole_file(whole, told)
        entries = [*_texts(told, pdf), *_papers(told), *_messages(told), *_documents(told)]
        steps = Steps(whole, len(entries))
        digest = pack(archive, entries, about=_about(whole, told), made_at=whole.asked_at, step=steps)
        keep_whole_file(whole=whole, pdf=io.BytesIO(pdf), archive=archive, manifest_sha256=digest)


class Steps:
    """Counts what is packed, and says so where people wait for it."""

    def __init__(self, whole: WholeFile, steps: int) -> None:
        self.whole, self.steps, self.done = whole, steps, 0

    def __call__(self) -> None:
        self.done += 1
        note_step(self.whole, self.done, self.steps)


def _about(whole: WholeFile, told: Told) -> dict[str, Any]:
    waiting = Upload.objects.filter(case=told.case, state=Upload.State.AWAITING_SCAN).count()
    return {
        "case": told.case.number,
        "procedure": told.case.procedure,
        "procedure_version": told.case.procedure_version,
        "copy": "office" if whole.for_office else "to hand over",
        "copy_id": str(whole.public_id),
        "reason": whole.reason,
        "waiting_for_virus_check": waiting,
    }


def _texts(told: Told, pdf: bytes) -> Iterator[Entry]:
    yield Entry("whole-file.pdf", "whole-file", lambda: io.BytesIO(pdf))
    yield Entry("answers.json", "answers", lambda: io.BytesIO(_answers(told)))


def _answers(told: Told) -> bytes:
    case = told.case
    corrections = case.corrections.exclude(returned_at=None).values("asked_at", "returned_at", "patch")
    content = {
        "case": case.number,
        "filed_at": case.filed_at,
        "answers_as_filed": case.answers,
        "corrections": list(corrections),
        "answers_as_they_stand": answers_of(case),
        "parameters": case.parameters,
    }
    if told.for_office:
        content["answers_of_officers"] = answers_of_officers(case)
    return json.dumps(content, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder).encode()


def _papers(told: Told) -> Iterator[Entry]:
    for _paper, filed in told.filed:
        for each in filed:
            if each.name:
                yield _upload(each.name, "paper", each.upload)


def _messages(told: Told) -> Iterator[Entry]:
    for place, message in enumerate(told.case.messages.prefetch_related("files"), start=1):
        for number, upload in enumerate(message.files.all(), start=1):
            if upload.state == Upload.State.CLEAN:
                yield _upload(filed_message(place, number, upload), "message", upload)


def _upload(name: str, kind: str, upload: Upload) -> Entry:
    return Entry(name, kind, lambda: _opened(upload.stored), upload.sha256)


def _documents(told: Told) -> Iterator[Entry]:
    for document in told.case.documents.filter(state=Document.State.ISSUED).exclude(stored="").order_by("pk"):
        yield _document(document)


def _document(document: Document) -> Entry:
    name = document_name(document.output, document.row, document.pk)
    return Entry(f"documents/{name}", "document", lambda: _opened(document.stored), document.file_sha256)


def _opened(path: str) -> IO[bytes]:
    return storages["private"].open(path)
