"""`procedure check [CODE]` tells what is wrong with procedures; `procedure list [--json]` tells which there are."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from procedures.checks import faults_of_all, faults_of_overrides
from procedures.definition import Procedure, in_languages, spoken
from procedures.registry import procedures


class Command(BaseCommand):
    help = "Check or list the procedures that are installed."
    requires_system_checks = ()  # the same faults would be told twice

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        check = actions.add_parser("check", help="Tell what is wrong with a procedure, or with all.")
        check.add_argument("code", nargs="?")
        listing = actions.add_parser("list", help="Tell which procedures are installed.")
        listing.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        if action == "check":
            self.check_procedures(options["code"])
        else:
            self.list_procedures(as_json=options["as_json"])

    def check_procedures(self, code: str | None) -> None:
        several = procedures()
        if code is not None and code not in several:
            raise CommandError(f"No procedure has the code {code}. Installed: {', '.join(several) or 'none'}.")
        chosen = [code] if code else list(several)
        found = list(faults_of_all(chosen))
        try:
            for each in chosen:
                found.extend(faults_of_overrides(several[each], on=timezone.localdate()))
        except DatabaseError:
            self.stderr.write("The database has no tables yet: what editors changed was not checked.")
        for fault in found:
            self.stderr.write(str(fault))
        if found:
            raise CommandError(f"{len(found)} fault(s) in {len({fault.procedure for fault in found})} procedure(s).")
        self.stdout.write(f"{', '.join(chosen)}: no fault.")

    def list_procedures(self, *, as_json: bool) -> None:
        rows = [_row(procedure) for procedure in procedures().values()]
        if as_json:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
            return
        for row in rows:
            self.stdout.write(f"{row['prefix']}  {row['code']}  {row['version']}  {row['title']['en']}")


def _row(procedure: Procedure) -> dict[str, Any]:
    return {
        "code": procedure.code,
        "prefix": procedure.prefix,
        "version": procedure.version,
        "open": procedure.open,
        "title": in_languages(procedure.title),
        "summary": spoken(procedure.summary, "en"),
        "applicants": [applicant.audience.value for applicant in procedure.applicants],
        "steps": [step.code for step in procedure.steps],
        "papers": [paper.code for paper in procedure.papers],
        "route": [stage.name for stage in procedure.route],
        "documents": {output.code: output.number for output in procedure.outputs},
    }
