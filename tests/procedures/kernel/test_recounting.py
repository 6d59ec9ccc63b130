"""A corrected calendar: open dates follow it once, old and new stay told, officers are warned."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from notifications.models import Notice
from notifications.work import warn_of_dates
from procedures.audit.selectors import entries_about
from procedures.calendar.models import Holiday
from procedures.calendar.selectors import calendar
from procedures.calendar.services import RECOUNT, change_holiday, enter_holiday, remove_holiday, set_weekend
from procedures.cases.models import Case
from procedures.definition import Basis, Deadline, Silence, WorkingDays
from procedures.jobs import services as jobs
from procedures.jobs.models import Job
from procedures.refusal import Refusal
from procedures.timekeeping import keeping
from procedures.timekeeping.explaining import explain, explain_promise
from procedures.timekeeping.recounting import recount
from procedures.timekeeping.words import footnotes, ledger, moves

pytestmark = pytest.mark.django_db
NAMES = {"ar": "يوم عطلة", "fr": "Jour chômé", "en": "Day off"}
BEGINS = datetime(2027, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def case(house):
    with time_machine.travel(BEGINS, tick=False):
        yield house.at_instruction()


def fresh(case):
    return Case.objects.get(pk=case.pk)


def a_day_off(day=date(2027, 4, 6)):
    return enter_holiday(day=day, names=NAMES, standing="confirmed", source="Notice 1", by=None)


def test_a_day_that_is_added_moves_the_open_date_once_and_says_why(case, django_capture_on_commit_callbacks):
    was = case.due_on
    a_day_off()
    jobs.sweep(kinds=[RECOUNT])
    recount(version=calendar().version, after=0)  # done again, it finds nothing left to move
    told = explain(fresh(case))
    assert told.due_on == calendar().add(was, 1)
    assert [(move.was, move.now, move.is_later) for move in told.moves] == [(was, told.due_on, True)]
    assert [(change.was, change.now, change.source) for change in told.moves[0].changes] == [
        (None, date(2027, 4, 6), "Notice 1")
    ]
    assert [entry.data["now"] for entry in entries_about(case).filter(action="case.recount")] == [
        told.due_on.isoformat()
    ]
    assert any("Day off" in row.label for row in moves(told))


def test_the_applicant_is_told_of_a_later_date_and_not_of_an_earlier_one(house, case):
    held = a_day_off()
    jobs.sweep(kinds=[RECOUNT, "hook"])
    remove_holiday(holiday=held, by=None)
    jobs.sweep(kinds=[RECOUNT, "hook"])
    assert fresh(case).date_moves.count() == 2
    assert Notice.objects.filter(event="deadline_moved", person=house.applicant).count() == 1


def test_a_day_outside_the_count_moves_nothing(case):
    was = case.due_on
    a_day_off(date(2027, 8, 4))
    jobs.sweep(kinds=[RECOUNT])
    assert fresh(case).due_on == was
    assert not fresh(case).date_moves.exists()


def test_the_work_goes_on_slice_by_slice_until_none_is_left(case, house, monkeypatch):
    monkeypatch.setattr("procedures.timekeeping.recounting.AT_ONCE", 1)
    with time_machine.travel(BEGINS, tick=False):
        other = house.at_instruction()
        a_day_off()
        jobs.sweep(kinds=[RECOUNT])
    assert Job.objects.filter(kind=RECOUNT, state=Job.State.DONE).count() == 3
    assert fresh(case).date_moves.count() == fresh(other).date_moves.count() == 1


def test_what_was_believed_before_stays_in_the_earlier_versions(case):
    before = calendar()
    feast = Holiday.objects.current().get(day=date(2027, 3, 11))
    moved = change_holiday(
        holiday=feast, day=date(2027, 3, 12), names=NAMES, standing="confirmed", source="Notice 2", by=None
    )
    assert date(2027, 3, 11) in calendar(before.version).holidays
    assert date(2027, 3, 11) not in calendar().holidays
    assert calendar().holidays[date(2027, 3, 12)].feast == moved.feast == feast.feast
    with pytest.raises(Refusal):
        change_holiday(holiday=feast, day=date(2027, 3, 15), names=NAMES, standing="confirmed", by=None)


def test_another_weekend_holds_from_its_day_on():
    with time_machine.travel(BEGINS, tick=False):
        set_weekend(since=date(2027, 4, 1), days=[4, 5], by=None)
        known = calendar()
        assert known.why(date(2027, 3, 28)) == known.why(date(2027, 4, 2)) == "weekend"
        assert known.why(date(2027, 3, 26)) == known.why(date(2027, 4, 4)) == ""
        with pytest.raises(Refusal):
            set_weekend(since=date(2027, 5, 1), days=range(7), by=None)


def test_officers_are_warned_at_seventy_hundredths_and_when_the_date_has_passed_then_each_week(house, case):
    def warned():
        return sorted(Notice.objects.filter(person=house.officer).values_list("event", flat=True))

    due = case.due_on
    for day, wanted in (
        (calendar().add(BEGINS.date(), 31), []),
        (calendar().add(BEGINS.date(), 32), ["deadline_near"]),
        (due, ["deadline_near"]),
        (due + timedelta(days=1), ["deadline_late", "deadline_near"]),
        (due + timedelta(days=7), ["deadline_late", "deadline_near"]),
        (due + timedelta(days=8), ["deadline_late", "deadline_late", "deadline_near"]),
    ):
        for _again in range(2):
            warn_of_dates(day=day.isoformat())
        assert (day, warned()) == (day, wanted)
    heads = Notice.objects.filter(person=house.delegate)
    assert set(heads.values_list("event", flat=True)) == {"deadline_late"}
    assert "Amel" not in "".join(Notice.objects.values_list("subject", flat=True))


def test_silence_is_told_only_where_a_text_says_it():
    within = WorkingDays(5)
    with time_machine.travel(BEGINS, tick=False):
        told = Deadline(within, silence=Silence.FAVOURS, basis=Basis("Law 1", article="3"))
        legal = explain_promise(told, BEGINS.date())
        assumed = explain_promise(Deadline(within, silence=Silence.FAVOURS), BEGINS.date())
    assert any("granted (Law 1, 3)" in note for note in footnotes(legal))
    assert not any("granted" in note for note in footnotes(assumed))
    assert [row.label for row in ledger(legal)][1] == "Legal delay"
    assert [row.label for row in ledger(assumed)][1] == "Announced delay"


def test_a_pause_moves_the_date_and_stands_in_the_explanation(case):
    with time_machine.travel(BEGINS + timedelta(days=1), tick=False):
        held = fresh(case)
        keeping.stand_still(held, since=date(2027, 3, 2))
        waited = keeping.run_again(held, since=date(2027, 3, 2), until=date(2027, 3, 5))
        held.save()
    assert waited == 3
    lines = [line for line in explain(fresh(case)).lines if line.kind == "pause"]
    assert [(line.day, line.until, line.days) for line in lines] == [(date(2027, 3, 2), date(2027, 3, 5), 3)]
