"""T10: every move of the table of states writes exactly its own entry, in the name of who made it."""

import contextlib
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from procedures import api as p
from procedures.audit.models import Entry
from procedures.audit.selectors import entries_about
from procedures.cases import services
from procedures.cases.models import Case, Correction, StageRecord
from procedures.cases.states import TABLE, Event
from procedures.definition import Ago
from procedures.documents.models import Document
from procedures.resolving import resolve
from procedures.testing import sample_stage_answers
from tests.procedures.kernel.factories import CODE, House, hand_in
from tests.procedures.visits.factories import Inspectorate
from tests.visited.installed import visited_installed
from tests.workbench.routes import (
    BADGE,
    DECIDE,
    EXAMINE,
    TEXT,
    Town,
    advice,
    fee_is_usual,
    installed,
    opinion,
    remote,
    routed,
)

pytestmark = pytest.mark.django_db
ITEMS = [{"path": "paper.transcripts", "reason": "unreadable", "note": "Page 2"}]
Act = tuple[Any, Callable[[], object], Case]


@pytest.fixture(autouse=True)
def _a_procedure_with_a_visit() -> Iterator[None]:
    with visited_installed():
        yield


def asked(house: House) -> Case:
    case = house.files()
    services.ask_correction(case=case, by=house.desk, version=case.version, items=ITEMS)
    case.refresh_from_db()
    return case


def submit(house: House) -> Act:
    case, asked = a_minors(house)
    return None, lambda: services.confirm(confirmation=asked), case


def lapse(house: House) -> Act:
    case, asked = a_minors(house)
    return None, lambda: services.decline(confirmation=asked), case


def a_minors(house: House) -> tuple[Case, Any]:
    """Filed by a minor whose guardian has to confirm it."""
    born = Ago(years=16, days=200).before(timezone.localdate()).isoformat()
    issued = Ago(days=120).before(timezone.localdate()).isoformat()
    case = house.files(
        identity={"birth_date": born},
        foreign_certificate={"issued_on": issued},
        guardian={"acts": False, "email": "guardian@example.tn"},
    )
    return case, case.confirmations.get()


def review_paper(house: House) -> Act:
    case = house.files()
    hand_in(case, "transcripts")
    given = {"case": case, "by": house.desk, "paper": "transcripts", "verdict": "accepted"}
    return house.desk, lambda: services.review_paper(**given), case


def assign(house: House) -> Act:
    case = house.files()
    return house.desk, lambda: services.assign(case=case, by=house.desk, to=house.desk), case


def accept_completeness(house: House) -> Act:
    case = house.files()
    return house.desk, lambda: services.accept_completeness(case=case, by=house.desk, version=case.version), case


def close_instruction(house: House) -> Act:
    case, answers = house.at_instruction(), sample_stage_answers(resolve(CODE), "instruction")
    given = {"case": case, "by": house.officer, "version": case.version, "answers": answers}
    return house.officer, lambda: services.close_instruction(**given), case


def record_opinion_of_commission(house: House) -> Act:
    case = house.at_commission()
    given = {"case": case, "by": house.secretary, "version": case.version, "held_on": timezone.localdate()}
    given |= {"members": ["Hedi", "Nour"], "opinion": "favourable"}
    return house.secretary, lambda: services.record_opinion_of_commission(**given), case


def record_visit(house: House) -> Act:
    there = Inspectorate(house.region)
    given = {"case": there.at_visit(), "by": there.ines, "visited_on": timezone.localdate(), "findings": []}
    return there.ines, lambda: services.record_visit(**given, answers={"seen": {"capacity": 40}}), given["case"]


def prepare_decision(house: House) -> Act:
    case = house.at_decision()
    return house.officer, lambda: house.decides(case), case


def sign(house: House) -> Act:
    case = Case.objects.get(pk=house.at_signature().pk)
    return house.delegate, lambda: services.sign(case=case, by=house.delegate, version=case.version), case


