"""Messages about a case, with files: between whoever filed and the office where the case stands."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from procedures.audit.services import append
from procedures.cases.access import acts_as_applicant, writes_for_office
from procedures.cases.errors import NotAllowed, Refused
from procedures.cases.models import Case, CaseMessage
from procedures.cases.states import CLOSED
from procedures.evidence.models import Upload
from procedures.evidence.services import PaperRefused, keep_loose_paper, remove_paper

ATTACHED = "message"  # instead of a paper's code
LONGEST = 4000
MOST_FILES = 5
MOST_IN_A_DAY = 20  # of one person about one case


def send_message(*, case: Case, by: Any, text: str, files: Sequence[UploadedFile[Any]] = ()) -> CaseMessage:
    """Write to the other side; the clock does not stop, and nobody's open page becomes stale.

    Raises NotAllowed for whoever neither filed nor handles the case, or where it is closed; Refused by field ("text",
    "files"); then nothing is kept.
    """
    _refuse(case, by, text, files)
    kept = _kept(files, by)
    try:
        with transaction.atomic():
            held = Case.objects.select_for_update().get(pk=case.pk)
            _refuse(held, by, text, files)  # again, now that nobody else writes
            message = CaseMessage.objects.create(
                case=held,
                author=by,
                office=None if acts_as_applicant(by, held) else held.office,
                text=text.strip(),
                sent_at=timezone.now(),
            )
            message.files.set(kept)
            append(action="case.message", subject=held, actor=by, data={"message": message.pk, "files": len(kept)})
    except BaseException:
        for upload in kept:
            remove_paper(upload=upload)
        raise
    return message


def _refuse(case: Case, by: Any, text: str, files: Sequence[Any]) -> None:
    if case.state in CLOSED:
        raise NotAllowed(_("The case is closed: no message goes to it any more."))
    if not acts_as_applicant(by, case) and not writes_for_office(by, case):
        raise NotAllowed(_("Only whoever filed and the office that handles the case write here."))
    faults: dict[str, list[str]] = {}
    if not text.strip():
        faults["text"] = [_("Write the message first.")]
    elif len(text) > LONGEST:
        faults["text"] = [_("The message is longer than %(most)s signs. Shorten it.") % {"most": LONGEST}]
    if len(files) > MOST_FILES:
        faults["files"] = [_("Attach at most %(most)s files to a message.") % {"most": MOST_FILES}]
    since = timezone.now() - timedelta(days=1)
    if case.messages.filter(author=by, sent_at__gt=since).count() >= MOST_IN_A_DAY:
        faults["text"] = [_("You wrote many messages today. Wait until tomorrow, or call the office.")]
    if faults:
        raise Refused(faults)


def _kept(files: Sequence[UploadedFile[Any]], by: Any) -> list[Upload]:
    """Every file checked as any paper is; one that is refused takes the others back with it."""
    kept: list[Upload] = []
    for file in files:
        try:
            kept.append(keep_loose_paper(paper=ATTACHED, file=file, by=by))
        except PaperRefused as refusal:
            for upload in kept:
                remove_paper(upload=upload)
            raise Refused({"files": [refusal.message]}) from None
    return kept
