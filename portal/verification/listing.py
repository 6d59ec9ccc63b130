"""Sealed reports on lists of codes: asked without an account, made by the worker, read at a secret address, purged."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from portal.verification.models import ListReport
from procedures.audit.services import append
from procedures.documents import codes
from procedures.documents.models import Document
from procedures.documents.reports import forget_rows, list_report
from procedures.documents.services import prepare_list_report
from procedures.jobs import services as jobs

SECRET_BYTES = 16
NOTHING = "–"  # stands for what was typed and could not be a code
LEAST_DIGITS = 2  # of sixteen signs: a word has none


@transaction.atomic
def ask_report(typed: list[tuple[int, str]]) -> str:
    """Promise a sealed report on these lines; gives the secret of its address, which is kept nowhere."""
    secret, now = secrets.token_hex(SECRET_BYTES), timezone.now()
    report = ListReport.objects.create(
        digest=_digest(secret),
        asked=[[number, kept_of(text)] for number, text in typed],
        made_at=now,
        purge_at=now + timedelta(days=settings.TAKWIN_LIST_REPORT_DAYS),
    )
    append(action="list_report.ask", subject=report, data={"codes": len(typed)})
    jobs.add(kind="verification.report_list", key=f"report_list:{report.pk}", payload={"report_id": report.pk})
    return secret


def kept_of(text: str) -> str:
    """The code; the sixteen signs of one with a slip; of anything else nothing, for it may be a name or a number."""
    read = codes.normalise(text)
    if isinstance(read, str):
        return read
    signs = "".join(sign for sign in text.upper() if sign.isalnum())
    has_digits = sum(sign.isdigit() for sign in signs) >= LEAST_DIGITS
    return codes.grouped(signs) if read.fault == "check" and has_digits else NOTHING


def make_report(report_id: int) -> None:
    """Answer the lines and prepare the sealed document, inside the transaction that ends the job."""
    report = ListReport.objects.select_for_update().filter(pk=report_id).first()
    if report is None or report.document_id is not None:
        return
    told = list_report([text for _number, text in report.asked])
    report.document = prepare_list_report(content=told.printed(), rows=told.bound())
    report.save(update_fields=["document"])


def report_of_secret(secret: str) -> ListReport | None:
    """The report of this secret; None for one that is wrong or past its day alike."""
    if len(secret) != 2 * SECRET_BYTES:
        return None
    found = ListReport.objects.filter(digest=_digest(secret), purge_at__gt=timezone.now())
    return found.select_related("document").first()


def reports_waiting() -> int:
    """How many reports were asked and are not made yet, by whomever."""
    unmade = Q(document=None) | Q(document__state=Document.State.PREPARING)
    return ListReport.objects.filter(unmade).count()


def forget_reports() -> int:
    """Delete the lists whose day has come, with the rows and the file of their reports; how many."""
    due = ListReport.objects.filter(purge_at__lte=timezone.now()).values_list("pk", flat=True)
    return sum(_forget(pk) for pk in list(due))


@transaction.atomic
def _forget(pk: int) -> bool:
    report = ListReport.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if report is None:
        return False
    document_id = report.document_id
    report.delete()
    if document_id is not None:
        forget_rows(Document.objects.select_for_update().get(pk=document_id))
    return True


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
