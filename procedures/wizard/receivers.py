"""What the wizard does when somebody logs in: the drafts of the session become the account's."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from procedures.wizard.services import claim_drafts


@receiver(user_logged_in, dispatch_uid="wizard.claim_drafts")
def claim_at_login(sender: Any, request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    if request is not None and hasattr(request, "session"):
        claim_drafts(request, user)
