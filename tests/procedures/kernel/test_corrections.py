"""A correction: what may change, what may not, and how the clock waits."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from procedures.calendar.services import add_working_days
from procedures.cases import selectors, services
from procedures.cases.models import Case, Correction
from procedures.cases.patches import UnknownPath, apply_patch, covers
from procedures.cases.states import State
from tests.procedures.kernel.factories import hand_in

MONDAY = datetime(2026, 9, 7, 10, tzinfo=ZoneInfo("Africa/Tunis"))


def asks(house, case, *paths, by=None):
    items = [{"path": path, "reason": "unreadable", "note": "Please scan it again."} for path in paths]
    return services.ask_correction(case=case, by=by or house.officer, version=case.version, items=items, note="")


def test_the_clock_waits_for_the_applicant_and_the_deadline_moves_by_the_days_waited(house):
    with time_machine.travel(MONDAY, tick=False):
        case = house.at_instruction()
        announced = case.due_on
        correction = asks(house, case, "foreign_certificate.official_level")
        assert case.state == State.CORRECTION
        assert correction.due_on == add_working_days(MONDAY.date(), 15)
    with time_machine.travel(MONDAY + timedelta(days=7), tick=False):
        services.return_correction(case=case, by=house.applicant, patch={"foreign_certificate.official_level": "EQF 5"})
    assert case.state == State.INSTRUCTION
    assert case.paused_days == 5
    assert case.due_on == add_working_days(announced, 5)
    assert case.answers["foreign_certificate"]["official_level"] != "EQF 5"
    assert selectors.answers_of(case)["foreign_certificate"]["official_level"] == "EQF 5"
    assert "close_instruction" in _open(house.officer, case)


def test_only_what_was_reopened_may_change(house):
    case = house.at_instruction()
    asks(house, case, "foreign_certificate.official_level")
    with pytest.raises(services.Refused) as refused:
        services.return_correction(case=case, by=house.applicant, patch={"target.level": "CAP"})
    assert set(refused.value.faults) == {"target.level"}
    assert Case.objects.get().state == State.CORRECTION
    assert selectors.answers_of(case) == case.answers


def test_what_becomes_asked_because_of_the_correction_may_be_answered(house):
    case = house.files(foreign_certificate={"months": 1, "hours": 100})
    case = services.accept_completeness(case=case, by=house.desk, version=case.version)
    asks(house, case, "foreign_certificate.months")
    services.return_correction(
        case=case,
        by=house.applicant,
        patch={"foreign_certificate.months": 9, "entry_diploma": {"title": "Baccalauréat", "year": 2015}, "stays": []},
    )
    assert selectors.answers_of(case)["entry_diploma"]["year"] == 2015


def test_a_value_that_the_field_refuses_is_refused_beside_it(house):
    case = house.at_instruction()
    asks(house, case, "foreign_certificate.hours")
    with pytest.raises(services.Refused) as refused:
        services.return_correction(case=case, by=house.applicant, patch={"foreign_certificate.hours": "many"})
    assert set(refused.value.faults) == {"foreign_certificate.hours"}


def test_a_rule_that_the_correction_breaks_refuses_it(house):
    case = house.at_instruction()
    asks(house, case, "foreign_certificate.country")
    with pytest.raises(services.Refused) as refused:
        services.return_correction(case=case, by=house.applicant, patch={"foreign_certificate.country": "TN"})
    assert set(refused.value.faults) == {"certificate_is_foreign"}


def test_a_paper_asked_again_must_come_again(house):
    case = house.files()
    hand_in(case, "certificate")
    asks(house, case, "paper.certificate", by=house.desk)
    with pytest.raises(services.Refused) as refused:
        services.return_correction(case=case, by=house.applicant, patch={})
    assert set(refused.value.faults) == {"paper.certificate"}
    hand_in(case, "certificate")
    services.return_correction(case=case, by=house.applicant, patch={})
    assert case.state == State.COMPLETENESS


def test_a_correction_of_nothing_or_of_something_unknown_is_refused(house):
    case = house.at_instruction()
    with pytest.raises(services.Refused):
        asks(house, case)
    for path in ("paper.no_such_paper", "granted.level", "nonsense", "identity.no_such_field"):
        with pytest.raises(services.Refused):
            asks(house, case, path)
    assert not Correction.objects.exists()


def test_nobody_but_the_applicant_returns_a_correction(house):
    case = house.at_instruction()
    asks(house, case, "foreign_certificate.official_level")
    with pytest.raises(services.NotAllowed):
        services.return_correction(case=case, by=house.officer, patch={})


def test_a_case_is_shelved_only_when_the_time_to_answer_is_over(house):
    with time_machine.travel(MONDAY, tick=False):
        case = house.at_instruction()
        asks(house, case, "foreign_certificate.official_level")
        with pytest.raises(services.Refused):
            services.shelve(case=case, by=house.officer, version=case.version, note="No answer.")
    with time_machine.travel(MONDAY + timedelta(days=40), tick=False):
        services.shelve(case=case, by=house.officer, version=case.version, note="No answer.")
    assert case.state == State.SHELVED


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        ("a.x", 2, {"a": {"x": 2}, "g": [{"_row": "r1", "y": 1}, {"_row": "r2", "y": 1}]}),
        ("g[r2].y", 5, {"a": {"x": 1}, "g": [{"_row": "r1", "y": 1}, {"_row": "r2", "y": 5}]}),
        ("g[r1]", None, {"a": {"x": 1}, "g": [{"_row": "r2", "y": 1}]}),
        (
            "g[r3]",
            {"y": 9},
            {"a": {"x": 1}, "g": [{"_row": "r1", "y": 1}, {"_row": "r2", "y": 1}, {"_row": "r3", "y": 9}]},
        ),
        ("g", [], {"a": {"x": 1}, "g": []}),
        ("paper.x", "id", {"a": {"x": 1}, "g": [{"_row": "r1", "y": 1}, {"_row": "r2", "y": 1}]}),
    ],
)
def test_a_patch_changes_what_its_path_names_and_nothing_else(path, value, expected):
    answers = {"a": {"x": 1}, "g": [{"_row": "r1", "y": 1}, {"_row": "r2", "y": 1}]}
    assert apply_patch(answers, {path: value}) == expected
    assert answers["a"] == {"x": 1}
    assert len(answers["g"]) == 2


def test_a_path_that_leads_nowhere_is_refused():
    for path in ("g[r9].y", "a b", "g.y"):
        with pytest.raises(UnknownPath):
            apply_patch({"g": [{"_row": "r1"}]}, {path: 1})


def test_a_reopened_block_covers_its_fields_and_a_row_its_cells():
    assert covers({"a"}, "a.x")
    assert covers({"g[r1]"}, "g[r1].y")
    assert not covers({"g[r1]"}, "g[r2].y")
    assert not covers({"a.x"}, "a.y")
    assert covers({"paper.x"}, "paper.x[r1]")


def _open(person, case):
    from procedures.cases.access import actions_open_to

    return actions_open_to(person, case)
