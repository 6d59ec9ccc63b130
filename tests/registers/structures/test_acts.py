"""What a structure may do in which status, in sentences; branches rest and close with their parent."""

from datetime import date

import pytest
from django.utils import timezone

from procedures.audit.models import Entry
from registers.history.errors import EndsTooEarly, NothingThen, PeriodsOverlap, Superseded
from registers.history.selectors import on_day
from registers.structures import services
from registers.structures.errors import BranchOfBranch, NotTaught, ParentRests, StatusGap, WrongPlace, WrongStatus
from registers.structures.models import Direction, Structure, StructureStatus
from registers.structures.selectors import as_of, by_number, details, search, status_of
from tests.registers.factories import LONG_AGO, a_speciality, a_structure, by_case, by_hand

pytestmark = pytest.mark.django_db
MAY, JUNE, JULY, AUGUST = (date(2026, month, 1) for month in (5, 6, 7, 8))


def a_branch(parent: Structure, since: date = MAY, status: str = "active") -> Structure:
    return services.open_branch(
        by_hand(), parent=parent, names={"ar": "فرع"}, place="TN-61", since=since, status=status
    )


def statuses(structure: Structure) -> list[tuple[str, date, date | None]]:
    believed = StructureStatus.objects.filter(subject=structure, superseded_at=None).order_by("since")
    return [(row.status, row.since, row.until) for row in believed]


def test_each_act_is_refused_in_the_wrong_status_with_a_sentence() -> None:
    declared, closed = a_structure(status="declared"), a_structure()
    services.close(by_hand(), structure=closed, since=MAY)
    with pytest.raises(WrongStatus, match="On 1 May 2026 the structure is closed for good"):
        services.suspend(by_hand(), structure=closed, since=MAY)
    with pytest.raises(WrongStatus, match="closed for good"):
        services.close(by_hand(), structure=closed, since=MAY)
    with pytest.raises(WrongStatus, match="active already"):
        services.activate(by_hand(), structure=a_structure(), since=MAY)
    with pytest.raises(WrongStatus, match="only declared"):
        a_branch(declared)
    with pytest.raises(WrongStatus, match="only declared"):
        services.resume(by_hand(), structure=declared, since=MAY)
    with pytest.raises(WrongStatus, match="does not know this structure on 1 January 2019"):
        services.amend(by_hand(), structure=declared, since=date(2019, 1, 1), phone="+21670000000")
    with pytest.raises(NotTaught, match="Add it first"):
        services.withdraw_speciality(by_hand(), structure=declared, speciality=a_speciality(), on=MAY)
    with pytest.raises(BranchOfBranch):
        a_branch(a_branch(a_structure()))
    for place, delegation in (("TN-99", None), ("TN-82", "TN-81"), ("TN-82", "TN-82")):
        with pytest.raises(WrongPlace):
            services.move(by_hand(), structure=declared, place=place, delegation=delegation, since=MAY)
    with pytest.raises(TypeError, match="number"):
        services.amend(by_hand(), structure=declared, since=MAY, number="82-00001-1")


def test_a_suspension_ends_by_its_date_alone_and_may_not_run_over_what_follows() -> None:
    structure = a_structure()
    services.suspend(by_hand(), structure=structure, since=JUNE, until=JULY)
    assert statuses(structure) == [
        ("active", LONG_AGO, JUNE),
        ("suspended", JUNE, JULY),
        ("active", JULY, None),
    ]
    with pytest.raises(PeriodsOverlap, match="1 June 2026"):
        services.suspend(by_hand(), structure=structure, since=MAY, until=AUGUST)
    with pytest.raises(EndsTooEarly):
        services.suspend(by_hand(), structure=structure, since=AUGUST, until=JULY)
    services.suspend(by_hand(), structure=structure, since=AUGUST)
    assert status_of(structure, date(2040, 1, 1)) == "suspended"
    services.resume(by_hand(), structure=structure, since=date(2026, 9, 1))
    assert status_of(structure, date(2026, 9, 1)) == "active"


def test_branches_rest_wake_and_close_with_their_parent_and_only_those_that_follow_it() -> None:
    parent = a_structure()
    follows, rests_anyway = a_branch(parent), a_branch(parent)
    services.suspend(by_hand(), structure=rests_anyway, since=date(2026, 5, 15))
    services.suspend(by_hand(), structure=parent, since=JUNE)
    assert [status_of(one, JUNE) for one in (parent, follows, rests_anyway)] == ["suspended"] * 3
    services.resume(by_hand(), structure=parent, since=JULY)
    assert [status_of(one, JULY) for one in (parent, follows, rests_anyway)] == ["active", "active", "suspended"]
    services.close(by_hand(), structure=parent, since=AUGUST)
    assert [status_of(one, AUGUST) for one in (parent, follows, rests_anyway)] == ["closed"] * 3
    told = Entry.objects.filter(action="structures.close").get()
    assert told.data["branches"] == [follows.number, rests_anyway.number]


