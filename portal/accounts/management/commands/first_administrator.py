"""Give a portal its first administrator; every later one is invited or appointed on the screens."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.accounts.models import User
from portal.accounts.services import create_account
from procedures.offices.models import Membership, Office, Role
from procedures.offices.services import appoint


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="an address that this person reads: a code for their password goes there")
        parser.add_argument("--name", required=True, help="as colleagues will read it")
        parser.add_argument("--office", required=True, help="code of the office in which the person serves")

    def handle(self, *args: Any, **options: Any) -> None:
        office = Office.objects.filter(code=options["office"]).first()
        if office is None:
            codes = ", ".join(Office.objects.values_list("code", flat=True)) or "none yet, run load_offices"
            raise CommandError(f"No office has the code {options['office']!r}. Codes: {codes}.")
        if Membership.objects.filter(role=Role.ADMINISTRATOR, person__is_active=True).exists():
            raise CommandError("This portal has an administrator: ask them for an invitation.")
        account = User.objects.filter(email=options["email"].strip().lower()).first()
        account = account or create_account(email=options["email"], name=options["name"])
        appoint(person=account, office=office, role=Role.ADMINISTRATOR)
        self.stdout.write(f"{account.email} administers the portal. Next: they ask for a password on the login page.")
