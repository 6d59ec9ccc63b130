"""Say where the demonstration is, who can log in, and one link to try for each."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.demonstration.accounts import PASSWORD, PEOPLE


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.TAKWIN_DEMONSTRATION:
            raise CommandError("There is no demonstration with these settings.")
        address = settings.TAKWIN_PUBLIC_URL
        command = "make practice" if settings.TAKWIN_PRACTICE else "make demo"
        lines = [
            "",
            f"Takwin runs at {address}/ar/   (also /fr/ and /en/). All data are invented.",
            f"Messages that were sent: {address}/demo/sent/",
            "",
            f"{'account':<38}{'opens':<26}",
            *(f"{person.email:<38}{address}{self.path(person.opens)}" for person in PEOPLE),
            "",
            f"Password of all: {PASSWORD}",
            "Second-factor code of a staff account:  "
            + ("shown on the page that asks for it" if settings.TAKWIN_PRACTICE else "make demo-code USER=officer"),
            "A refusal to contest: trainee appeals from its page; jurist and signatory2 decide, who had no part in it.",
            "A lost second factor: administrator asks for its reset, administrator2 agrees; auditor reads about it.",
            f"Stop with Ctrl-C; `{command}` starts again in seconds and loses nothing.",
            "",
        ]
        self.stdout.write("\n".join(lines))

    @staticmethod
    def path(opens: str) -> str:
        return opens if opens.startswith("/cms") else f"/ar{opens}"
