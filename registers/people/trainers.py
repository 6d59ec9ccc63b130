"""Trainers, and the structures that they teach for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from procedures.audit.services import append
from registers.history.causes import Cause
from registers.history.services import begin, end
from registers.people.models import Engagement, Person, Trainer
from registers.structures.models import Structure


@transaction.atomic
def declare_trainer(
    cause: Cause, *, person: Person, qualifications: Sequence[dict[str, Any]] = ()
) -> tuple[Trainer, bool]:
    """The trainer that a person is, declared if they are none yet; new qualifications are added to those known."""
    person = person.merged_into or person
    Person.objects.select_for_update().get(pk=person.pk)
    trainer, made = Trainer.objects.get_or_create(person=person, defaults={"entered_at": timezone.now()})
    new = [shown for shown in qualifications if shown not in trainer.qualifications]
    if new:
        trainer.qualifications = [*trainer.qualifications, *new]
        trainer.save(update_fields=["qualifications"])
    if made or new:
        data = cause.told | {"person": person.pk, "qualifications": len(new)}
        append(action="people.declare_trainer", subject=trainer, actor=cause.by, data=data)
    return trainer, made


@transaction.atomic
def engage(
    cause: Cause,
    *,
    trainer: Trainer,
    structure: Structure,
    since: date,
    until: date | None = None,
    contract: str = Engagement.Contract.HOURLY,
    hours: int | None = None,
) -> Engagement:
    """Let a trainer teach for a structure from `since` until before `until`; `hours` a week. Raises PeriodsOverlap."""
    values = {"structure": structure, "contract": Engagement.Contract(contract), "hours": hours}
    engagement = begin(Engagement, subject=trainer, since=since, until=until, cause=cause, **values)
    _tell("people.engage", engagement, cause)
    return engagement


@transaction.atomic
def end_engagement(cause: Cause, *, engagement: Engagement, on: date) -> Engagement:
    """Let an engagement end; `on` is the first day without it. Raises EndsTooEarly, Superseded."""
    ended = end(engagement, on=on, cause=cause)
    _tell("people.end_engagement", ended, cause)
    return ended


def _tell(action: str, engagement: Engagement, cause: Cause) -> None:
    days = {"since": engagement.since.isoformat(), "until": engagement.until and engagement.until.isoformat()}
    data = cause.told | days | {"trainer": engagement.subject_id, "structure": engagement.structure_id}
    append(action=action, subject=engagement, actor=cause.by, data=data)
