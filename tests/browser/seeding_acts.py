"""One case for an act that a test plays, made by the services over the scratch database; its public id is printed.

`python -m tests.browser.seeding_acts absence`: waits for a signature, prepared by a second officer of the service.
`... late`: its opinion was due yesterday, and the worker is promised the round that finds it.
`... ruled_ar`: of this procedure, filed now.
"""

import sys
import uuid
from datetime import timedelta
from typing import Any

import django


def main() -> None:
    django.setup()
    from django.contrib.auth import get_user_model

    people = {
        code: get_user_model().objects.get(email=f"{code}@demo.takwin.example")
        for code in ("trainee", "officer", "central", "signatory")
    }
    wanted = sys.argv[1]
    made = {"absence": for_a_signature, "late": unanswered}.get(wanted, lambda people: filed(people, wanted))(people)
    print(made.public_id)


def filed(people: dict[str, Any], code: str) -> Any:
    from django.utils import timezone

    from procedures.cases.services import file_case
    from procedures.resolving import resolve
    from procedures.rules import Situation
    from procedures.testing import sample_answers

    now = timezone.now()
    procedure = resolve(code, on=timezone.localdate(now))
    answers = sample_answers(procedure, project={"kind": "course"}, asking={"governorate": "TN-82"})
    return file_case(
        draft_id=uuid.uuid4(),
        procedure=procedure,
        answers=answers,
        situation=Situation(procedure, answers, on=timezone.localdate(now)),
        applicant=people["trainee"],
        language="ar",
        on=now,
    )


def for_a_signature(people: dict[str, Any]) -> Any:
    """Whoever stands in for the signatory must not have prepared it: a colleague did."""
    from procedures.cases import services
    from procedures.offices.models import Office, Role
    from procedures.resolving import resolve
    from procedures.testing import sample_stage_answers
    from tests.browser.seeding import case_at
    from tests.procedures.kernel.factories import CODE, staff_of

    colleague = staff_of(Office.objects.get(code="equivalence"), Role.CENTRAL_OFFICER, "زميلة تجريبية")
    case = case_at("decision", people)
    granted = sample_stage_answers(resolve(CODE), "decision")
    services.prepare_decision(case=case, by=colleague, version=case.version, kind="grant", answers=granted)
    return case


def unanswered(people: dict[str, Any]) -> Any:
    """No service lets days pass: the day of the answer is put behind us as the engine reads it, and one more round of
    the day is promised, as the first has run already."""
    from django.utils import timezone

    from procedures.cases import services
    from procedures.cases.models import StageRecord
    from procedures.jobs.services import add

    case = filed(people, "advised")
    services.close_instruction(case=case, by=people["officer"], version=case.version, answers={})
    yesterday = timezone.localdate() - timedelta(days=1)
    StageRecord.objects.filter(case=case, closed_at=None).update(due_on=yesterday)
    add(kind="cases.silence", key=f"cases.silence:{case.pk}", payload={})
    return case


if __name__ == "__main__":
    main()
