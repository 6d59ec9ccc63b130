"""Numbers for people: series, years, check digits."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.cases.numbers import is_well_formed, next_number, with_check_digits


@pytest.mark.django_db
def test_each_series_and_year_counts_for_itself():
    said = [
        next_number(series="a", prefix="AAA", on=date(2026, 12, 31)),
        next_number(series="a", prefix="AAA", on=date(2026, 12, 31)),
        next_number(series="a", prefix="AAA", on=date(2027, 1, 1)),
        next_number(series="b", prefix="BBB", on=date(2026, 12, 31)),
    ]
    assert [number[:15] for number in said] == [
        "AAA-2026-000001",
        "AAA-2026-000002",
        "AAA-2027-000001",
        "BBB-2026-000001",
    ]
    assert all(is_well_formed(number) for number in said)


def test_the_check_digits_are_those_of_the_standard():
    from stdnum.iso7064 import mod_97_10

    number = with_check_digits("EQV", 2026, 123)
    assert number.startswith("EQV-2026-000123-")
    assert mod_97_10.is_valid(number.replace("-", ""))


@given(serial=st.integers(1, 999_999), position=st.integers(0, 17), sign=st.sampled_from("0123456789"))
def test_every_single_slip_of_a_digit_is_found(serial, position, sign):
    number = with_check_digits("EQV", 2026, serial)
    if number[position].isdigit() and number[position] != sign:
        assert not is_well_formed(number[:position] + sign + number[position + 1 :])


def test_what_is_no_number_is_not_well_formed():
    assert not is_well_formed("")
    assert not is_well_formed("EQV-2026-000123")
    assert is_well_formed(with_check_digits("EQV", 2026, 1).lower())
