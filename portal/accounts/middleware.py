"""Staff rooms open only to a session that has used a second factor, whichever door it came in by."""

from collections.abc import Callable
from types import MethodType
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.contrib.sites.requests import RequestSite
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.reauthentication import address_of_second_factor, has_second_factor, second_factor_used
from procedures.offices.selectors import roles_of
from procedures.policies import policy_of

GetResponse = Callable[[HttpRequest], HttpResponse]
EDITORS_ROOMS = ("/cms/", "/cms-documents/")
EDITORS_DOORS = {"wagtailadmin_login": "account_login", "wagtailadmin_password_reset": "account_reset_password"}
IDENTITY_PAGES = frozenset({"account_login", "account_signup", "socialaccount_connections", "national-identity"})


def second_factor(get_response: GetResponse) -> GetResponse:
    """Function middleware; the check itself runs once the view is known, so it asks the view what it is."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        _let_form_lead_to_national_identity(request, response)
        return response

    middleware.process_view = _check  # type: ignore[attr-defined]  # Django reads it from the function
    named = MethodType(_named_after_the_portal, middleware)
    middleware.process_template_response = named  # type: ignore[attr-defined]  # Django reads it from the function
    return middleware


def _check(request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
    editors_room = request.path_info.startswith(EDITORS_ROOMS)
    if editors_room and (door := _door_of_ours(request)):
        return redirect(door)
    policy = policy_of(view)
    if not editors_room and not (policy and policy.staff):
        return None
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if not (_is_editor(request.user) if editors_room else roles_of(request.user)):
        raise Http404
    if second_factor_used(request) and has_second_factor(request.user):  # one taken off since opens nothing more
        return None
    return _led_to_second_factor(request)


def _led_to_second_factor(request: HttpRequest) -> HttpResponseBase:
    proof = address_of_second_factor(request.user)
    query = urlencode({"next": request.get_full_path() if request.method == "GET" else reverse("account_login")})
    if proof:
        messages.info(request, _("Staff pages ask for your second factor once in each session. Enter it to go on."))
        return redirect(f"{proof}?{query}")
    messages.warning(request, _("Your account opens citizens' files: add a second factor to enter staff pages."))
    return redirect(f"{reverse('mfa_activate_totp')}?{query}")


def _door_of_ours(request: HttpRequest) -> str | None:
    """Wagtail's own login and password pages lead to ours, where the second factor is asked."""
    name = (request.resolver_match.url_name or "") if request.resolver_match else ""
    for prefix, door in EDITORS_DOORS.items():
        if name.startswith(prefix):
            target = reverse(door)
            return (
                f"{target}?{urlencode({'next': reverse('wagtailadmin_home')})}" if door == "account_login" else target
            )
    return None


def _is_editor(user: Any) -> bool:
    return bool(user.is_active and (user.is_superuser or user.has_perm("wagtailadmin.access_admin")))


def _named_after_the_portal(_middleware: Any, _request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
    """allauth's pages call the host `site`; the frame of our pages calls the portal so."""
    if response.context_data and isinstance(response.context_data.get("site"), RequestSite):
        del response.context_data["site"]
    return response


def _let_form_lead_to_national_identity(request: HttpRequest, response: HttpResponse) -> None:
    """A form that is answered by a redirect to the identity provider is stopped by `form-action 'self'` otherwise."""
    identity = settings.TAKWIN_NATIONAL_IDENTITY
    match = request.resolver_match
    if not identity or match is None:
        return
    if match.url_name in IDENTITY_PAGES or match.kwargs.get("provider_id") == "national-identity":
        server = urlsplit(identity["server_url"])
        allowed = {"form-action": [f"{server.scheme}://{server.netloc}"]}
        response._csp_update = allowed  # type: ignore[attr-defined]  # read by django-csp
