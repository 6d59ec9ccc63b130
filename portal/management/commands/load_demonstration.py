"""Make the demonstration's accounts, its offices' people and a few cases; what exists is left as it is."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.accounts.services import create_account, enrol_totp_for_demonstration
from portal.demonstration import commission
from portal.demonstration.accounts import PASSWORD, PEOPLE, Person
from portal.demonstration.cases import file_all
from procedures.offices.models import Membership, Office, Role


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.TAKWIN_DEMONSTRATION:
            raise CommandError("Invented accounts are made with the demonstration settings only.")
        for person in PEOPLE:
            if not User.objects.filter(email=person.email).exists():
                with transaction.atomic():
                    self._make(person)
                self.stdout.write(f"account {person.email}")
        commission.set_up()
        self.stdout.write(f"cases: {file_all()} filed")

    def _make(self, person: Person) -> None:
        account = create_account(email=person.email, name=person.name, language="ar", password=PASSWORD)
        for office, role in person.serves:
            Membership.objects.create(
                person=account, office=Office.objects.get(code=office), role=role, since=timezone.localdate()
            )
        if person.serves:
            enrol_totp_for_demonstration(account)
        if any(role == Role.EDITOR for _, role in person.serves):
            account.is_staff = True
            account.save(update_fields=("is_staff",))
            account.groups.add(Group.objects.get(name="Editors"))
