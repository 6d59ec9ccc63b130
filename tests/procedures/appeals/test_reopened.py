"""A case whose decision was annulled: a new date that explains itself, and a list in which only others find it."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone, translation

from notifications.selectors import notices_of
from portal.backoffice.timing import clock_of
from procedures.audit.models import Entry
from procedures.calendar.services import add_working_days
from procedures.cases import selectors, services
from procedures.cases.models import Case
from procedures.inboxes.asked import Asked
from procedures.inboxes.circles import seats_of
from procedures.inboxes.selectors import counters, page
from procedures.jobs.services import sweep
from procedures.offices.models import Role
from procedures.serving.services import note_opened
from procedures.timekeeping.explaining import explain
from procedures.timekeeping.models import Pause
from procedures.timekeeping.words import footnotes, ledger, moves
from tests.portal.backoffice.factories import act_on, at_screen_of, page_of
from tests.procedures.appeals.factories import Tribunal
from tests.procedures.kernel.factories import staff_of

pytestmark = pytest.mark.django_db
WEEKS = timedelta(days=35)


@pytest.fixture
def other(house: Tribunal) -> Any:
    """A colleague of those who refused, who had no part in it."""
    return staff_of(house.central, Role.CENTRAL_OFFICER, "Olfa")


@pytest.fixture
def later(house: Tribunal) -> Any:
    """Five weeks after the refusal."""
    with time_machine.travel(timezone.now() + WEEKS, tick=False):
        yield


@pytest.fixture
def before(house: Tribunal) -> Case:
    """Refused, after seven working days on which it waited for its applicant."""
    case = house.opened()
    Case.objects.filter(pk=case.pk).update(paused_days=7)
    return case


@pytest.fixture
def case(house: Tribunal, before: Case, later: None) -> Case:
    """Reopened today."""
    house.decides_appeal(house.appealed(before))
    return Case.objects.get(pk=before.pk)


def test_its_whole_delay_runs_again_from_the_day_on_which_it_was_reopened(before: Case, case: Case) -> None:
    today = timezone.localdate()
    assert case.clock.amount == before.clock.amount
    assert case.due_on == add_working_days(today, case.clock.amount)
    assert (case.clock.started_on, case.clock.because, case.clock.before) == (today, "reopened", before.due_on)
    assert case.paused_days == 0
    shown = clock_of(case)
    assert (shown.started_on, shown.announced, shown.left) == (today, case.clock.amount, case.clock.amount)
    told = Entry.objects.get(action="case.reopen_case").data
    assert (told["due_on"], told["was"]) == (str(case.due_on), str(before.due_on))


def test_why_this_date_names_the_annulment_the_date_before_and_nothing_of_silence(before: Case, case: Case) -> None:
    told = explain(case)
    assert told is not None
    with translation.override("en"):
        assert ledger(told)[0].label == "The decision was annulled on appeal"
        (first,) = moves(told)
        assert first.label.endswith(f"the date was {before.due_on:%-d %B %Y}")
        assert "assumption" in first.note
        assert not any("Without an answer" in note for note in footnotes(told))


def test_what_stood_still_before_does_not_move_the_new_date_and_what_stands_still_after_does(case: Case) -> None:
    today = timezone.localdate()
    old = Pause.objects.create(case=case, since=today - timedelta(days=50), until=today - timedelta(days=40), waited=7)
    told = explain(case)
    assert told is not None
    assert [line.kind for line in told.lines if line.kind == "pause"] == []
    Pause.objects.create(case=case, since=today, until=today + timedelta(days=7), waited=5)
    told = explain(case)
    assert told is not None
    assert [line.day for line in told.lines if line.kind == "pause"] == [today]
    assert old.waited == 7


def test_those_who_filed_it_are_told_of_the_new_date(house: Tribunal, case: Case) -> None:
    sweep(kinds=("hook",))
    notice = notices_of(house.applicant).get(event="case_reopened")
    assert case.number in notice.subject
    assert str(case.due_on and case.due_on.year) in notice.body


def test_it_waits_for_others_and_not_for_those_whose_decision_was_annulled(
    house: Tribunal, case: Case, other: Any
) -> None:
    for person, waits in ((other, True), (house.officer, False)):
        assert selectors.waiting_for(person).contains(case) is waits
        seats = seats_of(person)
        assert (case in page(seats, Asked(), size=20).cases) is waits
        assert counters(seats)["waiting"] == int(waits)
    house.decides(case, by=other)
    for person, waits in ((house.judge, True), (house.delegate, False)):
        assert selectors.waiting_for(person).contains(case) is waits


def test_they_may_read_it_are_told_why_they_do_not_decide_and_nobody_gives_it_to_them(
    house: Tribunal, case: Case, other: Any
) -> None:
    with translation.override("en"):
        shown = at_screen_of(house.officer).get(page_of(case)).content.decode()
        assert "annulled on appeal: other people decide anew" in shown
        refused = at_screen_of(house.officer).get(act_on(case, "prepare_decision"))
        assert refused.status_code == 409
        assert "annulled on appeal: other people decide anew" in refused.content.decode()
        assert "other people decide anew" not in at_screen_of(other).get(act_on(case, "sign")).content.decode()
    with pytest.raises(services.NotAllowed):
        services.assign(case=case, by=other, to=house.officer)


def test_a_colleague_who_decides_anew_after_a_second_annulment_is_kept_from_it_too(
    house: Tribunal, case: Case, other: Any
) -> None:
    house.decides(case, by=other, kind="refuse", reasons=("body_not_recognised",))
    case.refresh_from_db()
    services.sign(case=case, by=staff_of(house.central, Role.MINISTER_DELEGATE, "Dora"), version=case.version)
    case.refresh_from_db()
    note_opened(case=case, by=house.applicant)
    house.decides_appeal(house.appealed(case))
    case.refresh_from_db()
    assert not selectors.waiting_for(other).contains(case)
    assert not selectors.waiting_for(house.officer).contains(case)
