"""From the queue to an agenda, the call, precedents, adjournment, and the minutes that send opinions on."""

from datetime import timedelta

import pytest
from django.utils import timezone

from notifications.models import Delivery, Notice
from procedures.audit.models import Entry
from procedures.cases.models import Case
from procedures.cases.services import accept_completeness, ask_correction, return_correction, withdraw
from procedures.commissions import services
from procedures.commissions.models import Item, Session
from procedures.commissions.precedents import precedents_of
from procedures.commissions.selectors import (
    agenda_of,
    attendance_of,
    called_to,
    not_set_up,
    queue_of,
    sessions_of,
)
from procedures.jobs.models import Job
from procedures.jobs.services import sweep
from procedures.offices.models import Membership, Role
from procedures.refusal import Refusal
from tests.procedures.commissions.factories import PROPOSED
from tests.procedures.kernel.factories import staff_of

pytestmark = pytest.mark.django_db
ITEMS = [{"path": "foreign_certificate.title", "reason": "incomplete", "note": "The whole title."}]


def case_now(case):
    return Case.objects.get(pk=case.pk)


def test_the_queue_holds_the_cases_of_the_stage_that_names_the_commission_most_urgent_first(room):
    late, soon = room.house.at_commission(), room.house.at_commission()
    room.house.at_instruction()
    Case.objects.filter(pk=late.pk).update(due_on=timezone.localdate() + timedelta(days=9))
    Case.objects.filter(pk=soon.pk).update(due_on=timezone.localdate() + timedelta(days=2))
    assert list(queue_of(room.commission)) == [soon, late]


def test_a_case_on_an_agenda_waits_in_the_queue_no_more_until_it_is_taken_off(room):
    case = room.house.at_commission()
    session = room.planned(case)
    assert not queue_of(room.commission)
    services.remove_from_agenda(item=room.item(session), by=room.secretary)
    assert list(queue_of(room.commission)) == [case]
    assert not agenda_of(session)


def test_the_order_of_the_agenda_is_changed_by_hand(room):
    first, second = room.house.at_commission(), room.house.at_commission()
    session = room.planned(first, second)
    services.move_on_agenda(item=session.items.get(case=second), up=True, by=room.secretary)
    assert [item.case for item in agenda_of(session)] == [second, first]


def test_sessions_are_numbered_in_the_year_of_their_commission(room):
    assert [room.planned().reference[-2:], room.planned().reference[-2:]] == ["01", "02"]


def test_who_is_not_secretary_of_the_commission_changes_nothing(room):
    session = room.planned(room.house.at_commission())
    stranger = staff_of(room.house.central, Role.COMMISSION_SECRETARY, "Stranger")
    for person in (room.president, room.house.officer, stranger):
        with pytest.raises(Refusal, match="for the secretary"):
            services.convene(session=session, by=person)
    assert Session.objects.get().state == "planned"


def test_a_session_that_a_colleague_changed_meanwhile_is_not_changed_unseen(room):
    session = room.planned(room.house.at_commission())
    services.convene(session=session, by=room.secretary, version=session.version)
    with pytest.raises(services.Overtaken):
        services.open_session(session=session, present=[], by=room.secretary, version=session.version - 1)


def test_members_are_called_by_the_outbox_and_the_subject_names_nobody(room):
    case = room.house.at_commission()
    session = room.convened(case)
    assert not Notice.objects.filter(event="session_convened").exists()
    sweep()
    told = Notice.objects.filter(event="session_convened")
    assert {notice.person for notice in told} == {each.seat.person for each in called_to(session)}
    for mail in Delivery.objects.filter(key__startswith="session_convened"):
        assert case.number not in mail.subject + mail.body
        assert case.applicant_name not in mail.subject + mail.body
    assert Notice.objects.filter(event="before_commission", person=room.house.applicant).count() == 1


def test_an_empty_agenda_calls_nobody(room):
    with pytest.raises(Refusal, match="The agenda is empty"):
        services.convene(session=room.planned(), by=room.secretary)


def test_a_session_opens_on_its_day_and_not_before(room):
    session = room.convened(days=3)
    with pytest.raises(Refusal, match="It opens on that day"):
        services.open_session(session=session, present=[each.pk for each in called_to(session)], by=room.secretary)


def test_without_its_president_a_member_chairs_and_signs(room):
    session = room.convened()
    there = [each for each in called_to(session) if each.seat.person != room.president]
    with pytest.raises(Refusal, match="Say who of the members chairs"):
        services.open_session(session=session, present=[each.pk for each in there], by=room.secretary)
    chair = attendance_of(room.salwa, session)
    services.open_session(session=session, present=[each.pk for each in there], chair=chair.pk, by=room.secretary)
    room.adopts(room.item(session))
    services.end_session(session=session, by=room.secretary)
    services.close_minutes(session=session, by=room.secretary)
    with pytest.raises(Refusal, match="Whoever chaired"):
        services.sign_minutes(session=session, by=room.president)
    assert services.sign_minutes(session=session, by=room.salwa).state == "signed"


