"""What the wizard does at the door: drafts of the session become the account's at login, copies go at logout."""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from procedures.wizard.services import claim_drafts


@receiver(user_logged_in, dispatch_uid="wizard.claim_drafts")
def claim_at_login(sender: Any, request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    if request is not None and hasattr(request, "session"):
        claim_drafts(request, user)


@receiver(user_logged_out, dispatch_uid="wizard.note_logout")
def note_logout(sender: Any, request: HttpRequest | None, **kwargs: Any) -> None:
    if request is not None:
        request.logged_out = True  # type: ignore[attr-defined]  # read by copies.forgotten_at_logout
