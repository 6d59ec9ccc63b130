"""My data: what the portal keeps of me, where I correct it, a file of all of it, my consents, and how to leave."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.closing import about
from portal.accounts.reauthentication import address_of_second_factor, proved_within
from portal.mine.closing import close_account, obstacles_of
from portal.mine.consulted import consultations_of
from portal.mine.export import everything_of
from procedures.audit.services import append
from procedures.cases.selectors import cases_of
from procedures.consents.selectors import consents_of
from procedures.consents.services import give_consent, withdraw_consent
from procedures.consents.texts import codes, in_force, version_of
from procedures.documents.models import Document
from procedures.mandates.selectors import given_by, held_by
from procedures.refusal import Refusal
from procedures.wizard.selectors import drafts_of


def data(request: HttpRequest) -> HttpResponse:
    person: Any = request.user
    cases = cases_of(person)
    context = {
        "cases": cases.count(),
        "drafts": drafts_of(person).count(),
        "documents": Document.objects.filter(case__in=cases.order_by()).count(),
        "notices": person.notices.count(),
        "mandates": given_by(person).count() + held_by(person).count(),
        "consultations": consultations_of(person).count(),
        "consents": [_standing(person, code) for code in codes()],
        "past": [(each, version_of(each.code, each.version)) for each in consents_of(person)],
    }
    return render(request, "mine/data.html", context)


def download(request: HttpRequest) -> HttpResponse:
    """POST: everything in one file; that it was asked for is on record."""
    person: Any = request.user
    with transaction.atomic():
        found = everything_of(person)
        append(action="account.download", subject=about(person), actor=person)
    answer = JsonResponse(found, json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = f'attachment; filename="takwin-{timezone.localdate():%Y-%m-%d}.json"'
    return answer


def consent(request: HttpRequest, code: str) -> HttpResponse:
    """POST: agree to the version that was read, or take it back."""
    if code not in codes():
        raise Http404
    version = request.POST.get("agree", "")
    try:
        if version:
            give_consent(person=request.user, code=code, version=int(version) if version.isdecimal() else 0)
            messages.success(request, _("Your agreement is noted. You may take it back at any time."))
        else:
            withdraw_consent(person=request.user, code=code)
            messages.success(request, _("Your agreement is taken back."))
    except Refusal as refused:
        messages.warning(request, str(refused))
    return redirect("mine:data")


def close(request: HttpRequest) -> HttpResponseBase:
    """GET: what goes and what stays. POST: close it, by whoever proved within five minutes that it is theirs."""
    person: Any = request.user
    if request.method != "POST":
        return render(request, "mine/close.html", {"obstacles": obstacles_of(person)})
    if not proved_within(request, settings.ACCOUNT_REAUTHENTICATION_TIMEOUT):
        messages.info(request, _("Confirm that it is you, then close the account."))
        return redirect(f"{_proof(request)}?next={reverse('mine:close')}")
    try:
        close_account(account=person)
    except Refusal as refused:
        messages.warning(request, str(refused))
        return redirect("mine:close")
    logout(request)
    messages.success(request, _("Your account is closed."))
    return redirect("public:catalogue")


def _proof(request: HttpRequest) -> str:
    """Where this person proves who they are: a second factor, a password, or a new login by a code."""
    person: Any = request.user
    if address := address_of_second_factor(person):
        return address
    if person.has_usable_password():
        return reverse("account_reauthenticate")
    logout(request)
    return redirect_to_login(reverse("mine:close")).url.partition("?")[0]


def _standing(person: Any, code: str) -> dict[str, Any]:
    """The text in force, and how this person stands to it."""
    text = in_force(code)
    given = consents_of(person).filter(code=code, withdrawn_at=None).first()
    return {"text": text, "given": given, "is_older": bool(given and given.version != text.version)}
