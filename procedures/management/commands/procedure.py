"""What a developer asks of procedures: `procedure check | list | release | compare | rehearse`."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from procedures import released
from procedures.checks import faults_of_all, faults_of_overrides
from procedures.comparing import differences
from procedures.definition import Procedure, in_languages, spoken
from procedures.registry import procedures
from procedures.versions.rehearsing import go_on
from procedures.versions.selectors import counts, loaded_version
from procedures.versions.services import ask_rehearsal, note_versions


class Command(BaseCommand):
    help = "Check, list, release, compare or rehearse the procedures that are installed."
    requires_system_checks = ()  # the same faults would be told twice

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        check = actions.add_parser("check", help="Tell what is wrong with a procedure, or with all.")
        check.add_argument("code", nargs="?")
        listing = actions.add_parser("list", help="Tell which procedures are installed.")
        listing.add_argument("--json", action="store_true", dest="as_json")
        release = actions.add_parser("release", help="Write the released form, from which a version never departs.")
        release.add_argument("code")
        compare = actions.add_parser("compare", help="Tell what changed since a released version.")
        compare.add_argument("code")
        compare.add_argument("version", nargs="?", help="The last one released, unless said.")
        rehearse = actions.add_parser("rehearse", help="Judge past cases by the version that is installed.")
        rehearse.add_argument("code")
        rehearse.add_argument("--cases", type=int, default=1000, help="The latest filings first (1,000 unless said).")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        if action == "check":
            self.check_procedures(options["code"])
        elif action == "list":
            self.list_procedures(as_json=options["as_json"])
        elif action == "release":
            self.release(_installed(options["code"]))
        elif action == "compare":
            self.compare(_installed(options["code"]), options["version"])
        else:
            self.rehearse(_installed(options["code"]), options["cases"])

    def release(self, procedure: Procedure) -> None:
        found = list(faults_of_all([procedure.code]))
        for fault in found:
            self.stderr.write(str(fault))
        if found:
            raise CommandError(f"{procedure.code} is not released: mend the faults first.")
        try:
            path = released.release(procedure)
        except released.NotOfAPlugin:
            raise CommandError(f"No installed plugin has the procedure {procedure.code}.") from None
        self.stdout.write(f"{procedure.code} {procedure.version}: {path}")

    def compare(self, procedure: Procedure, version: str | None) -> None:
        try:
            known = [each for each in released.versions_of(procedure.code) if each != procedure.version]
        except released.NotOfAPlugin:
            raise CommandError(f"No installed plugin has the procedure {procedure.code}.") from None
        wanted = version or (known[-1] if known else "")
        before = released.read_released(procedure.code, wanted) if wanted else None
        if before is None:
            raise CommandError(f"Released versions of {procedure.code}: {', '.join(known) or 'none before this one'}.")
        found = differences(before, released.content_of(procedure))
        for each in found:
            detail = f": {', '.join(each.keys)}" if each.keys else ""
            words = " (words only)" if each.words_only else ""
            self.stdout.write(f"{each.what:<8} {each.part} {each.path}{detail}{words}")
        self.stdout.write(f"{wanted} -> {procedure.version}: {len(found)} difference(s).")

    def rehearse(self, procedure: Procedure, cases: int) -> None:
        note_versions()
        version = loaded_version(procedure.code)
        if version is None:
            raise CommandError(f"{procedure.code} {procedure.version} was not noted.")
        rehearsal = ask_rehearsal(version=version, by=None, cases=cases)
        while rehearsal.finished_at is None:
            rehearsal = go_on(rehearsal.pk)
            self.stderr.write(f"\r{rehearsal.done} of {rehearsal.total} cases", ending="")
        self.stderr.write("")
        for row in rehearsal.cases.select_related("case"):
            self.stdout.write(f"{row.case.number}  {', '.join(sorted(row.found))}")
        told = ", ".join(f"{number} {kind}" for kind, number in sorted(counts(rehearsal).items())) or "no change"
        self.stdout.write(f"{rehearsal.done} judged, {rehearsal.without_outline} without outline; {told}.")

    def check_procedures(self, code: str | None) -> None:
        several = procedures()
        chosen = [_installed(code).code] if code else list(several)
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


def _installed(code: str) -> Procedure:
    several = procedures()
    if code not in several:
        raise CommandError(f"No procedure has the code {code}. Installed: {', '.join(several) or 'none'}.")
    return several[code]


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