def send_back(house: House) -> Act:
    case = Case.objects.get(pk=house.at_signature().pk)
    given = {"case": case, "by": house.delegate, "version": case.version, "note": "The level is another."}
    return house.delegate, lambda: services.send_back(**given), case


def ask_correction(house: House) -> Act:
    case = house.files()
    given = {"case": case, "by": house.desk, "version": case.version, "items": ITEMS}
    return house.desk, lambda: services.ask_correction(**given), case


def return_correction(house: House) -> Act:
    case = asked(house)
    hand_in(case, "transcripts")
    return house.applicant, lambda: services.return_correction(case=case, by=house.applicant, patch={}), case


def shelve(house: House) -> Act:
    case = asked(house)
    Correction.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    return house.desk, lambda: services.shelve(case=case, by=house.desk, version=case.version, note="No answer."), case


def withdraw(house: House) -> Act:
    case = house.files()
    return house.applicant, lambda: services.withdraw(case=case, by=house.applicant), case


def finish_issuing(house: House) -> Act:
    case = Case.objects.get(pk=house.at_signature().pk)
    services.sign(case=case, by=house.delegate, version=case.version)
    Document.objects.filter(case=case).update(state=Document.State.ISSUED)
    return None, lambda: services.finish_issuing(case_id=case.pk), case


def later() -> None:
    """Every deadline of a stage lies behind."""
    StageRecord.objects.update(due_on=timezone.localdate() - timedelta(days=1))


def by_town(act: Callable[[Town], Act], *route: Any, **changes: Any) -> Callable[[House], Act]:
    """An act on a case of the workbench on this route, which stays installed until the act was made."""

    def make(house: House) -> Act:
        stack = contextlib.ExitStack()
        stack.enter_context(installed(routed(*route, **changes)))
        by, move, case = act(Town())

        def move_and_leave() -> object:
            with stack:
                return move()

        return by, move_and_leave, case

    make.__name__ = act.__name__
    return make


def keep_answers(town: Town) -> Act:
    case = town.files()
    given = {"case": case, "by": town.desk, "version": case.version, "answers": {"found": {"rooms": 2}}}
    return town.desk, lambda: services.keep_answers(**given), case


def open_stage(town: Town) -> Act:
    case = town.examined()
    given = {"case": case, "by": town.desk, "version": case.version, "note": "It is far."}
    return town.desk, lambda: services.open_stage(**given), case


def skip_stage(town: Town) -> Act:
    case = town.examined()
    given = {"case": case, "by": town.desk, "version": case.version, "note": "It is small."}
    return town.desk, lambda: services.skip_stage(**given), case


def record_opinion(town: Town) -> Act:
    case = town.examined()
    given = {"case": case, "by": town.expert, "version": case.version, "answers": advice()}
    return town.expert, lambda: services.record_opinion(**given), case


def pass_over_opinion(town: Town) -> Act:
    case = town.examined()
    later()
    given = {"case": case, "by": town.desk, "version": case.version, "note": "They are silent."}
    return town.desk, lambda: services.pass_over_opinion(**given), case


def pass_by_silence(town: Town) -> Act:
    case = town.examined()
    later()
    return None, lambda: services.pass_by_silence(record=case.stages.get(kind="opinion")), case


def add_late_opinion(town: Town) -> Act:
    case = town.examined()
    later()
    services.pass_over_opinion(case=case, by=town.desk, version=case.version, note="They are silent.")
    return town.expert, lambda: services.add_late_opinion(case=case, by=town.expert, answers=advice()), case


def decide_rows(town: Town) -> Act:
    case = town.files()
    told = case.explanations
    row = {**told[0], "row": "another", "weight": "flags", "outcome": "failed"}
    people = [{**case.answers["people"][0], "_row": name} for name in ("one", "another")]
    Case.objects.update(answers={**case.answers, "people": people}, explanations=[*told, row])
    return None, lambda: services.decide_automatically(record=case.stages.get()), case


def decide_automatically(town: Town) -> Act:
    case = town.files()
    return None, lambda: services.decide_automatically(record=case.stages.get()), case


