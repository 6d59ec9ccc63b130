"""`procedure check` refuses each planted fault in a sentence that says where it is."""

from dataclasses import replace
from typing import Any

import pytest

from procedures import api as p
from procedures.api import fields as f
from procedures.checks import faults_among, faults_of
from procedures.definition import Stage
from tests.procedures.words.factories import Report, Stop, Trip, abroad, trip

SOUND = trip()
OUTPUT = SOUND.outputs[0]


def rule(*needs: Any, says: str = "No.", test: Any = bool, **options: Any) -> p.Rule:
    return p.Rule("planted", says, needs, test, **options)


class Circular(f.Fieldset):
    legend = "Circular"
    one = f.YesNo("One", when=p.given(".two"))
    two = f.YesNo("Two", when=p.given(".one"))


def hidden_page(condition: p.Condition) -> dict[str, Any]:
    return {"steps": (*SOUND.steps, p.Step("more", "More", (Report,), when=condition)), "route": SOUND.route[1:]}


class Ceremony(Stage):
    """A kind of stage that the engine does not know."""


FAULTY: dict[str, tuple[dict[str, Any], str]] = {
    "an unknown address": ({"rules": (rule("trip.dais"),)}, "The nearest is trip.days"),
    "an unknown block": ({"about": "tripp.days"}, "The nearest is trip.days"),
    "an unknown need of a fact": ({"rules": (rule(p.Fact("x", ("trip.no",), bool)),)}, "trip.no"),
    "an unknown engine value": ({"rules": (rule("case.filed_at"),)}, "The nearest is case.filed_on"),
    "too few arguments": ({"rules": (rule("trip.days", "trip.note", test=lambda days: True),)}, "takes 1"),
    "a placeholder of nothing": ({"rules": (rule("trip.days", says="%(dais)s", test=lambda days: True),)}, "%(dais)s"),
    "a rule without a sentence": ({"rules": (rule("trip.days", says=""),)}, "no sentence"),
    "each of no group": ({"rules": (rule("trip.days", each="trip"),)}, "no group"),
    "a block twice": ({"steps": (*SOUND.steps, p.Step("again", "Again", (Trip,)))}, "block trip stands 2 times"),
    "a page twice": ({"steps": (*SOUND.steps, p.Step("trip", "Again", (p.Block("b", Trip),)))}, "step trip stands"),
    "a stage twice": ({"route": (*SOUND.route, p.Signature())}, "stage signature stands 2 times"),
    "a rule twice": ({"rules": (*SOUND.rules, SOUND.rules[0])}, "rule nights_are_few stands 2 times"),
    "an output number twice": ({"outputs": (OUTPUT, replace(OUTPUT, code="b"))}, "output number 990 stands 2 times"),
    "a paper twice": ({"papers": (*SOUND.papers, SOUND.papers[0])}, "paper ticket stands 2 times"),
    "a value that is no choice": (
        {"papers": (p.Evidence("x", "X", when=p.given("trip.destination", "abroud", says="x")),)},
        "The nearest is abroad",
    ),
    "a circle of conditions": ({"steps": (*SOUND.steps, p.Step("c", "C", (Circular,)))}, "circle"),
    "a page that asks about itself": (hidden_page(p.given("report.fine", says="x")), "circle"),
    "a page that can never show": (hidden_page(abroad & ~abroad), "can never"),
    "a page of two answers at once": (
        hidden_page(abroad & p.given("trip.destination", "tunisia", says="x")),
        "can never",
    ),
    "a condition without words": (
        {"papers": (p.Evidence("x", "X", when=p.given("trip.destination", "abroad")),)},
        "says nothing",
    ),
    "a page that asks nothing": ({"steps": (*SOUND.steps, p.Step("nothing", "Nothing", ()))}, "asks nothing"),
    "a page of the engine's name": ({"steps": (p.Step("papers", "Papers", (Trip,)), SOUND.steps[1])}, "own"),
    "a kind decided twice": (
        {"route": (*SOUND.route, p.Decision((p.Kind.GRANT,), code="second"))},
        "grant is decided 2 times",
    ),
    "an output of a kind never decided": ({"outputs": (replace(OUTPUT, on=(p.Kind.CONFORM,)),)}, "decides conform"),
    "an effect of a kind never decided": (
        {"effects": (p.Effect((p.Kind.NOTICE,), "x", lambda case: None),)},
        "decides notice",
    ),
    "a reason of a kind never decided": ({"reasons": (p.Reason("x", "X", on=(p.Kind.REFER,)),)}, "decides refer"),
    "a refusal without reasons": ({"reasons": ()}, "no reason"),
    "a claim of several rows": ({"outputs": (replace(OUTPUT, claims=p.Claims(holder="stops.town")),)}, "each='stops'"),
    "a stage that is not run": ({"route": (Ceremony(), *SOUND.route)}, "not yet run the stage kind ceremony"),
    "a route without a decision": (
        {"route": (p.Instruction(),), "outputs": (), "reasons": ()},
        "No stage of the route decides",
    ),
    "a decision that falls away": (
        {"route": (p.Decision((p.Kind.GRANT, p.Kind.REFUSE), when=abroad),)},
        "No stage of the route decides",
    ),
    "no samples": ({"samples": ()}, "no sample"),
    "a sample of an unknown answer": ({"samples": (p.Sample(code="x", answers={"trip.dais": 1}),)}, "trip.days"),
    "a sample that breaks no rule": ({"samples": (p.Sample(code="x", breaks="nights_fits"),)}, "nights_fit"),
    "a prefix of two letters": ({"prefix": "Tr"}, "three capitals"),
    "a version without a point": ({"version": "1"}, "like 1.0"),
    "a code with capitals": ({"code": "Trip"}, "snake_case"),
    "rows beyond what a page may post": (
        {"steps": (SOUND.steps[0], p.Step("stops", "S", (p.Group("stops", Stop, most=2000),)))},
        "may post",
    ),
}


def test_a_sound_procedure_has_no_fault() -> None:
    assert faults_of(SOUND) == ()


@pytest.mark.parametrize("planted", FAULTY)
def test_a_planted_fault_is_told(planted: str) -> None:
    changes, words = FAULTY[planted]
    told = [str(fault) for fault in faults_of(trip(**changes))]
    assert any(words in sentence for sentence in told), told


def test_a_prefix_and_a_document_number_belong_to_one_procedure() -> None:
    other = trip(code="other")
    told = " ".join(str(fault) for fault in faults_among({"other": other, "trip": SOUND}))
    assert "prefix TRP" in told
    assert "document number 990" in told
