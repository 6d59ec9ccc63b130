"""Two people at once in a session: two secretaries, and a vote cast twice, on real connections."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections

from procedures.commissions import services
from procedures.commissions.models import Ballot, Item, Session, Voice
from procedures.refusal import Refusal
from tests.procedures.commissions.factories import Room

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def room(tmp_path: Any, settings: Any) -> Room:
    settings.TAKWIN_KEYS = tmp_path / "keys"
    call_command("make_keys", verbosity=0)
    return Room()


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Every act on a connection of its own, begun together; what each gave, or the refusal that it met."""
    barrier, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(index: int, act: Callable[[], Any]) -> None:
        try:
            barrier.wait()
            results[index] = act()
        except Refusal as refused:
            results[index] = refused
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(index, act)) for index, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def refusals(results: list[Any]) -> int:
    return sum(isinstance(each, Refusal) for each in results)


def test_a_vote_cast_twice_at_once_counts_once(room: Room) -> None:
    ballot = room.puts(room.item(room.opened()))
    results = at_once(
        *(lambda choice=choice: services.cast_vote(ballot=ballot, by=room.salwa, choice=choice) for choice in
          ("for", "against", "for", "against"))
    )  # fmt: skip
    assert refusals(results) == 3
    ballot.refresh_from_db()
    assert ballot.in_favour + ballot.against == Voice.objects.count() == 1


def test_members_who_vote_at_once_are_all_counted(room: Room) -> None:
    ballot = room.puts(room.item(room.opened()), is_secret=True)
    people = (room.president, room.salwa, room.moncef, room.hela)
    results = at_once(*(lambda who=who: services.cast_vote(ballot=ballot, by=who, choice="for") for who in people))
    assert refusals(results) == 0
    ballot.refresh_from_db()
    assert ballot.in_favour == 4


def test_two_secretaries_put_one_case_on_one_agenda(room: Room) -> None:
    other, case = room.second_secretary(), room.house.at_commission()
    first, second = room.planned(), room.planned()
    results = at_once(
        lambda: services.add_to_agenda(session=first, cases=[case.public_id], by=room.secretary),
        lambda: services.add_to_agenda(session=second, cases=[case.public_id], by=other),
    )
    assert refusals(results) == 1
    assert Item.objects.filter(case=case).count() == 1


def test_two_secretaries_plan_two_numbers(room: Room) -> None:
    at_once(room.planned, room.planned)
    assert sorted(Session.objects.values_list("number", flat=True)) == [1, 2]


def test_two_secretaries_open_one_vote_and_convene_once(room: Room) -> None:
    other = room.second_secretary()
    session = room.planned(room.house.at_commission())
    seen = session.version
    results = at_once(
        *(lambda who=who: services.convene(session=Session.objects.get(pk=session.pk), by=who, version=seen)
          for who in (room.secretary, other))
    )  # fmt: skip
    assert refusals(results) == 1
    assert session.attendances.count() == 6
    services.open_session(
        session=session, present=list(session.attendances.values_list("pk", flat=True)), by=room.secretary
    )
    item = room.item(session)
    more = {"item": item, "opinion": "unfavourable"}
    results = at_once(*(lambda who=who: services.put_to_vote(by=who, **more) for who in (room.secretary, other)))
    assert refusals(results) == 1
    assert Ballot.objects.count() == 1


def test_an_opinion_that_two_workers_send_on_arrives_once(room: Room) -> None:
    session = room.signed()
    item = room.item(session)
    at_once(*(lambda: services.carry_opinion(item_id=item.pk) for _worker in range(3)))
    assert item.case.stages.filter(kind="commission").exclude(closed_at=None).count() == 1
