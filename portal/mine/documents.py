"""My documents: what each is worth today, its file, how often it was verified, and the links by which it is shared."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urljoin
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from design.forms import QallalineForm
from portal.desk.casefile import Sealed, sealed
from portal.verification.models import ShareLink, Verified
from portal.verification.sharing import (
    DAYS,
    MOST_OPEN,
    TooManyLinks,
    open_links,
    secret_of,
    share_document,
    withdraw_link,
)
from procedures.audit.services import append
from procedures.documents import codes
from procedures.documents.models import Document
from procedures.documents.selectors import VALID, status_of
from procedures.documents.standards import has_forms, signed_form

DAYS_SHOWN = 60


class Sharing(QallalineForm, forms.Form):
    """For how long the link opens."""

    days = forms.ChoiceField(
        label=gettext_lazy("For how long?"),
        widget=forms.RadioSelect,
        initial=str(DAYS[0]),
        error_messages={"required": gettext_lazy("Choose for how long the link opens.")},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["days"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (str(days), ngettext("%(days)s day", "%(days)s days", days) % {"days": days}) for days in DAYS
        ]


@dataclass(frozen=True)
class Mine:
    """A document of mine on the list."""

    shown: Sealed
    code: str
    verified: int
    links: int


@dataclass(frozen=True)
class Link:
    public_id: UUID
    address: str  # empty where it cannot be shown again
    made_at: Any
    expires_at: Any


def documents_of(person: Any) -> QuerySet[Document]:
    """What was issued to a person in their own cases, the latest first; receipts are with their case."""
    mine = Document.objects.filter(case__applicant=person, case__organisation=None, state=Document.State.ISSUED)
    return mine.exclude(output="receipt").order_by("-issued_on", "-pk")


def documents(request: HttpRequest) -> HttpResponse:
    found = list(documents_of(request.user))
    counted = Verified.objects.filter(document__in=found).values_list("document").annotate(Sum("times"))
    verified, language = dict(counted), get_language() or "ar"
    links = list(open_links(*found).values_list("document", flat=True))
    listed = [
        Mine(sealed(each, language), codes.grouped(each.public_id), verified.get(each.pk, 0), links.count(each.pk))
        for each in found
    ]
    return render(request, "mine/documents.html", {"documents": listed})


def document(request: HttpRequest, document: str) -> HttpResponse:
    """GET: one document. POST: a new link to it."""
    own = _own(request, document)
    form = Sharing(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            share_document(document=own, days=int(form.cleaned_data["days"]), by=request.user)
        except TooManyLinks:
            form.add_error(
                "days", _("This document has %(most)s open links. Withdraw one first.") % {"most": MOST_OPEN}
            )
        else:
            messages.success(request, _("The link is made. Give it to whom you wish."))
            return redirect(reverse("mine:document", args=(own.public_id,)) + "#links")
    since = timezone.localdate() - timedelta(days=DAYS_SHOWN)
    counted = Verified.objects.filter(document=own)
    context = {
        "shown": sealed(own, get_language() or "ar"),
        "code": codes.grouped(own.public_id),
        "form": form,
        "has_forms": has_forms(own) and status_of(own) == VALID,
        "links": [_link(each) for each in open_links(own)],
        "verified": counted.filter(day__gt=since),
        "days_shown": DAYS_SHOWN,
        "total": counted.aggregate(total=Sum("times"))["total"] or 0,
    }
    return render(request, "mine/document.html", context)


def wallet(request: HttpRequest, document: str, form: str) -> HttpResponse:
    """The credential for a wallet; only of a document that holds, since a file cannot be called back."""
    own = _own(request, document)
    if not has_forms(own) or status_of(own) != VALID:
        raise Http404
    signed, kid = signed_form(own, form)
    with transaction.atomic():
        append(action="document.credential", subject=own, actor=request.user, data={"form": form, "kid": kid})
    response = HttpResponse(signed, content_type="application/vc+jwt")
    response["Content-Disposition"] = f'attachment; filename="{own.public_id}-{form}.jwt"'
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def withdraw(request: HttpRequest, document: str, link: UUID) -> HttpResponse:
    own = _own(request, document)
    withdraw_link(link=get_object_or_404(ShareLink, document=own, public_id=link), by=request.user)
    messages.success(request, _("The link is withdrawn. It opens nothing any more."))
    return redirect(reverse("mine:document", args=(own.public_id,)) + "#links")


def _own(request: HttpRequest, public_id: str) -> Document:
    found = documents_of(request.user).filter(public_id=public_id.upper()).first()
    if found is None:
        raise Http404
    return found


def _link(link: ShareLink) -> Link:
    secret = secret_of(link)
    address = urljoin(settings.TAKWIN_PUBLIC_URL, reverse("verification:shared", args=(secret,))) if secret else ""
    return Link(link.public_id, address, link.made_at, link.expires_at)
