"""Forms for blocks and rows: nothing typed is lost, and what is not asked is not kept."""

from django.http import QueryDict

from procedures.asking import form_for, formset_for, stored
from procedures.rules import Situation
from tests.procedures.words.factories import ABROAD, FILED, trip

PROCEDURE = trip()
TRIP = PROCEDURE.blocks["trip"].block
STOPS = PROCEDURE.blocks["stops"].block


def situation(answers: dict) -> Situation:
    return Situation(PROCEDURE, answers, on=FILED)


def test_a_question_of_its_own_fieldset_falls_away_with_the_answer_beside_it() -> None:
    data = {"trip-destination": "tunisia", "trip-country": "XX", "trip-days": "3"}
    form = form_for(PROCEDURE, TRIP, data=data, situation=situation({}))
    assert form.is_valid(), form.errors
    assert stored(form) == {"destination": "tunisia", "days": 3, "note": None}


def test_the_same_question_is_demanded_when_it_is_asked() -> None:
    data = {"trip-destination": "abroad", "trip-country": "", "trip-days": "3"}
    assert set(form_for(PROCEDURE, TRIP, data=data, situation=situation({})).errors) == {"country"}


def test_rows_keep_their_names_and_their_order() -> None:
    data = QueryDict(
        "stops-row=b7aa&stops-row=k3f9&stops-k3f9-town=Lyon&stops-k3f9-nights=2&stops-b7aa-town=Nice&stops-b7aa-nights=7"
    )
    rows = formset_for(PROCEDURE, STOPS, data=data, situation=situation(ABROAD))
    assert rows.is_valid()
    assert [row["_row"] for row in rows.stored()] == ["b7aa", "k3f9"]


def test_a_row_is_added_and_taken_away_without_a_script_and_without_losing_the_others() -> None:
    data = {"stops-row": ["k3f9"], "stops-k3f9-town": "L", "stops-k3f9-nights": "2"}
    rows = formset_for(PROCEDURE, STOPS, data=data)
    added = rows.add()
    assert len(rows) == 2
    rows.remove(added)
    assert rows.forms[0]["town"].value() == "L"
    assert not rows.is_valid()


def test_too_few_and_too_many_rows_are_refused_in_a_sentence() -> None:
    none = formset_for(PROCEDURE, STOPS, data={})
    assert none.non_form_errors() == ["“Stops”: give at least 1 row."]
    many = formset_for(PROCEDURE, STOPS, data={"stops-row": [f"row{number}" for number in range(6)]})
    assert many.non_form_errors() == ["“Stops”: give at most 5 rows."]


def test_a_row_id_from_outside_is_no_way_in() -> None:
    rows = formset_for(PROCEDURE, STOPS, data={"stops-row": ["../x", "a b", "k3f9"]})
    assert [form.row_id for form in rows] == ["k3f9"]


def test_a_page_opened_again_shows_what_is_stored() -> None:
    form = form_for(PROCEDURE, TRIP, initial=ABROAD["trip"], situation=situation(ABROAD))
    assert form["country"].value() == "FR"
    rows = formset_for(PROCEDURE, STOPS, initial=ABROAD["stops"])
    assert [row["town"].value() for row in rows] == ["Lyon", "Nice"]


def test_a_faulty_row_leaves_those_after_it_understood() -> None:
    data = {"stops-row": ["k3f9", "b7aa"], "stops-k3f9-town": "L", "stops-b7aa-town": "Nice", "stops-b7aa-nights": "7"}
    rows = formset_for(PROCEDURE, STOPS, data=data)
    assert not rows.is_valid()
    assert rows.stored()[1] == {"_row": "b7aa", "town": "Nice", "nights": 7}
