"""Working days: what counts, what does not, and why a date is the date."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procedures.calendar.models import Holiday
from procedures.calendar.services import (
    add_working_days,
    current_version,
    day_after,
    enter_holiday,
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


def test_a_day_entered_by_the_administrator_moves_the_date_and_makes_a_new_version():
    before = current_version()
    assert add_working_days(date(2027, 4, 5), 3) == date(2027, 4, 8)
    names = {"ar": "يوم عطلة", "fr": "Jour chômé", "en": "Day off"}
    enter_holiday(day=date(2027, 4, 7), names=names, standing="estimated", by=None)
    assert add_working_days(date(2027, 4, 5), 3) == date(2027, 4, 12)  # the 9th is Martyrs' Day
    assert [line.estimated for line in explain_deadline(date(2027, 4, 5), 2)] == [False, True, False]
    assert current_version() == before + 1


def test_the_fixed_holidays_of_five_years_are_confirmed_and_the_feasts_of_the_moon_estimated():
    fixed = Holiday.objects.filter(standing=Holiday.Standing.CONFIRMED)
    assert fixed.count() == 40
    assert fixed.filter(day=date(2030, 7, 25)).exists()
    moon = Holiday.objects.filter(day__year=2027, standing=Holiday.Standing.ESTIMATED)
    assert [held.name_en for held in moon] == [
        *["Eid al-Fitr"] * 3, *["Eid al-Adha"] * 2, "Hegira New Year", "Mouled"
    ]  # fmt: skip


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
