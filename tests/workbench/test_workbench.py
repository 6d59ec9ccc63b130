"""The workbench is a sound procedure, and is there only where it is asked for."""

import pytest

from procedures.checks import faults_of
from procedures.definition import Procedure
from procedures.registry import UnknownProcedure, procedure
from procedures.rules import Situation
from procedures.testing import sample_answers
from tests.conftest import NOW
from tests.workbench.installed import CODE


def test_the_workbench_is_there_for_tests_that_ask_for_it(workbench: Procedure) -> None:
    assert procedure(CODE) is workbench
    assert faults_of(workbench) == ()


def test_the_workbench_is_not_there_for_anybody_else() -> None:
    with pytest.raises(UnknownProcedure):
        procedure(CODE)


@pytest.mark.django_db
def test_every_sample_of_the_workbench_breaks_the_rule_that_it_names(workbench: Procedure) -> None:
    for sample in workbench.samples:
        answers = sample_answers(workbench, sample=sample, on=NOW.date())
        told = {each.rule for each in Situation(workbench, answers, on=NOW.date()).explanations() if each.failed}
        assert told == ({sample.breaks} if sample.breaks else set()), sample.code
