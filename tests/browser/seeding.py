"""Cases in every state and documents of every worth, made by the services over the scratch database; told as JSON.

Run as a process of its own (`python -m tests.browser.seeding`): the portal under test has another database than pytest.
"""

import json
import sys
import time
from datetime import timedelta
from typing import Any

import django

PATIENCE = 150  # seconds for the worker to seal the decisions
ACCOUNTS = ("trainee", "officer", "central", "signatory")
WORTHS = ("valid", "suspended", "revoked", "replaced", "expired")


def main() -> None:
    django.setup()
    from django.contrib.auth import get_user_model

    people = {code: get_user_model().objects.get(email=f"{code}@demo.takwin.example") for code in ACCOUNTS}
    if wanted := sys.argv[1:]:  # one case at the named stage, and no more
        print(case_at(wanted[0], people).public_id)
        return
    made = {f"worth:{worth}": case_at("signed", people) for worth in WORTHS}
    for stage in ("completeness", "correction", "instruction", "commission", "decision", "signature"):
        made[stage] = case_at(stage, people)
    told = {name: str(case.public_id) for name, case in made.items()}
    told |= documents_of(made, people)
    told["proposed"] = told["document:valid"]
    json.dump(told, sys.stdout)


def case_at(stage: str, people: dict[str, Any]) -> Any:
    """A case of the trainee that waits at this stage; "signed" has a decision that the worker will seal."""
    from django.utils import timezone

    from procedures.cases import services
    from procedures.resolving import resolve
    from procedures.testing import sample_stage_answers
    from tests.procedures.kernel.factories import CODE, file, hand_in

    officer, central = people["officer"], people["central"]
    case = file(people["trainee"], contact={"governorate": "TN-82"})
    for paper in ("identity", "certificate"):
        hand_in(case, paper)
    if stage == "correction":
        asked = [
            {"path": "foreign_certificate.title", "reason": "incomplete", "note": "Écrivez le titre entier."},
            {"path": "paper.certificate", "reason": "unreadable", "note": "صوّر الوثيقة في ضوء النهار."},
        ]
        services.ask_correction(case=case, by=officer, version=case.version, items=asked, note="")
    if stage in ("completeness", "correction"):
        return case
    case = services.accept_completeness(case=case, by=officer, version=case.version)
    if stage == "instruction":
        return case
    answers = sample_stage_answers(resolve(CODE), "instruction")
    case = services.close_instruction(case=case, by=central, version=case.version, answers=answers)
    if stage == "commission":
        return case
    said = {"held_on": timezone.localdate(), "members": ["Hedi", "Nour"], "opinion": "favourable"}
    case = services.record_opinion_of_commission(case=case, by=central, version=case.version, **said)
    if stage == "decision":
        return case
    granted = sample_stage_answers(resolve(CODE), "decision")
    services.prepare_decision(case=case, by=central, version=case.version, kind="grant", answers=granted)
    case.refresh_from_db()
    if stage == "signed":
        services.sign(case=case, by=people["signatory"], version=case.version)
    return case


def documents_of(made: dict[str, Any], people: dict[str, Any]) -> dict[str, str]:
    """The decisions once sealed, each put into its state; the valid one has a suspension proposed."""
    from django.utils import timezone

    from procedures.documents import services
    from procedures.documents.models import Document, StatusPeriod

    sealed = {worth: sealed_decision(made[f"worth:{worth}"]) for worth in WORTHS}
    for change, reason, worth in (("suspend", "inquiry", "suspended"), ("revoke", "false_paper", "revoked")):
        asked = {"document": sealed[worth], "change": change, "reason": reason, "note": "x", "by": people["central"]}
        services.decide_status_change(
            proposal=services.propose_status_change(**asked), approve=True, by=people["signatory"]
        )
    services.propose_status_change(
        document=sealed["valid"],
        change="suspend",
        reason="inquiry",
        note="Le centre est interrogé.",
        by=people["central"],
    )
    # No service replaces a document or lets its day pass: the rows are made as the engine reads them.
    StatusPeriod.objects.create(
        document=sealed["replaced"],
        status="replaced",
        since=timezone.now(),
        reason="replaced",
        replaced_by=sealed["valid"],
    )
    Document.objects.filter(pk=sealed["expired"].pk).update(expires_on=timezone.localdate() - timedelta(days=1))
    return {f"document:{worth}": document.public_id for worth, document in sealed.items()}


def sealed_decision(case: Any) -> Any:
    from procedures.documents.models import Document

    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if found := Document.objects.filter(case=case, output="equivalence", state=Document.State.ISSUED).first():
            return found
        time.sleep(0.5)
    raise SystemExit(f"The worker sealed no decision of {case.number} within {PATIENCE} seconds.")


if __name__ == "__main__":
    main()
