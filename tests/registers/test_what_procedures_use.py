"""What `registers.api` offers to a procedure: a question, facts, rules, and effects of a decided case."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from procedures.api import DecidedCase
from procedures.definition import Kind
from registers import api as r
from registers.history.services import begin
from registers.specialities.models import Moratorium
from registers.structures.models import Structure, StructureStatus
from registers.structures.numbers import written
from registers.structures.selectors import status_of
from tests.registers.factories import a_case, a_programme, a_speciality, a_structure, an_owner, by_hand

TODAY = date(2026, 4, 15)


@pytest.mark.parametrize("typed", ["82-00042-0", " 82 00042 0 ", "82000420", "٨٢-٠٠٠٤٢-٠"])
def test_a_number_is_understood_however_it_is_typed(typed: str) -> None:
    assert r.StructureField("Structure").clean(typed) == written("82", 42) == "82-00042-0"


@pytest.mark.parametrize("typed", ["82-00042-1", "82-00024-0", "82-42-0", "EQV-1", "820004200"])
def test_a_slip_in_a_number_is_named_with_its_remedy(typed: str) -> None:
    with pytest.raises(ValidationError, match="Copy it like 82-00042-0 from the receipt"):
        r.StructureField("Structure").clean(typed)


@pytest.mark.django_db
def test_facts_read_the_register_of_the_day_and_rules_judge_them() -> None:
    structure, masonry = a_structure(), a_speciality()
    r.move_structure(by_hand(), structure=structure, place="TN-61", since=date(2026, 1, 1))
    r.suspend_structure(by_hand(), structure=structure, since=date(2026, 4, 1), until=date(2026, 5, 1))
    begin(Moratorium, subject=masonry, since=date(2026, 1, 1), cause=by_hand(), kind="opening", reference="C 4")

    status, where = r.structure_status("site.number"), r.structure_governorate("site.number")
    assert [status.read(structure.number, on) for on in (date(2019, 1, 1), date(2026, 3, 1), TODAY)] == [
        "",
        "active",
        "suspended",
    ]
    assert status.read("82-00042-0", TODAY) == where.read("82-00042-0", TODAY) == ""
    assert [where.read(structure.number, on) for on in (date(2025, 1, 1), TODAY)] == ["TN-81", "TN-61"]
    on_record, active = r.structure_is_on_record("site.number"), r.structure_is_active("site.number")
    assert [(on_record.test(each), active.test(each)) for each in ("", "suspended", "active")] == [
        (False, False),
        (True, False),
        (True, True),
    ]
    free = r.no_moratorium("offered.speciality", "site.governorate", each="offered")
    (fact,) = free.needs
    assert (free.each, fact.each, fact.read("BAT-01", "TN-82", TODAY)) == ("offered", "offered", "C 4")
    assert fact.read("BAT-01", "TN-82", date(2025, 1, 1)) == ""
    assert (free.test("C 4"), free.test("")) == (False, True)
    homologated = r.diploma_is_homologated("site.number", "diploma.level", "diploma.speciality")
    (fact,) = homologated.needs
    assert fact.read(structure.number, "CAP", "BAT-01", date(2026, 3, 1)) == "never"
    assert fact.read("82-00042-0", "CAP", "BAT-01", TODAY) == "unknown_then"
    assert [homologated.test(code) for code in ("never", "ended", "homologated")] == [False, False, True]


def test_years_end_on_the_same_day_and_a_leap_day_on_the_next() -> None:
    assert r.years_after(date(2026, 4, 15), 3) == date(2029, 4, 15)
    assert r.years_after(date(2024, 2, 29), 3) == date(2027, 3, 1)
    assert r.years_after(date(2024, 2, 29), 4) == date(2028, 2, 29)
    assert r.HOMOLOGATION_YEARS.basis is None  # an assumption, and printed as one


class _Answers:
    def __init__(self, **answers: Any) -> None:
        self.answers = answers

    def value(self, address: str) -> Any:
        return self.answers.get(address)


def decided(case: Any, **answers: Any) -> DecidedCase:
    return DecidedCase(_Answers(**answers), Kind.GRANT, case.pk, case.number, timezone.now())  # type: ignore[arg-type]  # reads as one


@pytest.mark.django_db
def test_effects_of_decided_cases_write_once_name_their_case_and_fall_with_the_decision() -> None:
    masonry = a_speciality()

    def creation(case: DecidedCase) -> Structure:
        cause = r.Cause(case=case)
        made = r.declare_structure(
            cause, organisation=an_owner(), names={"ar": "مركز"}, place="TN-82", since=TODAY, capacity=30
        )
        r.allow_speciality(cause, structure=made, speciality=masonry, since=TODAY)
        r.activate_structure(cause, structure=made, since=TODAY)
        offer = r.open_offer(cause, structure=made, programme=a_programme(masonry), since=TODAY)
        r.grant_homologation(cause, offer=offer, since=TODAY, until=r.years_after(TODAY, 3))
        return made

    file = decided(a_case())
    made = creation(file)
    assert creation(file) == made
    assert (made.case_id, Structure.objects.count()) == (file.case_id, 1)
    assert r.may_give(made, TODAY, diploma="CAP", speciality="BAT-01").yes
    told = r.as_of(r.structure_of_number(made.number), TODAY)
    assert (told.status, told.capacity, [held.case_id for held in told.homologations]) == ("active", 30, [file.case_id])

    def closed_by_a_decision_that_fails() -> None:
        with transaction.atomic():
            r.close_structure(r.Cause(case=decided(a_case())), structure=made, since=TODAY)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        closed_by_a_decision_that_fails()
    assert status_of(made, date(2027, 1, 1)) == "active"
    assert StructureStatus.objects.filter(subject=made, status="closed").count() == 0
