"""What is asked, what the values are, and what the rules say of a filing."""

import json
from dataclasses import replace

from procedures import api as p
from procedures.rules import EMPTY, NOT_ASKED, UNKNOWN, Explanation, Situation
from tests.procedures.words.factories import ABROAD, FILED, nights_are_few, trip

AT_HOME = {"trip": {"destination": "tunisia", "country": "FR", "days": 2}, "stops": ABROAD["stops"]}


def situation(answers: dict, procedure: p.Procedure | None = None, **engine: object) -> Situation:
    return Situation(procedure or trip(), answers, on=FILED, engine={f"case.{name}": engine[name] for name in engine})


def test_a_page_whose_condition_fails_is_not_asked_and_its_answers_are_left_out() -> None:
    assert [step.code for step in situation(ABROAD).asked_steps()] == ["trip", "stops"]
    assert [step.code for step in situation(AT_HOME).asked_steps()] == ["trip"]
    assert situation(AT_HOME).kept_answers() == {"trip": {"destination": "tunisia", "days": 2}}


def test_an_unknown_condition_hides_a_question_but_keeps_a_stage() -> None:
    unknown = p.given("case.gone", says="unknown")
    procedure = trip(route=(p.Instruction(when=unknown), p.Decision((p.Kind.GRANT,))))
    assert len(situation(ABROAD, procedure).route()) == 2
    assert [step.code for step in situation({}).asked_steps()] == ["trip"]


def test_papers_are_asked_once_or_for_each_row() -> None:
    asked = [(paper.code, row) for paper, row in situation(ABROAD).asked_papers()]
    assert asked == [("ticket", ""), ("visa", ""), ("booking", "k3f9"), ("booking", "b7aa")]
    assert [paper.code for paper, _row in situation(AT_HOME).asked_papers()] == ["ticket"]


def test_a_need_has_a_value_or_says_why_not() -> None:
    here = situation(ABROAD)
    assert here.value("trip.days") == 9
    assert here.value("trip.note") is EMPTY
    assert here.value("trip.note?") is None
    assert here.value("stops.nights") == (2, 7)
    assert here.value("stops.nights", block="stops", row="b7aa") == 7
    assert here.value("case.number") is UNKNOWN
    assert here.value("case.filed_on") == FILED
    assert situation(AT_HOME).value("stops.nights") is NOT_ASKED
    assert situation(AT_HOME).value("trip.country") is NOT_ASKED


def test_a_rule_of_each_row_speaks_of_each_row_in_three_languages() -> None:
    first, second = situation(ABROAD).explain(nights_are_few)
    assert (first.row, first.outcome) == ("k3f9", "held")
    assert (second.row, second.outcome) == ("b7aa", "failed")
    assert second.sentence("fr") == "7 nights are more than 5."
    assert second.parameters["trip.most_nights"]["value"] == 5
    assert second.basis is None


def test_a_rule_that_needs_what_was_not_asked_is_skipped_and_says_so() -> None:
    outcomes = {explanation.rule: explanation.outcome for explanation in situation(AT_HOME).explanations()}
    assert outcomes == {"nights_are_few": "not_asked", "nights_fit": "not_asked"}


def test_rules_run_on_the_first_page_that_has_all_they_need() -> None:
    assert situation(ABROAD).explanations(needs_within={"trip.days"}) == ()
    both = situation(ABROAD).explanations(needs_within={"trip", "stops"})
    assert {explanation.rule for explanation in both} == {"nights_are_few", "nights_fit"}


def test_a_source_that_is_down_is_not_held_against_the_applicant_and_flags_the_case() -> None:
    down = p.Fact("visa_register", ("trip.country",), lambda country: 1 / 0)
    rule = p.Rule("visa_is_known", "No visa.", (down,), bool)
    (told,) = situation(ABROAD, trip(rules=(rule,))).explanations()
    assert (told.outcome, told.blocks, told.flags) == ("unknown", False, True)
    assert situation(ABROAD, trip(rules=(rule,))).holds(p.flagged) is True


def test_an_explanation_survives_json() -> None:
    for explanation in situation(ABROAD).explanations():
        assert Explanation.from_json(json.loads(json.dumps(explanation.as_json()))) == explanation


def test_a_parameter_in_force_takes_the_place_of_its_default() -> None:
    procedure = replace(trip(), in_force={"trip.most_nights": p.InForce(9, since=FILED)})
    assert [told.outcome for told in situation(ABROAD, procedure).explain(nights_are_few)] == ["held", "held"]


def test_conditions_in_a_circle_end() -> None:
    one = p.Block("one", trip().blocks["trip"].block.asks, when=p.given("two.days", 1, says="two"))
    two = p.Block("two", trip().blocks["trip"].block.asks, when=p.given("one.days", 1, says="one"))
    procedure = trip(steps=(p.Step("both", "Both", (one, two)),), rules=(), papers=())
    assert situation({"one": {"days": 1}, "two": {"days": 1}}, procedure).asked_steps() == ()
