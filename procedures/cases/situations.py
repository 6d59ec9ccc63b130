"""A filed case as the rules see it: its answers, what officers answered, and what the engine knows."""

from typing import Any

from django.utils import timezone

from procedures.cases.models import Case
from procedures.cases.selectors import every_answer
from procedures.definition import Procedure
from procedures.resolving import resolve
from procedures.rules import Situation


def procedure_of(case: Case) -> Procedure:
    """The procedure as it was on the day of filing. Raises UnknownProcedure where its plugin is gone."""
    return resolve(case.procedure, on=filing_day(case))


def situation_of(case: Case, procedure: Procedure | None = None, answers: dict[str, Any] | None = None) -> Situation:
    """`answers` stands for all answers of the case, officers' included, where the caller has not stored them yet."""
    return Situation(
        procedure or procedure_of(case),
        every_answer(case) if answers is None else answers,
        on=filing_day(case),
        engine={"case.filed_on": filing_day(case), "case.number": case.number, "case.flags": tuple(case.flags)},
    )


def filing_day(case: Case) -> Any:
    return timezone.localdate(case.filed_at)
