"""Headers of every answer: private pages are kept by nobody, and Wagtail's admin alone may run its inline scripts."""

from collections.abc import Callable

from csp.constants import SELF, UNSAFE_INLINE
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_vary_headers

POWERS = ("accelerometer", "camera", "geolocation", "gyroscope", "microphone", "midi", "payment", "usb")
PERMISSIONS = ", ".join(f"{power}=()" for power in POWERS)
EDITORS = "/cms/"
EDITORS_POLICY = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],  # the preview panel shows the page inside the editor
}


def private_pages_are_not_stored(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """A page that a signed-in person saw must not be found by the next person at the same machine."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if _is_private(request, response):
            response["Cache-Control"] = "no-store, private"
            patch_vary_headers(response, ("Cookie",))
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.path_info.startswith(EDITORS):
            response._csp_replace = EDITORS_POLICY  # type: ignore[attr-defined]  # read by django-csp
        return response

    return answer


def practice_is_not_indexed(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """No answer of a practice space is kept by a search engine, whatever it is."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if settings.TAKWIN_PRACTICE:
            response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return answer


def _is_private(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Signed in, or holding an anonymous draft in the session, or an answer that sets a cookie."""
    user = getattr(request, "user", None)
    session = getattr(request, "session", None)
    return bool(user and user.is_authenticated) or bool(session and not session.is_empty()) or bool(response.cookies)