def test_a_branch_is_not_at_work_while_its_parent_rests() -> None:
    parent = a_structure()
    resting, declared = a_branch(parent), a_branch(parent, status="declared")
    services.suspend(by_hand(), structure=parent, since=JUNE)
    with pytest.raises(WrongStatus, match="is suspended"):
        services.resume(by_hand(), structure=resting, since=JULY)
    with pytest.raises(WrongStatus, match="is suspended"):
        services.activate(by_hand(), structure=declared, since=JULY)
    services.resume(by_hand(), structure=parent, since=AUGUST)
    services.activate(by_hand(), structure=declared, since=AUGUST)
    assert [status_of(one, AUGUST) for one in (resting, declared)] == ["active", "active"]


def test_a_branch_with_a_measure_of_its_own_is_at_work_once_both_are_lifted() -> None:
    parent = a_structure()
    until_july, first, second = (a_branch(parent) for _ in range(3))
    services.suspend(by_hand(), structure=until_july, since=date(2026, 5, 15), until=JULY)
    services.suspend(by_hand(), structure=first, since=date(2026, 5, 15))
    before = timezone.now()
    services.suspend(by_hand(), structure=parent, since=JUNE)
    assert status_of(until_july, JULY) == "suspended"  # its own is over, its parent's is not
    assert status_of(until_july, JULY, believed_at=before) == "active"

    # A measure may be taken against a branch that rests with its parent, and lifted while it does.
    services.suspend(by_hand(), structure=second, since=date(2026, 6, 15))
    services.resume(by_hand(), structure=first, since=date(2026, 7, 15))
    assert [status_of(one, date(2026, 7, 15)) for one in (first, second)] == ["suspended", "suspended"]
    with pytest.raises(WrongStatus, match=f"{parent.number}, to which the branch belongs, is suspended"):
        services.resume(by_hand(), structure=first, since=date(2026, 7, 20))
    moment = timezone.now()
    services.resume(by_hand(), structure=parent, since=AUGUST)
    table = {
        date(2026, 5, 14): ("active", "active", "active"),
        date(2026, 5, 15): ("suspended", "suspended", "active"),
        JUNE: ("suspended", "suspended", "suspended"),
        date(2026, 7, 31): ("suspended", "suspended", "suspended"),
        AUGUST: ("active", "active", "suspended"),
    }
    branches = until_july, first, second
    assert {on: tuple(status_of(one, on) for one in branches) for on in table} == table
    assert [as_of(one, AUGUST, believed_at=moment).status for one in branches] == ["suspended"] * 3
    services.resume(by_hand(), structure=second, since=date(2026, 9, 1))
    assert status_of(second, date(2026, 9, 1)) == "active"


def test_a_branch_takes_over_what_is_planned_for_its_parent() -> None:
    parent = a_structure()
    services.suspend(by_hand(), structure=parent, since=JULY, until=AUGUST)
    branch = a_branch(parent)
    assert [status_of(branch, on) for on in (JUNE, JULY, AUGUST)] == ["active", "suspended", "active"]
    services.close(by_hand(), structure=parent, since=JUNE)
    late = a_structure()
    services.close(by_hand(), structure=late, since=AUGUST)
    closing = a_branch(late)
    assert [status_of(branch, JUNE), status_of(closing, JULY), status_of(closing, AUGUST)] == [
        "closed", "active", "closed",
    ]  # fmt: skip
    with pytest.raises(WrongStatus, match="closed for good"):
        services.suspend(by_hand(), structure=closing, since=AUGUST)


def test_one_case_suspends_a_structure_and_then_its_branch_by_the_branch_s_own_file() -> None:
    parent, cause = a_structure(), by_case()
    branch = a_branch(parent)
    services.suspend(cause, structure=parent, since=JUNE)
    services.suspend(cause, structure=branch, since=JUNE)
    services.resume(by_hand(), structure=parent, since=JULY)
    assert [status_of(one, JULY) for one in (parent, branch)] == ["active", "suspended"]


