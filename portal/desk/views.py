"""The desk of a person: what is asked of them first, then their cases, drafts, documents and messages."""

from typing import Any
from uuid import UUID

from django.contrib import messages as flash
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from notifications.selectors import notices_of, unread_count
from notifications.services import mark_read
from portal.desk.casefile import OwnCase, Sealed, sealed
from portal.desk.drafts import shown_drafts
from portal.desk.messaging import letters
from portal.mine.consulted import consultations_of, told
from procedures.audit.services import append
from procedures.cases.access import own_case
from procedures.cases.selectors import (
    cases_for_others,
    cases_of,
    confirmations_asked,
    open_to_applicant,
    opinions_asked,
)
from procedures.cases.services import CaseError, withdraw
from procedures.cases.tracking import renew_code
from procedures.documents.access import open_document
from procedures.documents.models import Document
from procedures.evidence.opening import open_paper
from procedures.mandates.selectors import offered_to
from procedures.serving.services import note_opened
from procedures.wizard.selectors import drafts_for_others, drafts_of

PICTURES = ("image/jpeg", "image/png")
READINGS_SHOWN = 5


def home(request: HttpRequest) -> HttpResponse:
    cases = [OwnCase(case) for case in cases_of(request.user)]
    running = [each for each in cases if not each.is_closed]
    readings = consultations_of(request.user)
    return render(
        request,
        "desk/home.html",
        {
            "owed": [each for each in running if each.correction],
            "running": running,
            "closed": [each for each in cases if each.is_closed],
            "drafts": shown_drafts(drafts_of(request.user)),
            "offered": offered_to(request.user),
            "for_others": [OwnCase(case, request.user) for case in cases_for_others(request.user)],
            "drafts_for_others": shown_drafts(drafts_for_others(request.user)),
            "documents": _documents(request.user),
            "to_confirm": [(each, OwnCase(each.case).title) for each in confirmations_asked(request.user)],
            "to_answer": [(each, OwnCase(each.case).title) for each in opinions_asked(request.user)],
            "unread": unread_count(request.user),
            "readings": readings.count(),
            "last_reading": next(iter(told(readings[:1])), None),
        },
    )


def case(request: HttpRequest, case: UUID) -> HttpResponse:
    """What was decided is notified by this page, where it is the first to tell of it."""
    file = OwnCase(own_case(request.user, case), request.user)
    note_opened(case=file.case, by=request.user)
    context = {"file": file, "case": file.case, "readings_shown": file.readings[:READINGS_SHOWN]}
    return render(request, "desk/case.html", context | {"letters": letters(file.case, request.user)})


def filed(request: HttpRequest, case: UUID) -> HttpResponse:
    file = OwnCase(own_case(request.user, case), request.user)
    return render(request, "desk/filed.html", {"file": file, "case": file.case})


def new_tracking_code(request: HttpRequest, case: UUID) -> HttpResponse:
    """For whoever files for it: the code before was seen by somebody who should not follow the case."""
    file = OwnCase(own_case(request.user, case), request.user)
    if not file.may_act:
        raise Http404
    renew_code(case=file.case, by=request.user)
    flash.success(request, _("The case has a new code. The one on the receipt opens nothing any more."))
    return redirect(f"{reverse('desk:case', kwargs={'case': file.case.public_id})}#without-account")


def withdrawal(request: HttpRequest, case: UUID) -> HttpResponse:
    """Ask once more, then withdraw; a case that can no longer be withdrawn leads back to its page, which says why."""
    file = OwnCase(own_case(request.user, case), request.user)
    if request.method == "POST":
        try:
            withdraw(case=file.case, by=request.user)
        except CaseError as refusal:
            flash.warning(request, str(refusal))
        else:
            flash.success(request, _("Your application is withdrawn. Nobody works on it any more."))
        return redirect("desk:case", case=file.case.public_id)
    return render(request, "desk/withdraw.html", {"file": file, "case": file.case})


def messages(request: HttpRequest) -> HttpResponse:
    """What the person was told; reading is confirmed by a button, so that a preview by a machine marks nothing."""
    notices = notices_of(request.user)
    if request.method == "POST":
        for notice in notices.filter(read_at=None):
            mark_read(notice=notice)
        return redirect("desk:messages")
    unread = notices.filter(read_at=None).exists()
    return render(request, "desk/messages.html", {"notices": notices[:100], "has_unread": unread})


def receipt(request: HttpRequest, case: UUID) -> HttpResponseBase:
    """The sealed receipt; for the moments in which it is still being made, a page that says so."""
    file = OwnCase(own_case(request.user, case), request.user)
    if file.receipt is None:
        return render(request, "desk/receipt_coming.html", {"file": file, "case": file.case})
    return _downloaded(request, file.receipt)


def document(request: HttpRequest, document: str) -> HttpResponseBase:
    mine = Document.objects.select_related("case").filter(case__in=open_to_applicant(request.user))
    found = get_object_or_404(mine, public_id=document.upper())
    if found.case is not None:
        note_opened(case=found.case, by=request.user)
    return _downloaded(request, found)


def paper(request: HttpRequest, case: UUID, upload: UUID) -> HttpResponseBase:
    own = own_case(request.user, case)
    found = own.uploads.filter(pk=upload).first()
    if found is None:
        raise Http404
    return open_paper(found, inline=found.kind in PICTURES)


def _downloaded(request: HttpRequest, document: Document) -> FileResponse:
    response = open_document(document)
    with transaction.atomic():
        append(action="document.download", subject=document, actor=request.user)
    return response


def _documents(person: Any) -> list[Sealed]:
    mine = Document.objects.filter(case__applicant=person, case__organisation=None)
    issued = mine.filter(state=Document.State.ISSUED).exclude(output="receipt")
    return [sealed(each, get_language() or "ar") for each in issued.order_by("-issued_on", "-pk")]
