"""A snapshot holds what was in force; filings are read and asked again from it alone."""

import json
from dataclasses import replace

import pytest
from django.utils import translation

from procedures import api as p
from procedures.asking import form_for, formset_for, stored
from procedures.reading import read_answers, read_label, read_reason, read_stage
from procedures.rebuilding import block_from_snapshot
from procedures.rules import Situation
from procedures.snapshot import canonical, digest, take_snapshot
from procedures.testing import posted
from tests.procedures.words.factories import ABROAD, FILED, trip


@pytest.fixture
def snapshot() -> dict:
    return json.loads(canonical(take_snapshot(trip(), on=FILED)))


def test_the_same_rules_give_the_same_digest_and_a_changed_word_another() -> None:
    same = {digest(take_snapshot(trip(), on=day)) for day in (FILED, FILED.replace(day=24))}
    changed = digest(take_snapshot(trip(fee=p.Fee(1)), on=FILED))
    assert len(same) == 1
    assert changed not in same


def test_answers_are_read_by_label_choice_and_row(snapshot: dict) -> None:
    about, first, second = read_answers(snapshot, ABROAD, language="en")
    assert [(item.label, item.text) for item in about.items] == [
        ("Destination", "Abroad"),
        ("Country", "France"),
        ("Days", "9"),
        ("Note", ""),
    ]
    assert (first.row, second.number, second.items[0].path) == ("k3f9", 2, "stops[b7aa].town")


def test_what_a_correction_changed_is_shown_with_what_it_was(snapshot: dict) -> None:
    after = {**ABROAD, "trip": {**ABROAD["trip"], "days": 4}}
    about = read_answers(snapshot, after, language="fr", changed={"trip.days"}, before=ABROAD)[0]
    assert [(item.path, item.was) for item in about.items if item.changed] == [("trip.days", "9")]


def test_reasons_stages_and_labels_are_read_by_code(snapshot: dict) -> None:
    assert read_reason(snapshot, "not_now", "fr") == "Not now."
    assert "%(days)s" in read_reason(snapshot, "nights_fit", "fr")
    assert read_stage(snapshot, 2, "ar") == "الإمضاء"
    assert read_label(snapshot, "stops[k3f9].town", "en") == "Town"
    assert read_label(snapshot, "paper.visa", "en") == "Visa"


def test_a_form_built_again_accepts_and_refuses_as_the_first_one(snapshot: dict) -> None:
    procedure = trip()
    situation = Situation(procedure, ABROAD, on=FILED)
    data = posted(procedure, ABROAD)
    block = block_from_snapshot(snapshot, "trip", loaded=procedure)
    form = form_for(procedure, block, data=data, situation=situation)
    assert form.is_valid(), form.errors
    assert stored(form) == ABROAD["trip"]
    rows = formset_for(procedure, block_from_snapshot(snapshot, "stops"), data=data)
    assert rows.is_valid()
    assert rows.stored() == ABROAD["stops"]
    with translation.override("ar"):
        bad = form_for(procedure, block, data={**data, "trip-days": "31"}, situation=situation)
        assert "30" in bad.errors["days"][0]


def test_every_declaration_is_the_same_after_a_round_through_json(snapshot: dict) -> None:
    steps = tuple(
        p.Step(step["code"], "", tuple(block_from_snapshot(snapshot, code, loaded=trip()) for code in step["blocks"]))
        for step in snapshot["steps"]
    )
    again = json.loads(canonical(take_snapshot(replace(trip(), steps=steps), on=FILED)))
    assert [block["fields"] for block in again["blocks"]] == [block["fields"] for block in snapshot["blocks"]]


def test_a_question_whose_type_is_gone_is_still_read(snapshot: dict) -> None:
    snapshot["blocks"][0]["fields"][2]["type"] = "Vanished"
    assert read_answers(snapshot, ABROAD, language="fr")[0].items[2].text == "9"