def test_a_rest_without_an_end_does_not_end_by_a_plan() -> None:
    structure = a_structure()
    services.suspend(by_hand(), structure=structure, since=JULY, until=AUGUST)
    with pytest.raises(PeriodsOverlap, match="1 July 2026 until before 1 August 2026"):
        services.suspend(by_hand(), structure=structure, since=JUNE)
    closing = a_structure()
    services.close(by_hand(), structure=closing, since=AUGUST)
    services.suspend(by_hand(), structure=closing, since=JUNE)
    assert [status_of(closing, on) for on in (JULY, AUGUST)] == ["suspended", "closed"]


def test_an_amendment_leaves_what_was_planned_for_later() -> None:
    structure = a_structure()
    services.move(by_hand(), structure=structure, place="TN-11", since=AUGUST)
    services.amend(by_hand(), structure=structure, since=JUNE, phone="+21670123456")
    told = [details(structure, on) for on in (MAY, JUNE, AUGUST)]
    assert [(each.place_id, each.phone) for each in told if each] == [
        ("TN-81", ""),
        ("TN-81", "+21670123456"),
        ("TN-11", "+21670123456"),
    ]
    structure.refresh_from_db()
    assert (structure.place_id, structure.phone, structure.number[:2]) == ("TN-11", "+21670123456", "81")
    assert by_number(f" {structure.number} ") == structure


def test_a_correction_by_hand_is_on_record_and_the_lists_follow_it() -> None:
    structure, cause = a_structure("مركز الفلم", fr=""), by_hand(reason="slip_of_the_pen")
    (held,) = structure.details.all()
    services.correct_period(cause, period=held, since=held.since, until=None, name_ar="مركز القلم")
    structure.refresh_from_db()
    assert (structure.name_ar, [each.pk for each in search("قلم", on=JUNE)]) == ("مركز القلم", [structure.pk])
    assert not search("فلم", on=JUNE).exists()
    receipt = structure.authorisations.get()
    services.withdraw_period(cause, period=receipt)
    assert as_of(structure, JUNE).authorisation is None
    told = Entry.objects.filter(actor=cause.by.pk, action__in=("structures.correct", "structures.withdraw"))
    assert [(one.data["kind"], one.data["reason"]) for one in told] == [
        ("StructureDetails", "slip_of_the_pen"),
        ("Authorisation", "slip_of_the_pen"),
    ]
    assert "القلم" not in str([one.data for one in told])


def held(structure: Structure, on: date) -> StructureStatus:
    return StructureStatus.objects.get(on_day(on), subject=structure, superseded_at=None)


def test_a_status_that_is_taken_back_or_moved_leaves_no_day_without_one() -> None:
    structure = a_structure()
    branch = a_branch(structure)
    services.suspend(by_hand(), structure=structure, since=JUNE, until=JULY)
    before = timezone.now()
    moved = services.correct_period(
        by_hand(), period=held(structure, JUNE), since=date(2026, 6, 5), until=date(2026, 7, 10)
    )
    assert (moved.status, moved.since) == ("suspended", date(2026, 6, 5))
    for one, first in ((structure, LONG_AGO), (branch, MAY)):
        assert statuses(one) == [
            ("active", first, date(2026, 6, 5)),
            ("suspended", date(2026, 6, 5), date(2026, 7, 10)),
            ("active", date(2026, 7, 10), None),
        ]
        assert status_of(one, JUNE, believed_at=before) == "suspended"
    with pytest.raises(ParentRests):
        services.withdraw_period(by_hand(), period=held(branch, JULY))
    services.withdraw_period(by_hand(), period=held(structure, JULY))
    assert [status_of(one, on) for one in (structure, branch) for on in (JUNE, JULY, AUGUST)] == ["active"] * 6
    with pytest.raises(Superseded):
        services.withdraw_period(by_hand(), period=moved)


def test_a_closure_by_mistake_is_taken_back_for_the_branches_too() -> None:
    parent = a_structure()
    resting, working = a_branch(parent), a_branch(parent)
    services.suspend(by_hand(), structure=resting, since=MAY)
    services.close(by_hand(), structure=parent, since=JUNE)
    services.withdraw_period(by_hand(), period=held(parent, JUNE))
    assert [status_of(one, JULY) for one in (parent, resting, working)] == ["active", "suspended", "active"]


def test_a_closure_that_was_earlier_than_written_ends_what_was_held_earlier() -> None:
    structure = a_structure()
    branch = a_branch(structure)
    services.allow_speciality(by_hand(), structure=branch, speciality=a_speciality(), since=MAY)
    services.close(by_hand(), structure=structure, since=AUGUST)
    services.correct_period(by_hand(), period=held(structure, AUGUST), since=JUNE, until=None)
    assert statuses(structure) == [("active", LONG_AGO, JUNE), ("closed", JUNE, None)]
    assert as_of(structure, JUNE).authorisation is None
    assert (as_of(branch, JUNE).status, as_of(branch, JUNE).specialities) == ("closed", ())
    assert as_of(branch, date(2026, 5, 31)).specialities


