"""Working days: what counts, what does not, and why a date is the date."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procedures.calendar.models import Holiday
from procedures.calendar.services import (
    add_working_days,
    calendar_version,
    day_after,
    explain_deadline,
    working_days_between,
)
from procedures.definition import Days, Months, WorkingDays

pytestmark = pytest.mark.django_db


def test_weekends_and_holidays_do_not_count():
    thursday_before_revolution_day = date(2026, 12, 16)
    assert add_working_days(thursday_before_revolution_day, 1) == date(2026, 12, 18)
    assert add_working_days(date(2026, 12, 18), 1) == date(2026, 12, 21)


def test_a_deadline_is_explained_day_by_day():
    lines = explain_deadline(date(2026, 12, 16), 2)
    assert [(line.day.day, line.number, line.why) for line in lines] == [
        (17, None, "holiday"),
        (18, 1, ""),
        (19, None, "weekend"),
        (20, None, "weekend"),
        (21, 2, ""),
    ]
    assert lines[0].name == "Revolution Day"


def test_a_day_entered_by_the_administrator_moves_the_date_and_changes_the_calendar_version():
    before = calendar_version(date(2027, 3, 1), date(2027, 3, 31))
    assert add_working_days(date(2027, 3, 8), 3) == date(2027, 3, 11)
    Holiday.objects.create(
        day=date(2027, 3, 10), name_ar="عيد الفطر", name_fr="Aïd", name_en="Eid", standing=Holiday.Standing.ESTIMATED
    )
    assert add_working_days(date(2027, 3, 8), 3) == date(2027, 3, 12)
    assert [line.estimated for line in explain_deadline(date(2027, 3, 8), 2)] == [False, True, False]
    assert calendar_version(date(2027, 3, 1), date(2027, 3, 31)) != before


def test_the_fixed_holidays_of_five_years_are_there_from_the_start():
    assert Holiday.objects.count() == 40
    assert Holiday.objects.filter(day=date(2030, 7, 25), standing=Holiday.Standing.CONFIRMED).exists()


def test_no_time_at_all_is_the_same_day():
    assert add_working_days(date(2026, 12, 17), 0) == date(2026, 12, 17)
    assert working_days_between(date(2026, 12, 18), date(2026, 12, 16)) == 0


def test_other_delays_are_calendar_days_and_months_to_the_last_of_the_month():
    assert day_after(date(2026, 1, 31), Months(1)) == date(2026, 2, 28)
    assert day_after(date(2026, 11, 30), Months(3)) == date(2027, 2, 28)
    assert day_after(date(2026, 1, 31), Days(30)) == date(2026, 3, 2)
    assert day_after(date(2026, 12, 16), WorkingDays(1)) == date(2026, 12, 18)


@settings(max_examples=40, deadline=None)
@given(start=st.dates(date(2026, 1, 1), date(2029, 1, 1)), amount=st.integers(0, 90))
def test_counting_forth_and_counting_between_agree(start, amount):
    assert working_days_between(start, add_working_days(start, amount)) == amount
