"""Lists say of each person what `visible_to` says, find cases as people write them, and page without an offset."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from procedures import api as p
from procedures.cases import access
from procedures.cases import services as cases
from procedures.cases.models import Case
from procedures.cases.selectors import visible_to, waiting_for
from procedures.cases.states import OPEN, State
from procedures.inboxes import asked, selectors, services
from procedures.inboxes.asked import ANY, LATE, ME, NEAR, STILL_OPEN, Asked
from procedures.inboxes.circles import seats_of
from procedures.inboxes.models import Line, SavedFilter, Word
from procedures.inboxes.rebuilding import rebuild
from procedures.offices.delegating import delegate
from procedures.offices.models import Role
from procedures.refusal import Refusal
from tests.procedures.kernel.factories import House, staff_of, the_directorate
from tests.workbench.routes import DECIDE, EXAMINE, SIGN, Town, found_answers, installed, opinion, routed

pytestmark = pytest.mark.django_db
COLUMNS = ("state", "stage", "role", "urgent_on", "closed_on", "is_open")


@pytest.fixture
def house() -> House:
    return House()


def listed(person, **filtered) -> list[str]:
    return [case.number for case in selectors.page(seats_of(person), Asked(**filtered), size=50).cases]


def of_every_kind(house: House) -> list:
    """Cases in each state, and everybody who could read some of them."""
    house.files()
    house.at_instruction()
    house.at_decision()
    house.at_signature(kind="refuse", reasons=("no_matching_level",))
    signed = house.at_signature(kind="refuse", reasons=("no_matching_level",))
    cases.sign(case=signed, by=house.delegate, version=Case.objects.get(pk=signed.pk).version)
    asked = house.files()
    items = [{"path": "paper.transcripts", "reason": "unreadable", "note": "Page 2."}]
    cases.ask_correction(case=asked, by=house.desk, version=asked.version, items=items)
    elsewhere = the_directorate("TN-82")
    return [
        house.desk, house.officer, house.secretary, house.delegate, house.applicant,
        staff_of(elsewhere, Role.DESK_OFFICER), staff_of(elsewhere, Role.MINISTER_DELEGATE),
        staff_of(house.central, Role.AUDITOR), staff_of(house.central, Role.EDITOR),
    ]  # fmt: skip


def test_a_list_holds_what_each_person_may_open_and_nothing_else(house):
    people = of_every_kind(house)

    for person in people:
        read = set(Line.objects.filter(circle__in=seats_of(person).circles).values_list("case", flat=True))
        assert read == set(visible_to(person).values_list("pk", flat=True)), person
        assert set(listed(person, state=ANY)) == set(visible_to(person).values_list("number", flat=True))


def test_what_waits_is_what_the_engine_says_waits(house):
    for person in of_every_kind(house):
        if seats_of(person).has_desk:
            assert set(listed(person)) == set(waiting_for(person).values_list("number", flat=True)), person
            assert selectors.counters(seats_of(person))["waiting"] == waiting_for(person).count()


def test_counters_say_what_the_lists_of_the_same_filters_hold(house):
    late, later, near, mine, far = (house.at_instruction() for _case in range(5))
    today = timezone.localdate()
    for case, day in ((late, today - timedelta(days=1)), (near, today), (mine, today + timedelta(days=200))):
        Line.objects.filter(case=case).update(urgent_on=day)
    Line.objects.filter(case=later).update(urgent_on=today - timedelta(days=9))
    Line.objects.filter(case__in=(mine, late)).update(assignee=house.officer)
    Line.objects.filter(case=far).update(urgent_on=today + timedelta(days=300))

    for person in of_every_kind(house):
        seats = seats_of(person)
        told = selectors.counters(seats)
        for state in OPEN:
            assert told[state] == selectors.whole_count(seats, Asked(state=state)), (person, state)
        assert told["mine"] == selectors.whole_count(seats, Asked(state=STILL_OPEN, assignee=ME)), person
        assert told["late"] == selectors.whole_count(seats, Asked(due=LATE)), person
        assert told["near"] == selectors.whole_count(seats, Asked(due=NEAR)), person
    seats = seats_of(house.officer)
    assert [selectors.counters(seats)[name] for name in ("late", "near")] == [2, 1]
    assert selectors.counters(seats)["mine"] >= 2


def agree(people: Iterable[Any]) -> None:
    """The list, the count, the export of each person hold what `visible_to` and `waiting_for` say, no more, no less."""
    for person in people:
        seats, seen = seats_of(person), set(visible_to(person).values_list("number", flat=True))
        assert {case.number for case in selectors.walk(seats, Asked(state=ANY))} == seen, person
        assert set(Line.objects.filter(circle__in=seats.circles).values_list("case__number", flat=True)) == seen, person
        assert selectors.whole_count(seats, Asked(state=ANY)) == selectors.count(seats, Asked(state=ANY)) == len(seen)
        waiting = set(waiting_for(person).values_list("number", flat=True)) & seen
        if seats.has_desk:
            assert set(listed(person)) == waiting, person
            assert selectors.counters(seats)["waiting"] == len(waiting), person


def rebuilt_alike() -> None:
    """Lines that are written anew by the command say what those say that each act wrote."""
    told = [each.attname for each in Line._meta.concrete_fields if each.attname != "id"]
    before = set(Line.objects.values_list(*told))
    rebuild()
    assert set(Line.objects.values_list(*told)) == before


@pytest.fixture
def town(db: None) -> Town:
    return Town()


def everybody(town: Town) -> list[Any]:
    auditor = staff_of(town.central, Role.AUDITOR)
    member, signer = staff_of(town.central, Role.COMMISSION_MEMBER), staff_of(town.central, Role.MINISTER_DELEGATE)
    return [
        town.desk, town.colleague, town.director, town.deputy, town.elsewhere, town.director_elsewhere, town.officer,
        town.expert, town.applicant, auditor, member, signer,
    ]  # fmt: skip


def hands_over(town: Town, case: Case) -> None:
    cases.hand_to_office(case=case, by=town.desk, version=case.version, to=town.other, reason="It moved.")


def test_what_is_offered_to_an_office_is_in_its_list_until_it_answers(town):
    with installed(routed(EXAMINE, DECIDE, SIGN)):
        given_back, taken, lapsed, open_one = (town.files() for _number in range(4))
        for case in (given_back, taken, lapsed, open_one):
            hands_over(town, case)
        people = everybody(town)
        assert len(listed(town.elsewhere)) == 4
        agree(people)
        cases.give_back(case=given_back, by=town.elsewhere, version=given_back.version, note="It did not.")
        cases.take_over(case=taken, by=town.elsewhere, version=taken.version)
        lapsed.refresh_from_db()
        cases.close_instruction(case=lapsed, by=town.desk, version=lapsed.version, answers=found_answers())

        assert set(listed(town.elsewhere)) == set(listed(town.elsewhere, state=ANY)) == {taken.number, open_one.number}
        agree(people)
        rebuilt_alike()


def test_a_delegation_opens_the_lists_of_who_gave_it_for_its_days(town):
    with installed(routed(EXAMINE, DECIDE, SIGN)):
        town.files()
        decided = town.examined()
        stranger = town.officer
        assert listed(stranger, state=ANY) == []
        chief, today = staff_of(town.central, Role.ADMINISTRATOR), timezone.localdate()
        held = town.director.memberships.get(role=Role.REGIONAL_DIRECTOR)
        delegate(
            membership=held, to=stranger, since=today, until=today + timedelta(days=3), reference="Act 1", by=chief
        )

        assert listed(stranger) == [decided.number]
        assert len(listed(stranger, state=ANY)) == 2
        agree(everybody(town))
        with time_machine.travel(timezone.now() + timedelta(days=4), tick=False):
            assert listed(stranger, state=ANY) == []
            agree([stranger])


def test_who_declared_a_conflict_of_interest_reads_the_case_and_it_waits_for_others(town):
    with installed(routed(EXAMINE, DECIDE, SIGN)):
        case = town.files()
        cases.declare_conflict(case=case, by=town.desk, reason="A cousin.")

        assert (listed(town.desk), listed(town.colleague)) == ([], [case.number])
        assert listed(town.desk, state=ANY) == [case.number]
        agree(everybody(town))


def test_outside_experts_and_members_of_commissions_see_what_they_may_open(town):
    with installed(routed(EXAMINE, opinion(p.Outside("experts"), optional=True), DECIDE, SIGN)):
        kept, asked = town.examined(), town.examined()
        agree(everybody(town))
        cases.open_stage(case=asked, by=town.desk, version=asked.version, note="It is needed.")

        assert kept.state == State.CHOICE
        assert listed(town.expert) == listed(town.expert, state=ANY) == [asked.number]
        assert listed(staff_of(town.region, Role.COMMISSION_MEMBER), state=ANY) == []
        agree(everybody(town))
        rebuilt_alike()


def test_what_those_concerned_are_asked_waits_for_no_office_until_their_time_is_over(town):
    with installed(routed(EXAMINE, opinion(p.Central("training")), DECIDE, SIGN)):
        case = town.examined()
        case.stages.filter(closed_at=None).update(person=town.applicant)
        case.save()
        people = everybody(town)
        assert listed(town.officer) == []
        agree(people)
        rebuilt_alike()
        with time_machine.travel(timezone.now() + timedelta(days=40), tick=False):
            assert listed(town.officer) == [case.number]
            agree(people)


def test_lines_that_are_written_anew_are_the_same(house):
    of_every_kind(house)
    told = (
        "circle",
        "case",
        "procedure",
        "state",
        "stage",
        "role",
        "office",
        "assignee",
        "version",
        "urgent_on",
        "closed_on",
        "is_open",
    )
    before, words = set(Line.objects.values_list(*told)), set(Word.objects.values_list("case", "word"))

    rebuild()

    assert set(Line.objects.values_list(*told)) == before
    assert set(Word.objects.values_list("case", "word")) == words


@pytest.mark.parametrize("typed", ["امنه", "آمنة", "القابسي", "قابسي", "قاب", "AMNA gab", "gabsi"])
def test_a_case_is_found_by_the_beginning_of_its_words_however_they_are_spelt(house, typed):
    names = {"first_name_ar": "آمنة", "last_name_ar": "القابسي", "first_name_lat": "Amna", "last_name_lat": "Gabsi"}
    case = house.files(identity=names)
    house.files()

    assert listed(house.desk, q=typed) == [case.number]


def test_son_of_tells_nobody_apart_and_counts_only_where_it_is_all_that_is_typed(house):
    names = {"first_name_ar": "آمنة", "last_name_ar": "القابسي"}
    plain, with_it = house.files(identity=names), house.files(identity=names | {"last_name_ar": "بن القابسي"})

    assert listed(house.desk, q="آمنة بن القابسي") == listed(house.desk, q="آمنة القابسي")
    assert set(listed(house.desk, q="آمنة بن القابسي")) == {plain.number, with_it.number}
    assert listed(house.desk, q="بن") == [with_it.number]


@pytest.mark.parametrize("few", [1, 3, 5, 2000])
def test_several_words_find_the_same_however_many_cases_hold_them(house, monkeypatch, few):
    names = {"first_name_ar": "آمنة", "last_name_ar": "القابسي"}
    mine = [house.files(identity=names).number for _case in range(4)]
    house.files(identity=names | {"last_name_ar": "الطرابلسي"})
    for module in (asked, selectors):
        monkeypatch.setattr(module, "FEW", few)
    monkeypatch.setattr(selectors, "MOST_FOUND", 2)
    seats, words = seats_of(house.desk), Asked(q="القابسي آمنة")

    first = selectors.page(seats, words, size=2)
    second = selectors.page(seats, words, size=2, after=first.after)

    assert [case.number for page in (first, second) for case in page.cases] == mine[::-1]
    assert [case.number for case in selectors.walk(seats, words, at_once=3)] == mine[::-1]
    assert (first.number, second.number, selectors.count(seats, words)) == (3, None, 3)  # more than `MOST_FOUND`
    assert selectors.whole_count(seats, words) == 4
    assert selectors.page(seats_of(staff_of(the_directorate("TN-82"), Role.DESK_OFFICER)), words, size=2).number == 0


@pytest.mark.parametrize("few", [1, 2, 4, 2000])
def test_one_word_finds_the_same_as_a_whole_word_and_as_the_beginning_of_longer_ones(house, monkeypatch, few):
    called = ("قابس", "قابسي", "قابس", "قابسية", "طرابلس", "قابس")
    mine = [house.files(identity={"last_name_ar": name}).number for name in called]
    del mine[4]
    for module in (asked, selectors):
        monkeypatch.setattr(module, "FEW", few)
    seats = seats_of(house.desk)

    assert [case.number for case in selectors.page(seats, Asked(q="قابس"), size=5).cases] == mine[::-1]
    assert [case.number for case in selectors.walk(seats, Asked(q="قابس"), at_once=2)] == mine[::-1]
    assert [case.number for case in selectors.page(seats, Asked(q="قابسي"), size=5).cases] == [mine[3], mine[1]]
    assert selectors.whole_count(seats, Asked(q="قابس")) == selectors.count(seats, Asked(q="قابس")) == 5
    elsewhere = seats_of(staff_of(the_directorate("TN-82"), Role.DESK_OFFICER))
    assert selectors.page(elsewhere, Asked(q="قابس"), size=2).number == 0


def test_two_words_that_stand_in_no_case_together_find_nothing(house):
    house.files(identity={"first_name_ar": "آمنة", "last_name_ar": "القابسي"})
    house.files(identity={"first_name_ar": "سلمى", "last_name_ar": "الطرابلسي"})

    for person in (house.desk, house.delegate):
        found = selectors.page(seats_of(person), Asked(q="آمنة الطرابلسي"), size=5)
        assert (found.cases, found.number) == ((), 0)
        assert selectors.count(seats_of(person), Asked(q="آمنة الطرابلسي")) == 0


def test_a_case_is_found_by_its_number_or_its_serial(house):
    case, other = house.files(), house.files()
    serial = case.number.split("-")[2]

    assert listed(house.desk, q=case.number.lower()) == [case.number]
    assert case.number in listed(house.desk, q=serial)
    assert other.number not in listed(house.desk, q=serial)
    assert listed(house.desk, q="***") == []


def test_pages_follow_one_another_both_ways_and_hold_each_case_once(house):
    for place in range(7):
        case = house.at_instruction()
        Case.objects.get(pk=case.pk)
        case.due_on = timezone.localdate() + timedelta(days=place // 2)
        case.save()
    seats, seen, after = seats_of(house.delegate), [], None
    seats = seats_of(house.officer)
    while True:
        page = selectors.page(seats, Asked(), size=3, after=after)
        seen += [case.number for case in page.cases]
        after = page.after
        if after is None:
            break
    whole = [case.number for case in selectors.walk(seats, Asked(), at_once=2)]
    back = selectors.page(seats, Asked(), size=3, before=page.cases[0].public_id)

    assert seen == whole == sorted(set(seen), key=seen.index)
    assert len(seen) == 7
    assert [case.number for case in back.cases] == seen[3:6]


def test_what_changed_since_it_was_opened_is_unread(house):
    case = house.files()
    assert listed(house.desk, unread=True) == [case.number]

    services.note_opened(case=case, by=house.desk)
    assert listed(house.desk, unread=True) == []

    cases.accept_completeness(case=case, by=house.desk, version=case.version)
    assert listed(house.desk, unread=True, state=ANY) == [case.number]


def test_what_is_followed_stays_in_sight_where_it_goes(house):
    case = house.files()
    services.follow(case=case, by=house.desk)
    cases.accept_completeness(case=case, by=house.desk, version=case.version)

    assert listed(house.desk) == []
    assert listed(house.desk, followed=True) == [case.number]
    services.unfollow(case=case, by=house.desk)
    assert listed(house.desk, followed=True) == []


def test_a_filter_is_shared_with_ones_own_office_only(house):
    services.save_filter(name="Late", query="due=late", office=house.region, by=house.desk)
    colleague = staff_of(house.region, Role.DESK_OFFICER)

    assert [kept.name for kept in selectors.filters_of(seats_of(colleague))] == ["Late"]
    assert not selectors.filters_of(seats_of(house.officer)).exists()
    with pytest.raises(Refusal):
        services.save_filter(name="Mine", query="", office=house.central, by=house.desk)
    with pytest.raises(Refusal):
        services.delete_filter(kept=SavedFilter.objects.get(), by=colleague)


def test_whoever_directs_an_office_assigns_its_cases_and_does_not_handle_them(town):
    with installed(routed(EXAMINE, DECIDE, SIGN)):
        case, own = town.files(), town.files(applicant=town.director)
        cases.assign(case=case, by=town.director, to=town.colleague)

        assert listed(town.desk, assignee=str(town.colleague.pk)) == [case.number]
        assert "close_instruction" not in access.actions_open_to(town.director, case)
        for by, what in ((town.director_elsewhere, case), (town.director, own)):
            with pytest.raises(cases.NotAllowed):
                cases.assign(case=what, by=by, to=town.desk)