def decide_by_silence(town: Town) -> Act:
    case = town.files()
    return None, lambda: services.decide_by_silence(case=case), case


def declare_conflict(town: Town) -> Act:
    case = town.files()
    return town.desk, lambda: services.declare_conflict(case=case, by=town.desk, reason="A cousin."), case


def hand_to_office(town: Town) -> Act:
    case = town.files()
    given = {"case": case, "by": town.desk, "version": case.version, "to": town.other, "reason": "It moved."}
    return town.desk, lambda: services.hand_to_office(**given), case


def take_over(town: Town) -> Act:
    case = town.files()
    hand_to_office_first(town, case)
    return town.elsewhere, lambda: services.take_over(case=case, by=town.elsewhere, version=case.version), case


def give_back(town: Town) -> Act:
    case = town.files()
    hand_to_office_first(town, case)
    given = {"case": case, "by": town.elsewhere, "version": case.version, "note": "It did not."}
    return town.elsewhere, lambda: services.give_back(**given), case


def hand_to_office_first(town: Town, case: Case) -> None:
    services.hand_to_office(case=case, by=town.desk, version=case.version, to=town.other, reason="It moved.")


def reopen_case(house: House) -> Act:
    case = house.at_signature(kind="refuse", reasons=("body_not_recognised",))
    services.sign(case=case, by=house.delegate, version=case.version)
    return None, lambda: services.reopen_case(number=case.number, appeal_id=case.pk), case


EXPERTS, BY_A_TEXT = p.Outside("experts"), p.Deadline(p.WorkingDays(9), silence=p.Silence.FAVOURS, basis=TEXT)
BY_ITSELF = p.Decision((p.Kind.GRANT, p.Kind.REFUSE), automatic=~remote)
EACH = p.Decision((p.Kind.GRANT, p.Kind.REFUSE), each="people", automatic=p.ALWAYS)
IN_TOWN = (
    *(by_town(act, EXAMINE, DECIDE) for act in (keep_answers, declare_conflict, hand_to_office, take_over, give_back)),
    *(by_town(act, EXAMINE, opinion(EXPERTS, optional=True), DECIDE) for act in (open_stage, skip_stage)),
    *(
        by_town(act, EXAMINE, opinion(EXPERTS, p.Silence.PASSES), DECIDE)
        for act in (record_opinion, pass_over_opinion, pass_by_silence, add_late_opinion)
    ),
    by_town(decide_automatically, BY_ITSELF),
    by_town(decide_rows, EACH, rules=(fee_is_usual,), outputs=(BADGE,)),
    by_town(decide_by_silence, EXAMINE, DECIDE, deadline=BY_A_TEXT),
)
ACTS = (
    *IN_TOWN,
    review_paper, assign, accept_completeness, close_instruction, record_opinion_of_commission, record_visit,
    prepare_decision, submit, lapse, sign, send_back, ask_correction, return_correction, shelve, withdraw,
    finish_issuing, reopen_case,
)  # fmt: skip


def test_every_move_of_the_table_is_tried_here():
    assert {act.__name__ for act in ACTS} == {event.value for moves in TABLE.values() for event in moves} == set(Event)


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_a_move_writes_its_entry_once_in_the_name_of_who_made_it(house, act):
    by, move, case = act(house)
    before = set(entries_about(case).values_list("seq", flat=True))

    move()

    written = list(entries_about(case).exclude(seq__in=before).values_list("action", "actor"))
    assert written == [(f"case.{act.__name__}", by.pk if by else None)]


def test_a_filing_writes_its_entry_once_even_when_it_is_sent_twice(house):
    case = house.files()
    house.files(draft_id=case.draft_id)
    assert list(entries_about(case).values_list("action", "actor")) == [("case.file_case", house.applicant.pk)]


def test_a_move_that_is_refused_writes_nothing(house):
    case = house.files()
    count = Entry.objects.count()
    with pytest.raises(services.CaseError):
        services.accept_completeness(case=case, by=house.delegate, version=case.version)
    assert Entry.objects.count() == count
