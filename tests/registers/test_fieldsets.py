"""The fieldsets that procedures share: premises, rooms, modules, trainees who are left; and the rules about them."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from procedures import api as p
from procedures.asking import form_for, stored
from procedures.rules import Situation
from registers import api as r
from registers.structures.models import Structure
from registers.structures.premises import AREA_A_PLACE, FIRE_SAFETY_MONTHS, LEASE_MONTHS
from registers.training.services import enrol, leave
from tests.procedures.words.factories import trip
from tests.registers.factories import by_hand
from tests.registers.people.factories import a_person
from tests.registers.training.factories import a_session

DAY = date(2026, 11, 23)
PREMISES = {"occupancy": "owner", "accessible": "True", "fire_safety_date": ("5", "1", "2026")}
TEACH_OUT = {"trainees_left": "12", "plan": "finish", "ends_on": ("30", "6", "2027")}


def asked(fieldset: Any, **answers: Any) -> Any:
    """A page that asks for one fieldset, with these answers typed."""
    block = p.Block("asked", fieldset)
    first = next(iter(fieldset.questions()))
    procedure = trip(steps=(p.Step("asked", "Asked", (block,)),), rules=(), about=f"asked.{first}")
    data: dict[str, str] = {}
    for name, value in answers.items():
        parts = zip(("_day", "_month", "_year"), value, strict=True) if isinstance(value, tuple) else (("", value),)
        data |= {f"asked-{name}{part}": typed for part, typed in parts}
    return form_for(procedure, procedure.blocks["asked"].block, data=data, situation=Situation(procedure, {}, on=DAY))


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ar", "fr"])
@pytest.mark.parametrize("fieldset", [r.Premises, r.Room, r.Module, r.TeachOut])
def test_every_question_has_words_and_a_sample_that_it_accepts(fieldset: Any, language: str) -> None:
    with translation.override(language):
        for name, field in fieldset.questions().items():
            assert str(field.label), name
            assert field.clean(field.sample_answer(language)) not in (None, ""), name


def test_a_lease_ends_only_where_the_premises_are_rented() -> None:
    owned = asked(r.Premises, **PREMISES)
    assert owned.is_valid(), owned.errors
    assert stored(owned) == {"occupancy": "owner", "accessible": True, "fire_safety_date": "2026-01-05"}
    assert set(asked(r.Premises, **PREMISES | {"occupancy": "lease"}).errors) == {"lease_end"}
    assert set(asked(r.Premises, **PREMISES | {"fire_safety_date": ("5", "1", "2099")}).errors) == {"fire_safety_date"}


def test_who_takes_trainees_in_is_asked_where_they_go_on_elsewhere() -> None:
    staying = asked(r.TeachOut, **TEACH_OUT)
    assert staying.is_valid(), staying.errors
    assert set(stored(staying)) == {"trainees_left", "plan", "ends_on"}
    going = TEACH_OUT | {"plan": "transfer"}
    assert set(asked(r.TeachOut, **going).errors) == {"receiving", "accepted"}
    assert asked(r.TeachOut, **going, receiving="82 00042 0", accepted="on").is_valid()
    assert set(asked(r.TeachOut, **TEACH_OUT | {"trainees_left": "0"}).errors) == {"trainees_left"}


@pytest.mark.parametrize(
    ("fieldset", "wrong"),
    [
        (r.Room, {"label": "A", "kind": "kitchen", "area_m2": "45", "capacity": "20"}),
        (r.Room, {"label": "A", "kind": "lab", "area_m2": "0", "capacity": "20"}),
        (r.Room, {"label": "A", "kind": "lab", "area_m2": "45", "capacity": "-1"}),
        (r.Module, {"reference": "M\u00a71", "title_ar": "مادة", "title_fr": "Cours", "kind": "general", "hours": "6",
                    "coefficient": "1"}),
        (r.Module, {"reference": "M1", "title_ar": "Cours", "title_fr": "Cours", "kind": "general", "hours": "6",
                    "coefficient": "1"}),
        (r.Module, {"reference": "M1", "title_ar": "مادة", "title_fr": "Cours", "kind": "general", "hours": "0",
                    "coefficient": "1"}),
        (r.Module, {"reference": "M1", "title_ar": "مادة", "title_fr": "Cours", "kind": "general", "hours": "6",
                    "coefficient": "0"}),
    ],
)  # fmt: skip
def test_what_is_no_room_and_no_module_is_refused_at_its_one_question(fieldset: Any, wrong: dict[str, str]) -> None:
    assert len(asked(fieldset, **wrong).errors) == 1


def test_rules_about_premises_judge_by_figures_that_are_assumptions() -> None:
    lease = r.lease_is_long_enough("premises", "structure.opening")
    opening = date(2026, 3, 31)
    assert [lease.test(end, opening, 12) for end in (date(2027, 3, 30), date(2027, 3, 31))] == [False, True]
    recent = r.fire_safety_is_recent("premises")
    days = (date(2025, 11, 23), date(2025, 11, 24), DAY)
    assert [recent.test(issued, DAY, 12) for issued in days] == [False, True, True]
    large = r.room_is_large_enough("rooms")
    table = {"classroom": "1.5"}
    areas = ("29.99", "30", "0.5")
    kinds = ("classroom", "classroom", "admin")
    judged = [large.test(kind, Decimal(area), 20, table) for kind, area in zip(kinds, areas, strict=True)]
    assert (large.each, judged) == ("rooms", [False, True, True])
    assert [each.basis for each in (AREA_A_PLACE, LEASE_MONTHS, FIRE_SAFETY_MONTHS)] == [None] * 3


def test_modules_fill_the_hours_of_their_programme_and_each_has_its_own_code() -> None:
    fill, differ = r.modules_fill_the_hours("modules", "programme.hours"), r.module_codes_differ("modules")
    (total, _hours) = fill.needs
    assert total.read((60, 40)) == 100
    assert [fill.test(100, hours) for hours in (100, 99)] == [True, False]
    assert [differ.test(codes) for codes in (("M1", "M2"), ("M1", "m1"))] == [True, False]


@pytest.mark.django_db
def test_trainees_who_are_left_are_counted_against_the_register() -> None:
    session = a_session()
    structure: Structure = session.offer.structure
    people = [a_person("Amel", last) for last in ("Tounsi", "Sfaxi", "Gabsi")]
    held = [enrol(by_hand(), session=session, person=person)[0] for person in people]
    leave(by_hand(), enrolment=held[0], on=session.since, outcome="dropped_out")
    rule = r.every_trainee_is_counted("site.number", "teach_out")
    (known, _counted) = rule.needs
    assert known.read(structure.number, session.since) == 2
    assert [known.read(structure.number, day) for day in (date(2001, 1, 1), session.until)] == [0, 0]
    assert known.read("82-00042-0", session.since) == 0
    assert [rule.test(2, counted) for counted in (1, 2)] == [False, True]
    assert rule.weight == p.Weight.FLAGS
