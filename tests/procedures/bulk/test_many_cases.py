"""An act on many cases: the dry run tells the result, undo restores the rows and adds to the chain."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from procedures.audit.models import Entry
from procedures.bulk import services
from procedures.bulk.images import image_of
from procedures.bulk.models import BulkAct, BulkItem
from procedures.bulk.work import carry_out_each
from procedures.cases import services as cases
from procedures.cases.models import Case, SignatureAct
from procedures.cases.states import State
from procedures.documents.models import Document
from procedures.jobs.models import Job
from procedures.jobs.services import sweep
from procedures.offices.models import Role
from procedures.refusal import Refusal
from tests.conftest import FULL
from tests.procedures.kernel.factories import House, hand_in, staff_of

pytestmark = pytest.mark.django_db
MANY = 200 if FULL else 12
ITEMS = [{"path": "paper.transcripts", "reason": "unreadable", "note": "Scan page 2 again."}]
BULK = ("bulk.foresee", "bulk.carry_out", "bulk.undo", "bulk.finish")


@pytest.fixture
def house() -> House:
    return House()


def rows_of(chosen) -> dict:
    """Every row of these cases apart from the version, which never goes back."""
    told = {}
    for case in chosen:
        image = image_of(Case.objects.get(pk=case.pk))
        image["cases.Case"][case.pk].pop("version")
        told[case.pk] = image
    return told


def prepared(act, chosen, by, **given) -> BulkAct:
    bulk = services.prepare(act=act, cases=chosen, by=by, given=given)
    sweep(kinds=BULK)
    bulk.refresh_from_db()
    return bulk


def ordered(bulk: BulkAct) -> BulkAct:
    services.order(bulk=bulk, by=bulk.by)
    sweep(kinds=BULK)
    bulk.refresh_from_db()
    return bulk


def told(bulk: BulkAct, name: str) -> dict[int, str]:
    return dict(bulk.items.values_list("case", name))


def a_mixture(house: House) -> list[Case]:
    """Most can be accepted; some hold a paper that was not accepted, one is no longer there to be accepted."""
    chosen = [house.files() for _number in range(MANY)]
    for case in chosen[::5]:
        hand_in(case, "transcripts")
        cases.review_paper(case=case, by=house.desk, paper="transcripts", verdict="refused", note="Not hers.")
    cases.accept_completeness(case=chosen[1], by=house.desk, version=chosen[1].version)
    return chosen


def test_a_dry_run_changes_nothing_and_tells_the_result(house):
    chosen = a_mixture(house)
    before, entries, jobs = rows_of(chosen), Entry.objects.count(), Job.objects.filter(kind="hook").count()

    bulk = prepared("accept_completeness", chosen, house.desk)

    assert rows_of(chosen) == before
    assert Entry.objects.count() == entries + 1  # that it was prepared
    assert Job.objects.filter(kind="hook").count() == jobs
    foreseen = told(bulk, "foreseen")
    assert list(foreseen.values()).count("no") == len(chosen[::5]) + 1

    ordered(bulk)

    done = {pk: "done" if each == "yes" else "" for pk, each in foreseen.items()}
    assert told(bulk, "outcome") == done
    assert {case.state for case in Case.objects.filter(pk__in=[pk for pk, each in done.items() if each])} == {
        State.INSTRUCTION
    }


@pytest.mark.parametrize(("act", "given"), [("accept_completeness", {}), ("ask_correction", {"items": ITEMS})])
def test_undo_restores_every_row_and_adds_to_the_chain(house, act, given):
    chosen = a_mixture(house)
    before, promised = rows_of(chosen), set(Job.objects.filter(kind="hook").values_list("pk", flat=True))
    bulk = ordered(prepared(act, chosen, house.desk, **given))
    entries = list(Entry.objects.values_list("seq", "digest"))
    done = [pk for pk, outcome in told(bulk, "outcome").items() if outcome == "done"]
    assert done
    assert rows_of(chosen) != before

    services.undo(bulk=bulk, by=house.desk)
    sweep(kinds=BULK)

    assert rows_of(chosen) == before
    assert set(Job.objects.filter(kind="hook").values_list("pk", flat=True)) == promised
    assert list(Entry.objects.values_list("seq", "digest"))[: len(entries)] == entries
    assert Entry.objects.filter(action="case.take_back").count() == len(done)
    assert set(told(bulk, "outcome").values()) == {"undone", ""}


def test_nobody_is_told_before_the_window_is_over(house):
    chosen = [house.files(), house.files()]
    with time_machine.travel(timezone.now(), tick=False) as clock:
        bulk = ordered(prepared("ask_correction", chosen, house.desk, items=ITEMS))
        waiting = Job.objects.filter(pk__in=[pk for each in bulk.items.all() for pk in each.promised])
        assert waiting.count() >= 2
        sweep()
        assert set(waiting.values_list("state", flat=True)) == {Job.State.NEW}

        clock.shift(timedelta(minutes=11))
        sweep()
        assert set(waiting.values_list("state", flat=True)) == {Job.State.DONE}
        with pytest.raises(Refusal):
            services.undo(bulk=bulk, by=house.desk)
        bulk.refresh_from_db()
        assert bulk.state == BulkAct.State.FINISHED
        assert set(told(bulk, "before").values().__iter__().__next__()) == set()


def test_a_case_that_went_on_is_not_taken_back(house):
    chosen = [house.files(), house.files()]
    bulk = ordered(prepared("accept_completeness", chosen, house.desk))
    moved = Case.objects.get(pk=chosen[0].pk)
    cases.ask_correction(case=moved, by=house.officer, version=moved.version, items=ITEMS)

    services.undo(bulk=bulk, by=house.desk)
    sweep(kinds=BULK)

    assert told(bulk, "outcome") == {chosen[0].pk: "kept", chosen[1].pk: "undone"}
    assert Case.objects.get(pk=moved.pk).state == State.CORRECTION


def test_signatures_bind_and_are_given_when_the_window_is_over(house):
    chosen = [house.at_signature(kind="refuse", reasons=("no_matching_level",)) for _number in range(2)]
    with time_machine.travel(timezone.now(), tick=False) as clock:
        bulk = prepared("sign", chosen, house.delegate)
        assert set(told(bulk, "foreseen").values()) == {"later"}
        assert not SignatureAct.objects.exists()
        ordered(bulk)
        assert not SignatureAct.objects.exists()

        clock.shift(timedelta(minutes=11))
        sweep(kinds=BULK)

    assert SignatureAct.objects.filter(signed_by=house.delegate).count() == 2
    assert set(Case.objects.filter(pk__in=[case.pk for case in chosen]).values_list("state", flat=True)) == {"refused"}


def test_signatures_that_are_undone_were_never_given(house):
    chosen = [house.at_signature(kind="refuse", reasons=("no_matching_level",))]
    before, documents = rows_of(chosen), Document.objects.count()
    bulk = ordered(prepared("sign", chosen, house.delegate))

    services.undo(bulk=bulk, by=house.delegate)
    with time_machine.travel(timezone.now() + timedelta(minutes=11), tick=False):
        sweep(kinds=BULK)

    assert rows_of(chosen) == before
    assert Document.objects.count() == documents


def test_who_prepared_a_decision_signs_none_of_many(house):
    from datetime import date

    from procedures.offices.services import appoint

    appoint(person=house.officer, office=house.central, role=Role.MINISTER_DELEGATE, since=date(2020, 1, 1))
    own = house.at_signature(kind="refuse", reasons=("no_matching_level",))

    bulk = prepared("sign", [own], house.officer)

    assert told(bulk, "foreseen") == {own.pk: "no"}
    assert "did not prepare" in bulk.items.get().why
    with pytest.raises(Refusal):
        services.order(bulk=bulk, by=house.officer)


def test_a_case_that_changed_since_it_was_shown_is_left_alone(house):
    case = house.files()
    bulk = prepared("accept_completeness", [case], house.desk)
    cases.ask_correction(case=case, by=house.desk, version=case.version, items=ITEMS)

    ordered(bulk)

    assert told(bulk, "outcome") == {case.pk: "no"}


def test_work_that_was_cut_off_goes_on_and_does_nothing_twice(house, monkeypatch):
    chosen = [house.files() for _number in range(3)]
    bulk = prepared("accept_completeness", chosen, house.desk)
    services.order(bulk=bulk, by=house.desk)
    from procedures.bulk import trying, work

    done = []

    def dies(item, *, until):
        if len(done) == 1:
            raise KeyboardInterrupt
        done.append(item.pk)
        trying.carry_out(item, until=until)

    with monkeypatch.context() as patch:
        patch.setattr(work, "carry_out", dies)
        with pytest.raises(KeyboardInterrupt):
            carry_out_each(bulk_id=bulk.pk)
    carry_out_each(bulk_id=bulk.pk)

    assert set(told(bulk, "outcome").values()) == {"done"}
    assert Entry.objects.filter(action="case.accept_completeness").count() == 3


def test_an_assignment_and_a_following_are_taken_back_too(house):
    chosen = [house.files(), house.files()]
    colleague = staff_of(house.region, Role.DESK_OFFICER)
    before = rows_of(chosen)
    for act, given in (("assign", {"to": colleague.pk}), ("follow", {})):
        bulk = ordered(prepared(act, list(Case.objects.order_by("pk")), house.desk, **given))
        assert set(told(bulk, "outcome").values()) == {"done"}
        services.undo(bulk=bulk, by=house.desk)
        sweep(kinds=BULK)
        assert rows_of(chosen) == before
        assert set(told(bulk, "outcome").values()) == {BulkItem.Outcome.UNDONE}


def test_bounds_are_kept_and_a_colleagues_act_is_not_ones_own(house):
    case = house.files()
    with pytest.raises(Refusal):
        services.prepare(act="assign", cases=[], by=house.desk)
    with pytest.raises(Refusal):
        services.prepare(act="issue", cases=[case], by=house.desk)
    bulk = prepared("follow", [case], house.desk)
    assert services.own_bulk_act(house.officer, bulk.public_id) is None
    with pytest.raises(Refusal):
        services.order(bulk=bulk, by=house.officer)
