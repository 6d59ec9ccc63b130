"""Values, reasons, weekends and warnings are set by browser alone, take effect, and are put on record."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from procedures.audit.models import Entry
from procedures.calendar.selectors import calendar
from procedures.resolving import resolve
from procedures.timekeeping.warnings import warning_settings
from tests.portal.administration.factories import administrator, at, at_screen_of, boxes

pytestmark = pytest.mark.django_db
CODE = "foreign_certificate_equivalence"


@pytest.fixture
def screen() -> Client:
    return at_screen_of(administrator())


def test_a_delay_is_set_from_a_day_on_with_its_text(screen: Client) -> None:
    since = timezone.localdate() + timedelta(days=1)
    told = {"number": "30", "basis_fr": "Arrêté d’essai", "article": "2"} | boxes("since", since)
    page = screen.get(at("set_value", CODE, "deadline"))
    assert "45" in page.content.decode()
    screen.post(at("set_value", CODE, "deadline"), told)
    assert resolve(CODE).deadlines[-1].within.amount == 45
    later = resolve(CODE, on=since).deadlines[-1]
    assert (later.within.amount, later.basis is not None) == (30, True)
    assert Entry.objects.filter(action="value.set").count() == 1
    assert "Changes on" in screen.get(at("values")).content.decode()


def test_a_reason_is_worded_retired_and_never_the_last_one(screen: Client) -> None:
    reasons = [reason.code for reason in resolve(CODE).reasons]
    screen.post(at("word_reason", CODE, reasons[0]), {"text_en": "Said otherwise."})
    assert "Said otherwise." in [str(reason.text) for reason in resolve(CODE).reasons]
    today = timezone.localdate()
    for code in reasons[:-1]:
        screen.post(at("offer_reason", CODE, code), boxes("since", today))
    assert [reason.code for reason in resolve(CODE).reasons] == reasons[-1:]
    last = screen.post(at("offer_reason", CODE, reasons[-1]), boxes("since", today))
    assert "last reason to refuse" in last.content.decode()


def test_the_weekend_and_the_warnings_are_set(screen: Client) -> None:
    since = timezone.localdate() + timedelta(days=30)
    screen.post(at("set_weekend"), {"days": ["4", "5"]} | boxes("since", since))
    assert calendar().rests(since) == {4, 5}
    assert calendar().rests(date(2026, 1, 1)) == {5, 6}
    screen.post(at("set_warnings"), {"near_at": "60", "again_after": "14"})
    assert (warning_settings().near_at, warning_settings().again_after) == (60, 14)
    assert "60" in screen.get(at("holidays")).content.decode()


def test_the_numbers_given_are_shown_and_nobody_sets_one(screen: Client) -> None:
    assert "without a gap" in screen.get(at("numbering")).content.decode()
    assert screen.post(at("numbering")).status_code == 405
