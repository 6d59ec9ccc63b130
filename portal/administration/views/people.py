"""People: the list, a search that stays out of addresses, one account, and what is done to it."""

from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.closing import about, deactivate, end_session, reactivate
from portal.accounts.factor_resets import ask_reset, decide_reset
from portal.accounts.models import FactorReset, User
from portal.accounts.reauthentication import require_recent
from portal.administration import people as listing
from portal.administration.asking import Back, Question, ask, do
from portal.administration.forms.asked import Nothing
from portal.administration.forms.people import Closing, Resetting, Search
from portal.administration.rooms import changes, reads, show
from procedures.audit.services import append
from procedures.offices.models import Office, Role
from procedures.offices.selectors import seat_of

ON_A_PAGE = 25
METHODS = ["GET", "HEAD", "POST"]


@reads
@require_http_methods(METHODS)
def people(request: HttpRequest) -> HttpResponse:
    """GET lists staff; POST searches, so that names never stand in an address or a log."""
    chosen = listing.Filter.asked_by(request.GET)
    form = Search(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"filter": chosen, "form": form, "offices": Office.objects.all(), "roles": Role.choices}
    if request.method == "POST" and form.is_valid():
        context["rows"] = listing.rows(listing.find(form.cleaned_data["words"]))
        context["searched"] = True
    else:
        page = Paginator(chosen.people(), ON_A_PAGE).get_page(request.GET.get("page"))
        context |= {"page": page, "rows": listing.rows(page.object_list)}
        context["invitations"] = listing.waiting_invitations()
    return show(request, "administration/people.html", context)


@reads
@require_safe
def person(request: HttpRequest, person: int) -> HttpResponse:
    account = listing.Account(get_object_or_404(User, pk=person), request.user)
    if not account.is_staff and not account.is_own:
        append(action="account.read", subject=about(account.person), actor=request.user, data=seat_of(request.user))
    return show(request, "administration/person.html", {"account": account, "person": account.person})


@changes
@require_http_methods(METHODS)
@require_recent
def close(request: HttpRequest, person: int) -> HttpResponse:
    found = get_object_or_404(User, pk=person, is_active=True)
    account = listing.Account(found, request.user)
    question = Question(
        title=_("Close this account?"),
        button=_("Close the account"),
        back=the_page_of(found),
        facts=((_("Name"), found), (_("Cases assigned"), account.open_cases)),
        lead=_("Nobody logs in with it any more and its sessions end at once. What the person did and filed stays."),
        warning=_("Assign the cases of this person to a colleague first.") if account.open_cases else "",
    )
    return ask(request, Closing, question, partial(deactivate, account=found), _("The account is closed."))


@changes
@require_http_methods(METHODS)
@require_recent
def reopen(request: HttpRequest, person: int) -> HttpResponse:
    found = get_object_or_404(User, pk=person, is_active=False)
    account = listing.Account(found, request.user)
    again = [one for one in account.memberships if listing.standing_of(one) != "over"]
    question = Question(
        title=_("Open this account again?"),
        button=_("Open the account again"),
        back=the_page_of(found),
        facts=((_("Name"), found), *((one.get_role_display(), one.office) for one in again)),
        lead=_("These roles come back with the account. End those that are no longer needed."),
    )
    return ask(request, Nothing, question, partial(reactivate, account=found), _("The account is open again."))


@changes
@require_http_methods(METHODS)
@require_recent
def reset(request: HttpRequest, person: int) -> HttpResponse:
    found = get_object_or_404(User, pk=person, is_active=True)
    question = Question(
        title=_("Ask for a reset of the second factor"),
        button=_("Ask for the reset"),
        back=the_page_of(found),
        facts=((_("Name"), found),),
        lead=_(
            "First speak to the person, on a number you know. Another administrator then decides, within three days."
        ),
    )
    done = _("The request waits for another administrator.")
    return ask(request, Resetting, question, partial(ask_reset, account=found), done)


@changes
@require_POST
@require_recent
def decide(request: HttpRequest, person: int) -> HttpResponseBase:
    """Agree to a reset or refuse it: only the one that stood on the page."""
    found = get_object_or_404(FactorReset, account=person, pk=_number(request.POST.get("reset")))
    approve = request.POST.get("approve")
    if approve not in ("yes", "no"):
        raise Http404
    done = _("The second factor is reset.") if approve == "yes" else _("The reset is refused. Nothing changed.")
    return do(
        request,
        lambda: decide_reset(reset=found, approve=approve == "yes", by=_me(request)),
        done,
        page_of(found.account),
    )


@changes
@require_POST
def sessions(request: HttpRequest, person: int) -> HttpResponseBase:
    """End one session, or every one."""
    found = get_object_or_404(User, pk=person)
    one = request.POST.get("session")
    number = None if one == "all" else _number(one)
    return do(
        request,
        lambda: end_session(account=found, session=number, by=_me(request)),
        _("The session is ended.") if number else _("Every session is ended."),
        page_of(found),
    )


def page_of(person: Any) -> str:
    return reverse("administration:person", kwargs={"person": person.pk})


def the_page_of(person: Any) -> Back:
    return Back(page_of(person), str(person))


def _me(request: HttpRequest) -> Any:
    return request.user


def _number(typed: str | None) -> int:
    if not (typed or "").isdecimal() or len(typed or "") > 12:
        raise Http404
    return int(typed or "")
