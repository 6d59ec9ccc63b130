"""A session is moved or cancelled: who is told what and how, what returns to the queue, which number stays."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from notifications.models import Delivery, Notice
from procedures.audit.models import Entry
from procedures.commissions import services
from procedures.commissions.models import Item, Session, SessionChange
from procedures.commissions.selectors import agenda_of, called_to, queue_of
from procedures.jobs.services import sweep
from procedures.refusal import Refusal
from tests.procedures.commissions.factories import PLACE

pytestmark = pytest.mark.django_db
WHY = "La salle est prise."


def told(event: str) -> list[Any]:
    return list(Notice.objects.filter(event=event).order_by("pk"))


def moves(room: Any, session: Session, *, days: int = 3, place: Any = None, reason: str = WHY, **more: Any) -> Session:
    starts_at = session.starts_at + timedelta(days=days)
    return services.move_session(
        session=session, starts_at=starts_at, place=place or PLACE, reason=reason, by=room.secretary, **more
    )


def test_the_call_reaches_each_member_in_their_own_language_with_day_and_place(room):
    for person, language in ((room.salwa, "ar"), (room.moncef, "fr")):
        type(person).objects.filter(pk=person.pk).update(language=language)
    session = room.convened(days=3)
    sweep()
    by_person = {each.person_id: each for each in told("session_convened")}
    assert set(by_person) == {each.seat.person_id for each in called_to(session)}
    arabic, french = by_person[room.salwa.pk], by_person[room.moncef.pk]
    assert (PLACE["ar"] in arabic.body, PLACE["fr"] in french.body) == (True, True)
    assert ("لجنة المعادلة" in arabic.body, "Commission d'équivalence" in french.body) == (True, True)
    assert str(session.public_id) in arabic.path


def test_members_and_applicants_are_told_of_another_day_once(room):
    case = room.house.at_commission()
    session = room.convened(case, days=3)
    sweep()
    moves(room, session)
    sweep()
    sweep()

    assert {each.person for each in told("session_moved")} == {each.seat.person for each in called_to(session)}
    assert len(told("session_moved")) == 5
    assert all(WHY in each.body for each in told("session_moved"))
    assert [each.person for each in told("commission_moved")] == [room.house.applicant]
    assert WHY not in told("commission_moved")[0].body
    for mail in Delivery.objects.filter(key__startswith="session_moved"):
        assert case.number not in mail.subject + mail.body
    assert (session.number, session.state, session.items.get().state) == (1, "convened", Item.State.WAITING)
    change = SessionChange.objects.get()
    assert session.starts_at - change.was_at == timedelta(days=3)


def test_applicants_are_not_told_of_another_room(room):
    session = room.convened(days=3)
    sweep()
    moves(room, session, days=0, place={"ar": "القاعة الكبرى", "fr": "La grande salle"})
    sweep()
    assert len(told("session_moved")) == 5
    assert told("commission_moved") == []


def test_a_session_to_which_nobody_was_called_moves_and_ends_in_silence(room):
    session = room.planned(room.house.at_commission(), days=3)
    moves(room, session)
    services.cancel_session(session=session, reason=WHY, by=room.secretary)
    sweep()
    assert told("session_moved") + told("session_cancelled") + told("commission_cancelled") == []


def test_a_cancelled_session_gives_its_cases_back_to_the_queue_and_its_number_to_nobody(room):
    first, second = room.house.at_commission(), room.house.at_commission()
    session = room.convened(first, second, days=3)
    sweep()
    services.cancel_session(session=session, reason=WHY, by=room.secretary)
    sweep()

    assert set(queue_of(room.commission)) == {first, second}
    assert not agenda_of(session)
    assert len(told("session_cancelled")) == 5
    assert all(WHY in each.body for each in told("session_cancelled"))
    assert len(told("commission_cancelled")) == 2
    assert Entry.objects.get(action="commission.cancel_session").data["cases"] == [first.pk, second.pk]
    later = room.planned(first, second)
    assert later.reference[-2:] == "02"
    services.convene(session=later, by=room.secretary)
    sweep()
    assert len(told("before_commission")) == 4  # the new day is announced as the first was


def test_what_was_announced_is_told_as_it_is_when_the_worker_comes_late(room):
    session = room.convened(days=3)
    moves(room, session)
    services.cancel_session(session=session, reason=WHY, by=room.secretary)
    sweep()
    assert told("session_convened") + told("session_moved") == []
    assert (len(told("session_cancelled")), len(told("commission_cancelled"))) == (5, 1)


@pytest.mark.parametrize("wrong", ["past", "same", "no_reason", "stranger", "open", "cancelled", "stale", "next_year"])
def test_a_session_that_cannot_be_moved_stays_as_announced(room, wrong):
    session = room.opened() if wrong == "open" else room.convened(days=3)
    if wrong == "cancelled":
        services.cancel_session(session=session, reason=WHY, by=room.secretary)
    days = {"past": -9, "same": 0, "next_year": 400}.get(wrong, 2)
    before = Session.objects.get().starts_at
    asked = {
        "starts_at": session.starts_at + timedelta(days=days),
        "place": PLACE,
        "reason": " " if wrong == "no_reason" else WHY,
        "by": room.president if wrong == "stranger" else room.secretary,
        "version": session.version - 1 if wrong == "stale" else session.version,
    }
    with pytest.raises(Refusal):
        services.move_session(session=session, **asked)
    assert Session.objects.get().starts_at == before


@pytest.mark.parametrize("wrong", ["no_reason", "stranger", "open", "cancelled"])
def test_a_session_that_cannot_be_cancelled_keeps_its_agenda(room, wrong):
    session = room.opened() if wrong == "open" else room.convened(days=3)
    if wrong == "cancelled":
        services.cancel_session(session=session, reason=WHY, by=room.secretary)
    changes = SessionChange.objects.count()
    with pytest.raises(Refusal):
        services.cancel_session(
            session=session,
            reason="" if wrong == "no_reason" else WHY,
            by=room.president if wrong == "stranger" else room.secretary,
        )
    assert SessionChange.objects.count() == changes


def test_a_moved_session_opens_on_its_new_day(room):
    session = room.convened(days=3)
    moves(room, session, days=-3)
    with time_machine.travel(timezone.now() + timedelta(hours=1), tick=False):
        present = [each.pk for each in called_to(session)]
        assert services.open_session(session=session, present=present, by=room.secretary).state == "open"
