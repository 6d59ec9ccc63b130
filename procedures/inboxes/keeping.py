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
    "procedure", "state", "stage", "role", "office", "assignee", "theirs_until", "offered_to", "offered_role",
    "version", "filed_at", "urgent_on", "closed_on", "is_open",
)  # fmt: skip


def case_was_saved(sender: Any, instance: Case, created: bool, **told: Any) -> None:
    """The receiver of Django's signal: it runs where the case is saved, whoever saves it."""
    if created:
        index_words([instance])
    if not created or instance.state == State.SIGNATORIES:  # else its first stage opens next, and it is saved again
        write_lines(instance, passages=[] if created else None)


def write_lines(case: Case, *, passages: list[dict[str, Any]] | None = None) -> None:
    """Write the lines of a case as it stands; two queries until it is signed or was offered, four afterwards."""
    passages = _passages(case) if passages is None else passages
    signed = any(each["kind"] == State.SIGNATURE for each in passages)
    signers = SignatureAct.objects.filter(decision__case=case).values_list("signed_by", flat=True) if signed else ()
    stands = next((each for each in reversed(passages) if each["closed_at"] is None), None)
    circles = circles_of(
        case.state,
        case.office_id,
        is_central=case.state == State.SIGNATURE and case.office.kind == Office.Kind.CENTRAL,
        passed={each["office"] for each in passages},
        offered=_offered(passages, "to_office"),
        signers=signers,
    )
    said = facts_of(case, passages, stands)
    Line.objects.bulk_create(
        [Line(circle=circle, case=case, **said) for circle in circles],
        update_conflicts=True,
        unique_fields=["case", "circle"],
        update_fields=COLUMNS,
    )
    if signed or any(each["hand_overs"] for each in passages):  # a circle may be left
        Line.objects.filter(case=case).exclude(circle__in=circles).delete()


def _passages(case: Case) -> list[dict[str, Any]]:
    """Each passage through a stage, with the hand-overs that were asked in it."""
    told = (
        "office", "role", "code", "kind", "closed_at", "due_on", "person", "organisation", "hand_overs",
        "hand_overs__answer", "hand_overs__to_office", "hand_overs__role",
    )  # fmt: skip
    return [dict(each) for each in StageRecord.objects.filter(case=case).order_by("pk", "hand_overs").values(*told)]


def _offered(passages: list[dict[str, Any]], what: str) -> Any:
    """Of the hand-over that is not answered yet: the office that is asked, the role that answers; or None."""
    asked = (each for each in passages if each["hand_overs"] and not each["hand_overs__answer"])
    return next((each[f"hand_overs__{what}"] for each in asked), None)


def _theirs_until(stands: dict[str, Any]) -> date | None:
    """The last day on which those concerned, and not the office, are waited for."""
    if stands["person"] is None and stands["organisation"] is None:
        return None
    return stands["due_on"] or NEVER


def facts_of(case: Case, passages: list[dict[str, Any]], stands: dict[str, Any] | None) -> dict[str, Any]:
    """What a line says of a case, and `stands` of the stage that is open."""
    return {
        "procedure": case.procedure,
        "state": case.state,
        "stage": stands["code"] if stands else "",
        "role": stands["role"] if stands else "",
        "office_id": case.office_id,
        "assignee_id": case.assignee_id,
        "theirs_until": _theirs_until(stands) if stands else None,
        "offered_to_id": _offered(passages, "to_office"),
        "offered_role": _offered(passages, "role") or "",
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