def test_a_member_sees_the_sessions_to_which_they_were_called_and_the_secretary_all(room):
    planned, convened = room.planned(), room.convened()
    newcomer = staff_of(room.house.central, Role.COMMISSION_MEMBER, "New")
    room.seat(newcomer, "member")
    assert list(sessions_of(room.salwa)) == [convened]
    assert not sessions_of(newcomer)
    assert set(sessions_of(room.secretary)) == {planned, convened}


def test_an_adjourned_case_waits_again_or_stands_on_the_next_agenda(room):
    one, two = room.house.at_commission(), room.house.at_commission()
    session, later = room.opened(one, two), room.planned(days=7)
    first, second = session.items.all()
    with pytest.raises(Refusal, match="Write why"):
        services.adjourn(item=first, reason=" ", by=room.secretary)
    services.adjourn(item=first, reason="The programme is missing.", by=room.secretary)
    services.adjourn(item=second, reason="The expert is away.", by=room.secretary, to=later)
    assert list(queue_of(room.commission)) == [one]
    assert [item.case for item in agenda_of(later)] == [two]
    services.end_session(session=session, by=room.secretary)
    assert case_now(one).state == "commission"


def test_a_session_does_not_end_while_a_case_is_left(room):
    session = room.opened()
    with pytest.raises(Refusal, match="1 case is left"):
        services.end_session(session=session, by=room.secretary)


def test_cases_stay_where_they_are_until_the_minutes_are_signed(room):
    case = room.house.at_commission()
    session = room.closed(case)
    sweep()
    assert case_now(case).state == "commission"
    services.sign_minutes(session=session, by=room.president)
    sweep(kinds=("commissions.carry",))
    moved = case_now(case)
    assert moved.state == "decision"
    record = moved.stages.get(kind="commission")
    assert record.answers == {
        "held_on": timezone.localdate().isoformat(),
        "members": ["Leila", "Salwa", "Moncef", "Hela"],
        "opinion": "favourable",
        **PROPOSED,
    }
    assert Entry.objects.filter(action="case.record_opinion_of_commission", subject_id=str(case.pk)).count() == 1


def test_the_minutes_are_closed_and_signed_by_two_persons(room):
    session = room.ended()
    with pytest.raises(Refusal, match="for the secretary"):
        services.close_minutes(session=session, by=room.president)
    services.close_minutes(session=session, by=room.secretary)
    with pytest.raises(Refusal, match="Whoever chaired"):
        services.sign_minutes(session=session, by=room.secretary)
    assert not Job.objects.filter(kind="commissions.carry").exists()


def test_sending_on_twice_moves_a_case_once(room):
    case = room.house.at_commission()
    session = room.signed(case)
    item = room.item(session)
    assert services.carry_opinion(item_id=item.pk).state == "carried"
    assert services.carry_opinion(item_id=item.pk).state == "carried"
    sweep(kinds=("commissions.carry",))
    assert case_now(case).stages.filter(kind="commission").count() == 1
    assert Entry.objects.filter(action="case.record_opinion_of_commission").count() == 1


def test_what_was_sent_on_half_way_is_finished_later(room):
    one, two = room.house.at_commission(), room.house.at_commission()
    session = room.signed(one, two)
    services.carry_opinion(item_id=session.items.first().pk)  # and here the worker died
    assert {case_now(one).state, case_now(two).state} == {"decision", "commission"}
    sweep(kinds=("commissions.carry",))
    assert case_now(one).state == case_now(two).state == "decision"
    assert set(session.items.values_list("state", flat=True)) == {"carried"}


def test_another_secretary_sends_on_what_the_first_may_no_longer(room):
    other, case = room.second_secretary(), room.house.at_commission()
    session = room.signed(case)
    Membership.objects.filter(person=room.secretary).delete()
    sweep(kinds=("commissions.carry",))
    assert case_now(case).state == "commission"
    services.carry_again(session=session, by=other)
    sweep(kinds=("commissions.carry",))
    assert case_now(case).state == "decision"


def test_a_case_that_changed_after_its_vote_goes_back_to_the_queue(room):
    case = room.house.at_commission()
    session = room.closed(case)
    withheld = case_now(case)
    ask_correction(case=withheld, by=room.secretary, version=withheld.version, items=ITEMS)
    return_correction(case=withheld, by=room.house.applicant, patch={"foreign_certificate.title": "Another title"})
    services.sign_minutes(session=session, by=room.president)
    sweep(kinds=("commissions.carry",))
    assert Item.objects.get().state == "lapsed"
    assert list(queue_of(room.commission)) == [case]


