"""Who may open a URL: every view of ours declares one policy, and a view without one is refused by a house test.

A policy answers two questions: who is let in, and whether the room is for staff (then a second factor is demanded by
`portal.accounts.middleware`). What a person may do to one given case is asked again, of the case, in `cases/access.py`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase

from procedures.offices.selectors import roles_of

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Policy:
    """`code` names it in the matrix of tests; `roles` empty means any member of staff where `staff` is set."""

    code: str
    roles: tuple[str, ...] = ()
    staff: bool = False


def public(view: View) -> View:
    """Anyone, with or without an account."""
    return _declared(view, Policy("public"))


def by_secret(view: View) -> View:
    """Anyone who holds the unguessable address or the session that started it; the view itself checks which."""
    return _declared(view, Policy("by_secret"))


def signed_in(view: View) -> View:
    """Anyone with an account; other people's objects are 404 in the view."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return _declared(guarded, Policy("signed_in"))


def staff(*roles: str) -> Callable[[View], View]:
    """Staff who hold one of `roles` today (any role where none is named); for others the page does not exist."""

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            held = roles_of(request.user)
            if not held or (roles and not held.intersection(roles)):
                raise Http404
            return view(request, *args, **kwargs)

        return _declared(guarded, Policy("staff:" + ",".join(roles) if roles else "staff", roles, staff=True))

    return declare


def policy_of(callback: Any) -> Policy | None:
    """The policy declared on a URL's callback, through Django's class-based view wrapper too."""
    return getattr(callback, "policy", None) or getattr(getattr(callback, "view_class", None), "policy", None)


def _declared(view: View, policy: Policy) -> View:
    view.policy = policy  # type: ignore[attr-defined]  # read by policy_of
    return view
