"""The pages on which a secretary moves or cancels a session, without a script."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from procedures.audit.models import Entry
from procedures.commissions.selectors import queue_of
from tests.portal.backoffice.factories import at_screen_of
from tests.procedures.commissions.factories import Room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Room:
    return Room()


@pytest.fixture
def screen(room: Room) -> Client:
    return at_screen_of(room.secretary)


def at(name: str, session: Any) -> str:
    return reverse(f"commissions:{name}", args=(session.public_id,))


def said(session: Any, **more: str) -> dict[str, str]:
    day = timezone.localdate() + timedelta(days=9)
    told = {"day_day": str(day.day), "day_month": str(day.month), "day_year": str(day.year), "time": "14:15"}
    told |= {"place_ar": "القاعة الكبرى", "place_fr": "La grande salle", "mode": "room"}
    return told | {"reason": "La salle est prise.", "version": str(session.version)} | more


def test_the_page_keeps_what_was_announced_and_the_session_moves(room, screen):
    session = room.convened(days=3)
    page = screen.get(at("change", session)).content.decode()
    assert "Siège de la direction" in page
    done = screen.post(at("change", session), said(session), follow=True).content.decode()
    session.refresh_from_db()
    assert timezone.localtime(session.starts_at).strftime("%H:%M") == "14:15"
    for shown in ("The session has moved", "La salle est prise.", "Until then:", "Siège de la direction"):
        assert shown in done
    assert "La salle est prise." in at_screen_of(room.salwa).get(at("session", session)).content.decode()


def test_a_session_is_cancelled_and_nothing_more_is_offered_of_it(room, screen):
    case = room.house.at_commission()
    session = room.convened(case, days=3)
    assert "1 case of its agenda" in screen.get(at("cancel", session)).content.decode()
    done = screen.post(at("cancel", session), said(session), follow=True).content.decode()
    assert "Its cases wait in the queue again" in done
    assert list(queue_of(room.commission)) == [case]
    assert "/cancel/" not in done
    assert "Cancelled" in screen.get(reverse("commissions:home")).content.decode()
    for name in ("change", "cancel"):
        assert screen.get(at(name, session)).status_code == 404
    assert Entry.objects.filter(action="commission.cancel_session", actor=room.secretary.pk).count() == 1


def test_what_is_missing_is_said_and_what_was_typed_stays(room, screen):
    session = room.convened(days=3)
    page = screen.post(at("change", session), said(session, reason="", place_fr="Ailleurs")).content.decode()
    assert "Write why: those who were called read it." in page
    assert "Ailleurs" in page
    page = screen.post(at("cancel", session), said(session, version="0")).content.decode()
    assert "A colleague changed this session" in page


@pytest.mark.parametrize("name", ["change", "cancel"])
def test_whoever_does_not_keep_the_session_finds_no_such_page(room, name):
    session = room.convened(days=3)
    for person in (room.president, room.house.officer, room.house.applicant):
        assert at_screen_of(person).get(at(name, session)).status_code == 404