def test_no_correction_leaves_a_gap_or_swallows_a_neighbour() -> None:
    structure = a_structure()
    services.suspend(by_hand(), structure=structure, since=JUNE, until=JULY)
    first, rest, last = (held(structure, on) for on in (MAY, JUNE, JULY))
    for period, since, until, refusal in (
        (first, date(2020, 2, 1), JUNE, StatusGap),
        (last, JULY, AUGUST, StatusGap),
        (rest, LONG_AGO, JULY, PeriodsOverlap),
        (rest, JUNE, None, PeriodsOverlap),
        (rest, JULY, JUNE, EndsTooEarly),
        (first, LONG_AGO, JULY, PeriodsOverlap),
    ):
        with pytest.raises(refusal):
            services.correct_period(by_hand(), period=period, since=since, until=until)
    with pytest.raises(StatusGap, match="exactly one status on each day"):
        services.correct_period(by_hand(), period=rest, since=JUNE, until=JULY, status="closed")
    with pytest.raises(StatusGap):
        services.withdraw_period(by_hand(), period=held(a_structure(), JUNE))
    services.withdraw_period(by_hand(), period=first)
    assert statuses(structure) == [("suspended", LONG_AGO, JULY), ("active", JULY, None)]


def test_a_director_named_already_is_not_pushed_aside() -> None:
    structure = a_structure(director={"ar": "أمل"})
    services.change_director(by_hand(), structure=structure, name={"ar": "ليلى"}, since=JULY)
    with pytest.raises(PeriodsOverlap):
        services.change_director(by_hand(), structure=structure, name={"ar": "سامي"}, since=JUNE)
    services.change_director(by_hand(), structure=structure, name={"ar": "سامي"}, since=JUNE, until=JULY, interim=True)
    held = Direction.objects.filter(subject=structure, superseded_at=None).order_by("since")
    assert [(row.name_ar, row.since, row.until) for row in held] == [
        ("أمل", LONG_AGO, JUNE),
        ("سامي", JUNE, JULY),
        ("ليلى", JULY, None),
    ]


def test_a_branch_takes_receipt_and_director_from_its_parent_until_it_has_its_own() -> None:
    parent = a_structure(director={"ar": "أمل"}, receipt_number="R1", kinds=["initial"])
    branch = a_branch(parent)
    told = as_of(branch, JUNE)
    assert told.authorisation is not None
    assert told.director is not None
    assert (told.authorisation.receipt_number, told.director.name_ar, told.capacity) == ("R1", "أمل", None)
    assert (branch.kinds, branch.organisation) == (["initial"], parent.organisation)
    services.change_authorisation(by_hand(), structure=branch, since=JUNE, capacity=15, receipt_number="R1/1")
    services.change_director(by_hand(), structure=branch, name={"ar": "سامي"}, since=JUNE)
    told = as_of(branch, JUNE)
    assert told.authorisation is not None
    assert told.director is not None
    assert (told.authorisation.receipt_number, told.director.name_ar, told.capacity) == ("R1/1", "سامي", 15)
    assert as_of(parent, JUNE).branches == (branch,)
    assert as_of(parent, date(2026, 4, 30)).branches == ()


def test_a_receipt_before_the_first_one_is_a_correction_and_no_change() -> None:
    structure = a_structure()
    with pytest.raises(WrongStatus):
        services.change_authorisation(by_hand(), structure=structure, since=date(2019, 1, 1), capacity=10)
    branch = a_branch(structure, since=MAY)
    services.change_authorisation(by_hand(), structure=branch, since=JULY, capacity=15)
    with pytest.raises((NothingThen, PeriodsOverlap)):
        services.change_authorisation(by_hand(), structure=branch, since=JUNE, capacity=10)


def test_one_case_opens_one_structure_however_often_its_effect_runs() -> None:
    cause = by_case()
    first = a_structure(cause=cause)
    assert a_structure("اسم آخر", cause=cause) == first
    opening = by_case()
    said = {"parent": first, "names": {"ar": "فرع"}, "place": "TN-61", "since": MAY}
    branch = services.open_branch(opening, **said)
    assert services.open_branch(opening, **said) == branch
    assert Structure.objects.count() == 2
    assert Entry.objects.filter(action="structures.declare").count() == 2
