"""A period is written by services alone, overlaps no other, and is never erased."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.utils import timezone, translation

from registers.history import services as history
from registers.history.causes import Cause, NoCause
from registers.history.errors import EndsBefore, EndsTooEarly, NothingThen, PeriodsOverlap, Superseded
from registers.history.exclusion import unguarded
from registers.history.models import HistoryStays, Period
from registers.history.selectors import chain, current, in_force, withdrawal_of
from registers.specialities.models import Moratorium
from registers.structures.models import Direction, Structure, Teaching
from tests.registers.factories import a_case, a_speciality, a_structure, an_officer, by_case, by_hand

MARCH, JUNE, SEPTEMBER = date(2026, 3, 1), date(2026, 6, 1), date(2026, 9, 1)


def directed(structure: Structure, name: str, since: date, until: date | None = None, **more: Any) -> Direction:
    cause = more.pop("cause", None) or by_hand()
    return history.begin(Direction, subject=structure, since=since, until=until, cause=cause, name_ar=name)


@pytest.mark.django_db
def test_a_period_that_overlaps_is_refused_with_both_shown_and_changes_nothing() -> None:
    structure = a_structure()
    held = directed(structure, "أ", MARCH, SEPTEMBER)
    with pytest.raises(PeriodsOverlap) as refused:
        directed(structure, "ب", JUNE)
    assert (refused.value.existing, refused.value.proposed.since) == (held, JUNE)
    assert str(refused.value) == (
        "The period from 1 March 2026 until before 1 September 2026 is on record already; "
        "the period from 1 June 2026 on would overlap it. Nothing was changed."
    )
    with translation.override("fr"):
        assert "La période du 1er mars 2026 jusqu’à la veille du 1er septembre 2026" in str(refused.value)
    with translation.override("ar"):
        assert "مارس 2026" in str(refused.value)
    assert list(chain(structure, Direction)) == [held]
    after = directed(structure, "ب", SEPTEMBER)  # `until` is the first day without it
    before = directed(structure, "ج", date(2026, 1, 1), MARCH)
    assert [current(structure, Direction, on) for on in (MARCH, SEPTEMBER, date(2026, 2, 28))] == [held, after, before]


@pytest.mark.django_db
def test_two_specialities_at_once_are_no_overlap_and_one_twice_is() -> None:
    structure = a_structure()
    first, second = a_speciality("BAT-01"), a_speciality("TOU-01")

    def taught(speciality: Any, since: date) -> Teaching:
        return history.begin(Teaching, subject=structure, since=since, cause=by_hand(), speciality=speciality)

    taught(first, MARCH), taught(second, MARCH)
    with pytest.raises(PeriodsOverlap):
        taught(first, JUNE)


@pytest.mark.django_db
def test_a_moratorium_everywhere_and_one_in_a_governorate_stand_side_by_side_but_not_twice() -> None:
    speciality = a_speciality()

    def halted(governorate: str | None) -> Moratorium:
        said = {"governorate_id": governorate, "kind": "opening"}
        return history.begin(Moratorium, subject=speciality, since=MARCH, cause=by_hand(), **said)

    halted(None), halted("TN-82")
    for governorate in (None, "TN-82"):
        with pytest.raises(PeriodsOverlap):
            halted(governorate)


@pytest.mark.postgresql
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite's writers queue, and the service checks")
@pytest.mark.django_db
@pytest.mark.parametrize("speciality", [False, True])
def test_the_database_itself_refuses_what_goes_past_the_services(speciality: bool) -> None:
    structure = a_structure()
    said: dict[str, Any] = {"subject": structure, "recorded_at": timezone.now()}
    model: type[Period] = Teaching if speciality else Direction
    said |= {"speciality": a_speciality()} if speciality else {"name_ar": "أ"}
    model(since=MARCH, until=SEPTEMBER, **said).save()
    model(since=JUNE, until=SEPTEMBER, superseded_at=timezone.now(), **said).save()  # believed no more: no overlap
    model(since=SEPTEMBER, **said).save()
    if speciality:
        model(since=JUNE, **said | {"speciality": a_speciality("TOU-01")}).save()
    with pytest.raises(IntegrityError, match="no_overlap_"), transaction.atomic():
        model(since=JUNE, until=SEPTEMBER, **said).save()


@pytest.mark.postgresql
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite's writers queue, and the service checks")
@pytest.mark.django_db
def test_every_table_of_periods_is_guarded() -> None:
    assert unguarded(connection) == []


def test_every_kind_of_period_names_its_subject_and_its_keys() -> None:
    kinds = [model for model in apps.get_models() if issubclass(model, Period)]
    assert len(kinds) >= 7
    for model in kinds:
        assert model._meta.get_field("subject").many_to_one
        assert all(model._meta.get_field(key) for key in model.exclusive)
        assert any(rule.name.endswith("_ends_after_it_begins") for rule in model._meta.constraints), model


@pytest.mark.django_db
def test_a_change_needs_a_case_an_import_or_a_person_with_a_reason() -> None:
    officer = an_officer()
    for none in ({}, {"by": officer}, {"by": officer, "reason": "  "}, {"reason": "mistake"}):
        with pytest.raises(NoCause):
            Cause(**none)
    case = a_case()
    assert (Cause(case=case).case_id, Cause(case=case.pk).case_id, Cause(batch=7).batch_id) == (case.pk, case.pk, 7)
    row = directed(a_structure(), "أ", MARCH, cause=Cause(by=officer, reason="mistake", note="see the letter"))
    assert (row.recorded_by, row.reason, row.note, row.case) == (officer, "mistake", "see the letter", None)
    with pytest.raises(NoCause):
        history.withdraw(row, cause=None)  # type: ignore[arg-type]  # what somebody in a hurry would try


@pytest.mark.django_db
def test_history_is_never_erased() -> None:
    row = directed(a_structure(), "أ", MARCH)
    for erase in (row.delete, Direction.objects.all().delete, Direction.objects.filter(pk=row.pk).delete):
        with pytest.raises(HistoryStays):
            erase()
    assert Direction.objects.filter(pk=row.pk).exists()


@pytest.mark.django_db
def test_what_is_taken_back_says_by_whom_and_why_and_keeps_what_was_believed() -> None:
    officer, structure = an_officer(), a_structure()
    row = directed(structure, "أ", MARCH)
    moment = timezone.now()
    told = Cause(by=officer, reason="mistake", note="Another structure was meant.")
    assert withdrawal_of(row) is None
    withdrawn = history.withdraw(row, cause=told)
    said = withdrawal_of(row)
    assert said is not None
    assert (said.withdrawn_by, said.reason, said.note, said.withdrawn_at) == (
        officer, "mistake", told.note, withdrawn.superseded_at,
    )  # fmt: skip
    assert current(structure, Direction, JUNE) is None
    assert current(structure, Direction, JUNE, believed_at=moment) == row
    case = a_case()
    planned = directed(structure, "ب", SEPTEMBER)
    history.cut(planned, on=JUNE, cause=Cause(case=case))
    said = withdrawal_of(planned)
    assert said is not None
    assert (said.case, said.withdrawn_by) == (case, None)
    for erase in (said.delete, type(said).objects.all().delete):
        with pytest.raises(HistoryStays):
            erase()


@pytest.mark.django_db
def test_what_was_corrected_or_ended_cannot_be_changed_again_by_its_old_row() -> None:
    row, cause = directed(a_structure(), "أ", MARCH, SEPTEMBER), by_hand()
    ended = history.end(row, on=JUNE, cause=cause)
    assert (ended.until, ended.replaces, ended.end_reason) == (JUNE, row, "correction")
    again: list[Callable[[], Any]] = [
        lambda: history.correct(row, since=MARCH, until=None, cause=cause),
        lambda: history.withdraw(row, cause=cause),
    ]
    for act in again:
        with pytest.raises(Superseded, match="corrected meanwhile"):
            act()
    with pytest.raises(EndsBefore, match="1 June 2026 already"):
        history.end(ended, on=SEPTEMBER, cause=cause)
    with pytest.raises(EndsTooEarly, match="cannot end on 1 March 2026"):
        history.end(ended, on=MARCH, cause=cause)
    with pytest.raises(EndsTooEarly):
        directed(ended.subject, "ب", SEPTEMBER, JUNE)
    with pytest.raises(NothingThen, match="1 January 2026"):
        history.change(Direction, subject=ended.subject, since=date(2026, 1, 1), cause=cause, name_ar="ب")


@pytest.mark.django_db
def test_what_one_case_says_twice_is_written_once() -> None:
    structure, cause = a_structure(), by_case()
    first = directed(structure, "أ", MARCH, cause=cause)
    assert directed(structure, "أ", MARCH, cause=cause) == first
    ended = history.end(first, on=JUNE, cause=by_case())
    assert directed(structure, "أ", MARCH, cause=cause) == ended  # what became of it since is not undone
    assert chain(structure, Direction).count() == 2
    with pytest.raises(PeriodsOverlap):
        directed(structure, "ب", MARCH, cause=cause)


@pytest.mark.django_db
def test_what_is_believed_at_a_moment_is_what_was_believed_then() -> None:
    structure = a_structure()
    row = directed(structure, "أ", MARCH)
    moment = timezone.now()
    history.correct(row, since=JUNE, until=None, cause=by_hand(), name_ar="ب")

    def told(on: date, **at: Any) -> list[str]:
        return [each.name_ar for each in in_force(structure.directions, on, **at)]

    assert (told(MARCH), told(JUNE)) == ([], ["ب"])
    assert (told(MARCH, believed_at=moment), told(JUNE, believed_at=moment)) == (["أ"], ["أ"])
    assert told(JUNE, believed_at=row.recorded_at.replace(year=2020)) == []


@pytest.mark.django_db(transaction=True)
def test_of_two_who_write_the_same_days_at_once_one_is_refused_with_both_shown() -> None:
    structure, cause = a_structure(), by_hand()
    gate = threading.Barrier(4)

    def write(name: str) -> str:
        gate.wait()
        try:
            directed(structure, name, MARCH, cause=cause)
        except PeriodsOverlap as refused:
            with translation.override("en"):  # a thread of its own begins in the language of the site
                return str(refused)
        finally:
            connection.close()
        return "written"

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(write, "ABCD"))
    assert answers.count("written") == 1
    assert sum("from 1 March 2026 on would overlap it" in answer for answer in answers) == 3
    assert chain(structure, Direction).count() == 1
