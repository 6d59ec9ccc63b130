"""The copy of a page that a browser keeps while it cannot reach the portal: only its session can read it.

The key is made for a session and lives in it: after a logout, or when a person says that others use this device, no
copy that is left behind can be opened, by anybody. The script deletes those older than seven days.
"""

import secrets
from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from procedures.wizard.access import own_draft

KEY, SHARED = "copy_key", "shared_device"  # in the session
BITS = 256


def key_for(request: HttpRequest) -> str:
    """The key of this session's copies, byte by byte; empty where the device is shared and nothing may be kept."""
    if request.session.get(SHARED):
        return ""
    if KEY not in request.session:
        request.session[KEY] = ",".join(map(str, secrets.token_bytes(BITS // 8)))
    return str(request.session[KEY])


def share_device(request: HttpRequest, *, shared: bool) -> None:
    """Keep nothing on this device from now on, and make what is kept unreadable; or keep copies again."""
    request.session[SHARED] = shared
    request.session.pop(KEY, None)


def device(request: HttpRequest, draft: UUID) -> HttpResponseBase:
    """POST: the person says that others use this device, or that it is theirs alone after all."""
    own = own_draft(request, draft)
    shared = "shared" in request.POST
    share_device(request, shared=shared)
    response = redirect("wizard:resume", draft=own.pk)
    if shared:
        forget_copies(response)
    return response


def forgotten_at_logout(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Middleware: whoever logs out leaves nothing behind in the browser."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if getattr(request, "logged_out", False):  # said by receivers.note_logout
            forget_copies(response)
        return response

    return answer


def forget_copies(response: HttpResponseBase) -> None:
    """Tell the browser to delete what the portal stored in it, cookies apart."""
    response["Clear-Site-Data"] = '"storage"'
