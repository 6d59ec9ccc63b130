"""`audit verify | seal | key | grants`: prove the chain, sign its head, make its key, close its tables."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from procedures.audit import keys, services
from procedures.audit.guards import grants
from procedures.audit.verify import verify_chain


class Command(BaseCommand):
    help = "Verify the audit chain, sign its head, make the signing key, or print and run the database grants."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=("verify", "seal", "key", "grants"))
        parser.add_argument("--role", default="takwin", help="grants: the PostgreSQL role that the portal connects as")
        parser.add_argument("--execute", action="store_true", help="grants: run the statements, as the tables' owner")

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, f"_{options['action']}")(options)

    def _verify(self, options: dict[str, Any]) -> None:
        found = verify_chain()
        for fault in found.faults:
            self.stdout.write(f"entry {fault.seq}: {fault.kind}: {fault.says}")
        if found.faults:
            raise CommandError(f"{len(found.faults)} faults in {found.entries} entries.")
        self.stdout.write(f"{found.entries} entries and {found.heads} signed heads: intact.")

    def _seal(self, options: dict[str, Any]) -> None:
        try:
            head = services.sign_head()
        except keys.NoKey as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Signed at entry {head.seq}: {head.digest}" if head else "The chain is empty.")

    def _key(self, options: dict[str, Any]) -> None:
        self.stdout.write(f"Key {keys.identifier(keys.make_key().public_key())}")

    def _grants(self, options: dict[str, Any]) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("Grants exist on PostgreSQL only. SQLite has no roles.")
        with connection.cursor() as cursor:
            for statement in grants(options["role"], connection.ops.quote_name):
                self.stdout.write(f"{statement};")
                if options["execute"]:
                    cursor.execute(statement)
