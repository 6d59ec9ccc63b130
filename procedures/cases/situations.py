"""A filed case as the rules see it: its answers, what officers answered, and what the engine knows."""

from typing import Any

from django.utils import timezone

from procedures.audit.selectors import entries_about
from procedures.cases.models import Case, CaseLink
from procedures.cases.selectors import every_answer
from procedures.definition import Procedure
from procedures.definition.procedure import CONTESTED
from procedures.definition.walking import leaves
from procedures.resolving import resolve
from procedures.rules import Situation


def procedure_of(case: Case) -> Procedure:
    """The procedure as it was on the day of filing. Raises UnknownProcedure where its plugin is gone."""
    return resolve(case.procedure, on=filing_day(case))


def situation_of(case: Case, procedure: Procedure | None = None, answers: dict[str, Any] | None = None) -> Situation:
    """`answers` stands for all answers of the case, officers' included, where the caller has not stored them yet."""
    procedure = procedure or procedure_of(case)
    return Situation(
        procedure,
        every_answer(case) if answers is None else answers,
        on=filing_day(case),
        engine=known_of(case, procedure),
    )


def known_of(case: Case, procedure: Procedure) -> dict[str, Any]:
    """What the engine knows of a case, by address."""
    known: dict[str, Any] = {
        "case.filed_on": filing_day(case),
        "case.number": case.number,
        "case.flags": tuple(case.flags),
        "case.language": case.language,
    }
    if any("case.seed" in leaf.needs for stage in procedure.route if stage.when for leaf in leaves(stage.when)):
        known["case.seed"] = seed_of(case)
    if procedure.contests:
        known[CONTESTED] = contested_number(case)
    return known


def seed_of(case: Case) -> str:
    """What draws samples of cases: the digest of the filing's entry in the audit chain, which nobody can choose."""
    filed = entries_about(case).filter(action__in=("case.file_case", "case.open_file")).first()
    return filed.digest if filed else ""


def contested_number(case: Case) -> str:
    """The number of the case whose decision this one contests; "" where it contests none."""
    link = CaseLink.objects.filter(to=case, kind=CaseLink.Kind.APPEAL).select_related("case").last()
    return link.case.number if link else ""


def filing_day(case: Case) -> Any:
    return timezone.localdate(case.filed_at)
