"""An application that nobody files is announced before it ends, and ends with its files."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.storage import storages

from notifications.models import Delivery, Notice
from portal.drafts.work import tell_all
from procedures.evidence.models import Upload
from procedures.wizard.models import Draft
from procedures.wizard.services import purge_drafts
from tests.conftest import NOW
from tests.portal.drafts.test_links import MAIL, address_in, ask, started
from tests.procedures.wizard.factories import Visitor, a_person

pytestmark = pytest.mark.django_db


def on_day(number: int) -> datetime:
    return NOW + timedelta(days=number)


def days_later(number: int) -> tuple[int, int]:
    """What is done every day, on that day: how many people are told, how many drafts go."""
    with time_machine.travel(on_day(number), tick=True):
        return tell_all(now=on_day(number)), purge_drafts(now=on_day(number))


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_owner_is_told_two_weeks_before_and_then_it_goes_with_its_files(
    language: str, django_capture_on_commit_callbacks: Any
) -> None:
    person = a_person()
    person.language = language
    person.save()
    visitor = Visitor(person, language=language)
    visitor.fill()
    visitor.hand_in()
    stored = list(Upload.objects.values_list("stored", flat=True))
    assert days_later(75) == (0, 0)
    assert days_later(77) == (1, 0)
    notice, mail = Notice.objects.get(), Delivery.objects.get()
    assert notice.path == f"/{language}/drafts/{visitor.draft}/"
    assert "2027" in notice.body
    assert mail.address == person.email
    assert days_later(78) == (0, 0)
    with django_capture_on_commit_callbacks(execute=True):
        assert days_later(91) == (0, 1)
    assert len(stored) == 7
    assert not Upload.objects.exists()
    assert not any(storages["private"].exists(path) for path in stored)


def test_saving_keeps_it_longer_and_it_is_announced_anew() -> None:
    visitor = Visitor(a_person())
    step = visitor.start()
    visitor.send(step, {"contact-address": "12 rue de Carthage"}, later="1")
    assert days_later(80)[0] == 1
    with time_machine.travel(on_day(81), tick=True):
        again = Visitor(visitor.person)
        again.draft = visitor.draft
        again.send(step, {"contact-address": "14 rue de Carthage"}, later="1")
    assert days_later(91) == (0, 0)
    assert days_later(160)[0] == 1
    assert Notice.objects.count() == 2


def test_whoever_has_no_account_is_told_by_a_new_link() -> None:
    visitor = started("fr")
    ask(visitor)
    assert days_later(77)[0] == 1
    mail = Delivery.objects.order_by("pk").last()
    assert mail
    assert (mail.address, mail.language, mail.secret) == (MAIL, "fr", True)
    elsewhere = Visitor(language="fr")
    elsewhere.draft = visitor.draft
    with time_machine.travel(on_day(78), tick=True):
        assert elsewhere.client.post(address_in(mail)).status_code == 302


def test_a_portal_that_was_down_gives_a_week_all_the_same() -> None:
    visitor = Visitor(a_person())
    step = visitor.start()
    visitor.send(step, {"contact-address": "12 rue de Carthage"}, later="1")
    with time_machine.travel(on_day(120), tick=True):
        assert purge_drafts(now=on_day(120)) == 0
    assert days_later(121) == (1, 0)
    assert days_later(127) == (0, 0)
    assert days_later(128) == (0, 1)


def test_what_nobody_can_be_told_of_goes_on_its_day() -> None:
    started()  # without an account, and no link was asked for
    untouched = Visitor(a_person())
    untouched.start()
    assert days_later(89) == (0, 0)
    assert days_later(91) == (0, 2)
    assert not Notice.objects.exists()
    assert not Draft.objects.exists()
