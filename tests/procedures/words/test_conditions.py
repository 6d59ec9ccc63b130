"""Conditions have three results, and combine as Kleene says."""

from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import override
from hypothesis import given as every
from hypothesis import strategies as st

from procedures import api as p
from procedures.rules import Situation
from tests.procedures.words.factories import ABROAD, FILED, trip

RESULTS = st.sampled_from((True, False, None))
PROCEDURE = trip()


def condition(result: bool | None) -> p.Condition:
    return p.Condition(str(result), "", ("case.gone",) if result is None else (), lambda *values: bool(result))


def holds(subject: p.Condition, answers: dict[str, Any] | None = None) -> bool | None:
    return Situation(PROCEDURE, answers or {}, on=FILED).holds(subject)


@every(RESULTS)
def test_not_unknown_is_unknown_and_twice_not_changes_nothing(result: bool | None) -> None:
    assert holds(~condition(result)) is (None if result is None else not result)
    assert holds(~~condition(result)) is result


@every(RESULTS, RESULTS)
def test_both_hold_only_if_each_does_and_one_no_is_enough_for_no(one: bool | None, other: bool | None) -> None:
    together = holds(condition(one) & condition(other))
    assert together is (False if False in (one, other) else None if None in (one, other) else True)
    assert together is holds(condition(other) & condition(one))


@every(st.tuples(RESULTS, RESULTS, RESULTS))
def test_it_does_not_matter_how_conditions_are_bracketed(three: tuple[bool | None, ...]) -> None:
    one, two, last = map(condition, three)
    assert holds((one & two) & last) is holds(one & (two & last))


def test_two_conditions_together_say_both_of_their_sentences_in_the_language_of_the_reader() -> None:
    long = p.given("trip.days", 9, says=format_lazy("{}", "the trip is long"))
    far = p.given("trip.destination", "abroad", says="it is abroad")
    said = {}
    for language in ("en", "fr", "ar"):
        with override(language):
            said[language] = str((long & far).says)
    assert said == {
        "en": "the trip is long and it is abroad",
        "fr": "the trip is long et it is abroad",
        "ar": "the trip is long وit is abroad",
    }
    assert str((long & p.given("trip.destination", "abroad")).says) == "the trip is long"


def test_an_answer_that_is_not_given_yet_leaves_a_condition_unknown() -> None:
    abroad = p.given("trip.destination", "abroad")
    assert holds(abroad) is None
    assert holds(~abroad) is None
    assert holds(abroad, {"trip": {"destination": "tunisia"}}) is False


def test_a_source_that_is_down_leaves_a_condition_unknown() -> None:
    def read(days: int) -> int:
        raise ConnectionError

    found = p.given(p.Fact("found", ("trip.days",), read))
    assert holds(found, ABROAD) is None
    assert holds(~found, ABROAD) is None


def test_a_condition_of_a_fault_in_a_plugin_is_unknown_and_stops_nobody() -> None:
    broken = p.Condition("broken", "", (), lambda: 1 / 0)
    assert holds(broken) is None
