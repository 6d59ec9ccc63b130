"""What editors change takes the place of the definition's words and values, and of nothing else."""

from datetime import date
from typing import Any

import pluggy
import pytest
from django.utils import translation

from procedures import hookspecs, resolving
from procedures.checks import faults_of_overrides
from procedures.definition import Basis
from procedures.definition.overrides import Override, ValueOverride, WordOverride
from procedures.resolving import overridable, resolve
from procedures.rules import Situation
from procedures.snapshot import take_snapshot
from tests.procedures.words.factories import ABROAD, FILED, trip

DAY = date(2026, 11, 1)


@pytest.fixture
def edited(monkeypatch: pytest.MonkeyPatch) -> Any:
    given: list[Override] = []

    class Editors:
        @hookspecs.hookimpl
        def procedure_overrides(self, procedure: str, on: date) -> list[Override]:
            return given

    manager = pluggy.PluginManager("takwin")
    manager.add_hookspecs(hookspecs)
    manager.register(Editors())
    monkeypatch.setattr(resolving, "plugin_manager", lambda: manager)
    monkeypatch.setattr(resolving, "procedure", lambda code: PROCEDURE)
    resolving._resolved.cache_clear()
    yield given
    resolving._resolved.cache_clear()


PROCEDURE = trip()


def test_without_changes_the_definition_itself_holds(edited: list[Override]) -> None:
    assert resolve("trip") is PROCEDURE


def test_words_are_put_in_by_language_and_missing_ones_keep_the_definitions(edited: list[Override]) -> None:
    edited.append(WordOverride("field.trip.days.help", {"fr": "Jours entiers", "ar": ""}))
    edited.append(WordOverride("title", {"ar": "رحلة"}))
    changed = resolve("trip")
    with translation.override("fr"):
        assert str(changed.blocks["trip"].block.asks.questions()["days"].help_text) == "Jours entiers"
        assert str(changed.title) == "Trip"
    with translation.override("ar"):
        assert str(changed.title) == "رحلة"
    assert str(PROCEDURE.blocks["trip"].block.asks.questions()["days"].help_text) == ""
    assert take_snapshot(changed, on=FILED)["procedure"]["title"]["ar"] == "رحلة"


def test_the_time_and_the_words_of_an_appeal_are_the_editors_to_set(edited: list[Override]) -> None:
    basis = Basis("An invented text", article="7")
    edited.append(ValueOverride("appeal.within", 30, DAY, basis))
    edited.append(WordOverride("appeal.says", {"fr": "Par écrit"}))
    changed = resolve("trip", on=FILED).appeal
    assert PROCEDURE.appeal is not None
    assert changed is not None
    assert (changed.within.amount, changed.basis) == (30, basis)
    assert (PROCEDURE.appeal.within.amount, PROCEDURE.appeal.basis) == (60, None)
    with translation.override("fr"):
        assert str(changed.says) == "Par écrit"
    assert take_snapshot(resolve("trip", on=FILED), on=FILED)["appeal"]["within"] == {"unit": "days", "amount": 30}


def test_values_hold_from_their_day_on_and_the_latest_counts(edited: list[Override]) -> None:
    edited += [
        ValueOverride("fee", 9000, date(2027, 1, 1)),
        ValueOverride("fee", 5000, DAY),
        ValueOverride("fee", 3000, date(2026, 1, 1)),
        ValueOverride("deadline", 20, DAY),
        ValueOverride("paper.visa.asked", False, DAY),
        ValueOverride("parameter.trip.most_nights", 9, DAY),
    ]
    changed = resolve("trip", on=FILED)
    assert (changed.fee.amount, changed.deadlines[-1].within.amount) == (5000, 20)
    assert "visa" not in [paper.code for paper in changed.papers]
    assert Situation(changed, ABROAD, on=FILED).explain(changed.rules[0])[1].outcome == "held"
    assert resolve("trip", on=date(2027, 2, 1)).fee.amount == 9000


def test_the_same_changes_give_the_same_object_and_other_changes_another(edited: list[Override]) -> None:
    edited.append(ValueOverride("fee", 1, DAY))
    first = resolve("trip", on=FILED)
    assert resolve("trip", on=FILED) is first
    edited.append(ValueOverride("deadline", 11, DAY))
    assert resolve("trip", on=FILED) is not first


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (WordOverride("field.trip.dais.label", {"fr": "x"}), "field.trip.days.label"),
        (WordOverride("fee", {"fr": "x"}), "a value (money)"),
        (ValueOverride("title", 1, DAY), "It takes words"),
        (WordOverride("rule.nights_fit.says", {"fr": "%(jours)s"}), "%(days)s"),
        (ValueOverride("deadline", "soon", DAY), "no whole number"),
        (ValueOverride("paper.visa.asked", 1, DAY), "neither yes nor no"),
    ],
    ids=str,
)
def test_a_change_that_does_not_fit_is_reported(edited: list[Override], change: Override, words: str) -> None:
    edited.append(change)
    (fault,) = faults_of_overrides(PROCEDURE, on=FILED)
    assert words in fault.sentence


def test_tests_kinds_claims_and_route_cannot_be_overridden() -> None:
    heads = {path.partition(".")[0] for path in overridable(PROCEDURE)}
    words = {"title", "summary", "step", "block", "field", "rule", "reason"}
    assert heads == words | {"paper", "open", "deadline", "fee", "parameter", "output", "appeal"}
