"""A case from filing to its end: who may do what when, and what each step leaves behind."""

import pytest

from procedures.audit.selectors import entries_about
from procedures.cases import selectors, services
from procedures.cases.models import Case
from procedures.cases.states import State
from procedures.jobs.models import Job
from tests.procedures.kernel.factories import House, a_person, staff_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return House()


def test_a_filing_becomes_a_numbered_case_in_the_directorate_of_the_governorate(house):
    case = house.files()

    assert case.number.startswith("EQV-")
    assert case.state == State.COMPLETENESS
    assert case.office == house.region
    assert case.due_on is None
    assert case.snapshot.content["procedure"]["code"] == case.procedure
    assert [entry.action for entry in entries_about(case)] == ["case.file_case"]
    assert Job.objects.filter(key=f"receipt:{case.pk}").exists()


def test_a_granted_case_goes_from_the_desk_to_the_delegate_and_waits_for_its_document(house):
    case = house.at_signature()
    services.sign(case=case, by=house.delegate, version=case.version)

    assert case.state == State.ISSUING
    assert case.outcome == "grant"
    assert case.closed_at is not None
    actions = [happening.action for happening in selectors.history(case)]
    assert actions == [
        "case.file_case",
        "case.accept_completeness",
        "case.close_instruction",
        "case.record_opinion_of_commission",
        "case.prepare_decision",
        "case.decided",
        "case.sign",
    ]
