"""`manage.py demo_code --user officer`: the current second-factor code of a demonstration account."""

import time
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.accounts.models import User
from portal.accounts.second_step import code_of

if not settings.TAKWIN_DEMONSTRATION:
    raise ImproperlyConfigured("demo_code exists in the demonstration only.")


class Command(BaseCommand):
    help = "Print the current second-factor code of a demonstration account."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--user", required=True, help="the e-mail, or what stands before its @")
        parser.add_argument("--secret", action="store_true", help="print the secret of the codes instead of a code")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["user"].lower()
        user = User.objects.filter(email=name).first() or User.objects.filter(email__startswith=f"{name}@").first()
        if user is None:
            raise CommandError(f"No account {name!r}. Accounts: {', '.join(_names()) or 'none yet, run make demo'}.")
        factor = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
        if factor is None:
            raise CommandError(f"{user.email} has no authenticator: it logs in with its password alone.")
        secret = get_adapter().decrypt(factor.data["secret"])
        left = 30 - int(time.time()) % 30
        if options["secret"]:
            self.stdout.write(secret)
            return
        self.stdout.write(code_of(secret))
        self.stderr.write(f"valid for {left} more seconds")


def _names() -> list[str]:
    return [str(email).partition("@")[0] for email in User.objects.exclude(email=None).values_list("email", flat=True)]
