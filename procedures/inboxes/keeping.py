"""Keep the lists: whenever a case is saved, its lines are written anew within the same transaction."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone

from procedures.cases.models import Case, SignatureAct, StageRecord
from procedures.cases.states import OPEN, State
from procedures.inboxes.circles import circles_of
from procedures.inboxes.models import Line, Word
from procedures.inboxes.words import words_of
from procedures.offices.models import Office

NEVER = date.max  # where the clock has not started
COLUMNS = (
    "procedure", "state", "stage", "role", "office", "assignee", "version", "filed_at", "urgent_on", "closed_on",
    "is_open",
)  # fmt: skip


def case_was_saved(sender: Any, instance: Case, created: bool, **told: Any) -> None:
    """The receiver of Django's signal: it runs where the case is saved, whoever saves it."""
    if created:
        index_words([instance])
    write_lines(instance)


def write_lines(case: Case) -> None:
    """Write the lines of a case as it stands; two queries until it is signed, four afterwards."""
    passages = list(
        StageRecord.objects.filter(case=case).order_by("pk").values("office", "role", "code", "kind", "closed_at")
    )
    signed = any(each["kind"] == State.SIGNATURE for each in passages)
    signers = SignatureAct.objects.filter(decision__case=case).values_list("signed_by", flat=True) if signed else ()
    stands = next((each for each in reversed(passages) if each["closed_at"] is None), None)
    circles = circles_of(
        case.state,
        case.office_id,
        is_central=case.state == State.SIGNATURE and case.office.kind == Office.Kind.CENTRAL,
        passed={each["office"] for each in passages},
        signers=signers,
    )
    said = facts_of(case, stands)
    Line.objects.bulk_create(
        [Line(circle=circle, case=case, **said) for circle in circles],
        update_conflicts=True,
        unique_fields=["case", "circle"],
        update_fields=COLUMNS,
    )
    if signed:
        Line.objects.filter(case=case).exclude(circle__in=circles).delete()


def facts_of(case: Case, stands: dict[str, Any] | None) -> dict[str, Any]:
    """What a line says of a case, and `stands` of the stage that is open."""
    return {
        "procedure": case.procedure,
        "state": case.state,
        "stage": stands["code"] if stands else "",
        "role": stands["role"] if stands else "",
        "office_id": case.office_id,
        "assignee_id": case.assignee_id,
        "version": case.version,
        "filed_at": case.filed_at,
        "urgent_on": case.due_on or NEVER,
        "closed_on": timezone.localdate(case.closed_at) if case.closed_at else None,
        "is_open": case.state in OPEN,
    }


def index_words(cases: Iterable[Case]) -> None:
    """Write the words of cases that have none yet."""
    Word.objects.bulk_create(
        [Word(case_id=case.pk, word=word) for case in cases for word in words_of(case.search)], batch_size=5000
    )
