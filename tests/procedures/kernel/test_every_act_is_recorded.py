"""T10: every move of the table of states writes exactly its own entry, in the name of who made it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from procedures.audit.models import Entry
from procedures.audit.selectors import entries_about
from procedures.cases import services
from procedures.cases.models import Case, Correction
from procedures.cases.states import TABLE, Event
from procedures.definition import Ago
from procedures.documents.models import Document
from procedures.resolving import resolve
from procedures.testing import sample_stage_answers
from tests.procedures.kernel.factories import CODE, House, hand_in

pytestmark = pytest.mark.django_db
ITEMS = [{"path": "paper.transcripts", "reason": "unreadable", "note": "Page 2"}]
Act = tuple[Any, Callable[[], object], Case]


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


ACTS = (
    review_paper, assign, accept_completeness, close_instruction, record_opinion_of_commission, prepare_decision,
    submit, lapse, sign, send_back, ask_correction, return_correction, shelve, withdraw, finish_issuing,
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
