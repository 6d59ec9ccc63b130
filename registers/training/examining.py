"""Hold exams: the jury, the results, the deliberation, and corrections that keep what was believed before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from procedures.audit.services import append
from registers.history.causes import Cause
from registers.people.models import Person
from registers.training.errors import Deliberated, NoPresident, NotOfThisSession, OutsideSession, WrongMark
from registers.training.models import Enrolment, Exam, JuryMember, Result, Session

MOST = Decimal(20)
PASS_MARK = Decimal(10)  # an assumption: the regime of each exam may set another


@dataclass(frozen=True)
class GivenMember:
    """Somebody who sits in a jury, as its minutes name them."""

    name_ar: str = field(default="", repr=False)
    name_lat: str = field(default="", repr=False)
    role: str = JuryMember.Role.MEMBER
    quality: str = ""
    person: Person | None = None


@dataclass(frozen=True)
class GivenResult:
    """A mark of 20, or None for whoever was absent; `passed` only where it does not follow from the mark."""

    exam: Exam
    enrolment: Enrolment
    mark: Decimal | None
    attempt: int = 1
    passed: bool | None = None


@transaction.atomic
def hold_exam(
    cause: Cause,
    *,
    session: Session,
    held_on: date,
    label: str = "",
    jury: Sequence[GivenMember] = (),
    pass_mark: Decimal = PASS_MARK,
) -> Exam:
    """The exam of a session on a day, entered if it is not there. Raises OutsideSession before the session begins."""
    held = Session.objects.select_for_update().get(pk=session.pk)
    if held_on < held.since:
        raise OutsideSession(held, held_on)
    exam, made = Exam.objects.get_or_create(
        session=held,
        held_on=held_on,
        label=label,
        defaults={
            "pass_mark": pass_mark,
            "case_id": cause.case_id,
            "batch": cause.batch_id,
            "recorded_at": timezone.now(),
        },
    )
    if made:
        data = cause.told | {"session": held.pk, "held_on": held_on.isoformat()}
        append(action="training.hold_exam", subject=exam, actor=cause.by, data=data)
        _seat(exam, jury)
    return exam


@transaction.atomic
def name_jury(cause: Cause, *, exam: Exam, jury: Sequence[GivenMember]) -> Exam:
    """Name the jury, in the place of whoever was named before. Raises Deliberated."""
    held = _locked(exam)
    held.jury.all().delete()
    _seat(held, jury)
    data = cause.told | {"members": len(jury)}
    append(action="training.name_jury", subject=held, actor=cause.by, data=data)
    return held


@transaction.atomic
def record_results(cause: Cause, *, results: Sequence[GivenResult]) -> list[tuple[Result, bool]]:
    """The result of each, in their order, and whether it was written now; one already there and equal stays.

    As many queries for 500 as for one. Raises WrongMark, NotOfThisSession, Deliberated; then nothing is written.
    """
    ids = {given.exam.pk for given in results}
    exams = {row.pk: row for row in Exam.objects.select_for_update().filter(pk__in=ids).order_by("pk")}
    there = {
        (row.exam_id, row.enrolment_id, row.attempt): row
        for row in Result.objects.filter(
            exam__in=ids, enrolment__in={given.enrolment.pk for given in results}, superseded_at__isnull=True
        )
    }
    written: list[tuple[Result, bool]] = []
    new: list[Result] = []
    superseded: list[int] = []
    for given in results:
        exam = exams[given.exam.pk]
        key = exam.pk, given.enrolment.pk, given.attempt
        row, before = _result(cause, given, exam), there.get(key)
        if before is not None and (before.mark, before.passed) == (row.mark, row.passed):
            written.append((before, False))
            continue
        if exam.deliberated_on is not None:
            raise Deliberated(exam)
        if before is not None and before.pk is None:
            before.mark, before.passed = row.mark, row.passed
            row = before
        else:
            superseded += [] if before is None else [before.pk]
            new.append(row)
        there[key] = row
        written.append((row, True))
    _write(cause, new, superseded)
    return written


@transaction.atomic
def deliberate(cause: Cause, *, exam: Exam, on: date) -> Exam:
    """The jury has deliberated: from now on a result is corrected one by one. Raises NoPresident, Deliberated.

    An import of what was before the portal needs no jury on record.
    """
    held = _locked(exam)
    if cause.batch_id is None and not held.jury.filter(role=JuryMember.Role.PRESIDENT).exists():
        raise NoPresident(held.pk)
    held.deliberated_on = on
    held.save(update_fields=["deliberated_on"])
    data = cause.told | {"on": on.isoformat()}
    append(action="training.deliberate", subject=held, actor=cause.by, data=data)
    return held


@transaction.atomic
def correct_result(cause: Cause, *, result: Result, mark: Decimal | None, passed: bool | None = None) -> Result:
    """Say what a result should have said; the old one stays, superseded. Certificates are another act's work."""
    exam = Exam.objects.select_for_update().get(pk=result.exam_id)
    held = Result.objects.select_related("enrolment").get(
        exam=exam, enrolment=result.enrolment_id, attempt=result.attempt, superseded_at__isnull=True
    )
    row = _result(cause, GivenResult(exam, held.enrolment, mark, held.attempt, passed), exam)
    row.reason = cause.reason[:200]
    _write(cause, [row], [held.pk])
    return row


def _result(cause: Cause, given: GivenResult, exam: Exam) -> Result:
    if given.mark is not None and not 0 <= given.mark <= MOST:
        raise WrongMark(given.mark)
    if given.enrolment.session_id != exam.session_id:
        raise NotOfThisSession(exam.pk)
    reached = given.mark is not None and given.mark >= exam.pass_mark
    return Result(
        exam=exam,
        enrolment=given.enrolment,
        attempt=given.attempt,
        mark=given.mark,
        passed=reached if given.passed is None else given.passed,
        batch=cause.batch_id,
        recorded_at=timezone.now(),
    )


def _write(cause: Cause, new: Sequence[Result], superseded: Sequence[int]) -> None:
    if not new:
        return
    Result.objects.filter(pk__in=superseded).update(superseded_at=timezone.now())
    Result.objects.bulk_create(new)
    data = cause.told | {"results": [row.pk for row in new], "superseded": list(superseded)}
    subject = new[0] if len(new) == 1 else ("training.result", f"{len(new)} results")
    append(action="training.results", subject=subject, actor=cause.by, data=data)


def _seat(exam: Exam, jury: Sequence[GivenMember]) -> None:
    JuryMember.objects.bulk_create([JuryMember(exam=exam, **vars(member)) for member in jury])


def _locked(exam: Exam) -> Exam:
    held = Exam.objects.select_for_update().get(pk=exam.pk)
    if held.deliberated_on is not None:
        raise Deliberated(held)
    return held
