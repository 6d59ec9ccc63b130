"""What follows from an event of allauth's: claims are not kept, and enrolling proves the factor just enrolled."""

from typing import Any

from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.socialaccount.models import SocialAccount
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.http import HttpRequest


@receiver(pre_save, sender=SocialAccount)
def forget_claims(instance: SocialAccount, **kwargs: Any) -> None:
    """A national number among the claims would otherwise lie in clear in the database."""
    instance.extra_data = {}


@receiver(authenticator_added)
def count_as_used(request: HttpRequest, authenticator: Authenticator, **kwargs: Any) -> None:
    if authenticator.type in (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN):
        post_authentication(request, authenticator, reauthenticated=True)
