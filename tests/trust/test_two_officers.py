"""T5: of officers who decide one case at the same moment one wins; the others are told who and when."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone, translation

from procedures.audit.models import Entry
from procedures.cases import services
from procedures.cases.models import Case, Decision
from procedures.offices.models import Role
from procedures.resolving import resolve
from procedures.testing import sample_stage_answers
from tests.procedures.kernel.conftest import house  # noqa: F401 (a fixture)
from tests.procedures.kernel.factories import CODE, staff_of

pytestmark = [pytest.mark.trust, pytest.mark.django_db(transaction=True)]
OFFICERS = 8


def test_one_of_eight_decisions_stands_and_seven_officers_are_told_politely(house, full):  # noqa: F811 - a fixture
    cases = [house.at_decision() for _ in range(100 if full else 10)]
    officers = [staff_of(house.central, Role.CENTRAL_OFFICER, f"Officer {n}") for n in range(OFFICERS)]
    answers = sample_stage_answers(resolve(CODE), "decision")
    began, together = timezone.now(), Barrier(OFFICERS)

    def decide_all(officer) -> list[str]:
        told = []
        try:
            with translation.override("en"):
                for case in cases:
                    seen = _as_seen(case)
                    together.wait(60)
                    told.append(_decide(seen, officer, answers))
        finally:
            connection.close()
        return told

    with ThreadPoolExecutor(OFFICERS) as pool:
        told = [sentence for each in pool.map(decide_all, officers) for sentence in each]

    print(f"{len(told)} decisions on {len(cases)} cases: {(timezone.now() - began).total_seconds():.1f} s")
    assert told.count("") == len(cases)
    polite = re.compile(r"Already decided by Officer \d at \d\d:\d\d\.")
    assert all(polite.fullmatch(sentence) for sentence in told if sentence)
    assert Decision.objects.count() == len(cases)
    assert Entry.objects.filter(action="case.prepare_decision").count() == len(cases)


def _as_seen(case: Case) -> Case:
    """The page that every officer had open: each with an object of their own."""
    seen = Case(pk=case.pk)
    seen.version = case.version
    return seen


def _decide(case: Case, officer, answers) -> str:
    try:
        services.prepare_decision(case=case, by=officer, version=case.version, kind="grant", answers=answers)
    except services.StaleCase as stale:
        return str(stale)
    return ""