def test_a_case_that_was_withdrawn_after_its_vote_lapses(room):
    case = room.house.at_commission()
    session = room.closed(case)
    withdraw(case=case_now(case), by=room.house.applicant)
    services.sign_minutes(session=session, by=room.president)
    sweep(kinds=("commissions.carry",))
    assert (Item.objects.get().state, case_now(case).state) == ("lapsed", "withdrawn")


def test_a_secretary_who_may_not_move_a_case_does_not_close_its_minutes(room):
    session = room.ended()
    Membership.objects.filter(person=room.secretary).delete()
    with pytest.raises(Refusal, match="Another secretary closes"):
        services.close_minutes(session=session, by=room.secretary)


def test_members_read_the_draft_and_the_secretary_mends_words_and_no_vote(room):
    session = room.ended(opinion="reserved", conditions="Ten weeks.")
    item = room.item(session)
    services.read_minutes(session=session, by=room.salwa, remark="It was twelve weeks.")
    with pytest.raises(Refusal, match="cannot be emptied"):
        services.correct_minutes(session=session, by=room.secretary, wordings={item.pk: {"conditions": " "}})
    services.correct_minutes(
        session=session, by=room.secretary, remarks="Read.", wordings={item.pk: {"conditions": "Twelve weeks."}}
    )
    item.refresh_from_db()
    assert (item.conditions, item.opinion) == ("Twelve weeks.", "reserved")
    assert attendance_of(room.salwa, session).remark == "It was twelve weeks."
    services.close_minutes(session=session, by=room.secretary)
    with pytest.raises(Refusal, match="This cannot be done now"):
        services.correct_minutes(session=session, by=room.secretary)


def test_whoever_chaired_sends_the_minutes_back_before_signing(room):
    session = room.closed()
    services.send_back_minutes(session=session, by=room.president, remark="The hour is wrong.")
    assert (session.state, session.closed_by) == ("ended", None)


def alike(room, **certificate):
    told = {"title": "Zertifikat  Mechatronik", "issuing_body": "afpa LYON", "country": "FR"} | certificate
    return room.house.at_commission(foreign_certificate=told)


def test_precedents_are_signed_opinions_on_the_same_diploma_however_it_is_spelt(room):
    room.settled(alike(room))
    item = room.item(room.opened(alike(room, title="zertifikat mechatronik")))
    found = precedents_of(item)
    assert [(each.item.opinion, each.item.answers) for each in found] == [("favourable", PROPOSED)]
    other = room.item(room.opened(alike(room, issuing_body="Another school")))
    assert precedents_of(other) == []


def test_arabic_spelling_tells_no_two_diplomas_apart(room):
    room.settled(alike(room, title="شهادة كفاءة مهنيّة", language="ar", issuing_body="المعهد الأعلى"))
    item = room.item(room.opened(alike(room, title="شهاده كفاءه مهنية", language="ar", issuing_body="المعهد الاعلي")))
    assert len(precedents_of(item)) == 1


def test_an_opinion_that_departs_from_its_precedents_needs_a_word_on_it(room):
    room.settled(alike(room))
    item = room.item(room.opened(alike(room)))
    with pytest.raises(Refusal, match="differs from the precedents"):
        room.puts(item, "unfavourable")
    with pytest.raises(Refusal, match="differs from the precedents"):
        room.puts(item, answers={"proposed": {"level": "CAP"}})
    ballot = room.adopts(item, "unfavourable", explanation="Fewer hours than before.")
    assert ballot.explanation == "Fewer hours than before."
    item.refresh_from_db()
    assert item.explanation == "Fewer hours than before."


def test_an_opinion_like_its_precedents_needs_none(room):
    room.settled(alike(room))
    assert room.adopts(room.item(room.opened(alike(room)))).result == "adopted"


def test_a_commission_that_procedures_name_and_nobody_set_up_is_told(room):
    assert "equivalence" not in not_set_up()
    room.commission.code = "other"
    room.commission.save()
    assert "equivalence" in not_set_up()


def test_an_officer_who_has_a_part_in_a_case_does_not_put_it_on_an_agenda(room, monkeypatch):
    case = room.house.at_commission()
    monkeypatch.setattr("procedures.commissions.services.planning.is_interested", lambda who, _case: True)
    with pytest.raises(Refusal, match="another secretary"):
        room.planned(case)


def test_a_case_before_completeness_is_on_no_agenda(room):
    case = room.house.files()
    session = room.planned()
    with pytest.raises(Refusal, match="Choose cases that wait"):
        services.add_to_agenda(session=session, cases=[case.public_id], by=room.secretary)
    accept_completeness(case=case, by=room.house.desk, version=case.version)
    assert not agenda_of(session)
