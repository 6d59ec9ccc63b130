"""A structure's number: its check digit finds slips, and nobody ever gets a number that was given."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from registers.structures.models import NumberSeries, Structure
from registers.structures.numbers import LAST, TABLE, SeriesIsFull, is_well_formed, next_number, written
from tests.registers.factories import a_structure, by_hand

serials = st.tuples(st.integers(10, 99), st.integers(1, LAST))


def test_the_check_digit_is_that_of_damm() -> None:
    assert written("00", 572) == "00-00572-4"  # the example of the thesis: 572 has the digit 4
    assert is_well_formed(" 00-00572-4 ")
    assert not any(is_well_formed(text) for text in ("", "572-4", "00-00572-5", "0-000572-4", "٠٠-00572-4x"))


def test_the_table_of_the_check_digit_finds_every_single_slip() -> None:
    """What Damm proved of it: rows and columns are permutations, and no swap of neighbours leads to one digit."""
    figures = range(10)
    assert all(sorted(row) == list(figures) for row in (*TABLE, *zip(*TABLE, strict=True)))
    assert all(TABLE[digit][digit] == 0 for digit in figures)
    assert not [
        (interim, one, other)
        for interim in figures
        for one in figures
        for other in figures
        if one != other and TABLE[TABLE[interim][one]][other] == TABLE[TABLE[interim][other]][one]
    ]


@given(serials, st.data())
def test_a_wrong_digit_and_a_swap_of_neighbours_are_always_found(made: tuple[int, int], data: st.DataObject) -> None:
    number = written(str(made[0]), made[1])
    digits = number.replace("-", "")
    at = data.draw(st.integers(0, 7))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != digits[at]]))
    slips = [digits[:at] + other + digits[at + 1 :]]
    if at < 7 and digits[at] != digits[at + 1]:
        slips.append(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :])
    assert is_well_formed(number)
    assert not any(is_well_formed(f"{slip[:2]}-{slip[2:7]}-{slip[7]}") for slip in slips)


@pytest.mark.django_db
def test_each_governorate_counts_for_itself_and_a_series_ends_in_a_sentence() -> None:
    assert [next_number("82"), next_number("82"), next_number("11")] == [
        written("82", 1),
        written("82", 2),
        written("11", 1),
    ]
    NumberSeries.objects.filter(governorate="11").update(last=LAST)
    with pytest.raises(SeriesIsFull, match="Every number of this governorate"):
        next_number("11")


@pytest.mark.django_db(transaction=True)
def test_structures_declared_at_once_get_numbers_without_gaps_and_without_twins() -> None:
    cause = by_hand()
    gate = threading.Barrier(6)

    def declare(worker: int) -> list[str]:
        gate.wait()
        try:
            found = []
            for turn in range(4):
                with transaction.atomic():
                    made = a_structure(f"هيكل {worker}", cause=cause, place="TN-82")
                    transaction.set_rollback(turn == 1)  # this one was never declared: its number is given to another
                found += [made.number] if turn != 1 else []
            return found
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        given_numbers = sorted(number for found in pool.map(declare, range(6)) for number in found)
    assert given_numbers == [written("82", serial) for serial in range(1, 19)]
    assert sorted(Structure.objects.values_list("number", flat=True)) == given_numbers
