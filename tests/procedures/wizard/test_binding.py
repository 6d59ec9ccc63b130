"""An act that binds is filed with a one-time code and with nothing less."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from notifications.models import Delivery
from procedures import registry
from procedures.audit.models import Entry
from procedures.cases import one_time
from procedures.cases.models import Case, OneTimeCode
from tests.procedures.installed import installed
from tests.procedures.kernel.factories import CODE, House, a_person
from tests.procedures.wizard.factories import Visitor, errors

pytestmark = pytest.mark.django_db


@pytest.fixture
def _binding() -> Iterator[None]:
    """The procedure at hand, as one whose filing binds."""
    with installed(replace(registry.procedure(CODE), binding=True)):
        yield


@pytest.fixture
def visitor(_binding: None) -> Visitor:
    House()
    return Visitor(a_person()).ready()


def confirm_path(visitor: Visitor) -> str:
    return visitor.path(f"desk/filing/{visitor.draft}/")


def declares(visitor: Visitor) -> Any:
    """Press the button of the check page, and follow it as a browser does: the same POST goes on."""
    answer = visitor.file()
    assert (answer.status_code, answer["Location"]) == (307, confirm_path(visitor))
    data = {"true_and_complete": "on", "version": str(visitor.stored().version)}
    return visitor.client.post(confirm_path(visitor), data)


def digits_sent() -> str:
    found = re.search(r"(?<!\d)\d{6}(?!\d)", Delivery.objects.filter(secret=True).latest("pk").body)
    assert found
    return found[0]


def enters(visitor: Visitor, code: str) -> Any:
    return visitor.client.post(confirm_path(visitor), {"code": code})


def test_a_binding_application_is_filed_with_the_code_that_was_sent(visitor: Visitor) -> None:
    assert declares(visitor)["Location"] == confirm_path(visitor)
    assert not Case.objects.exists()
    page = visitor.client.get(confirm_path(visitor)).content.decode()
    assert "six digits" in page
    assert visitor.person.email not in page
    answer = enters(visitor, " ".join(digits_sent()))
    case = Case.objects.get(draft_id=visitor.draft)
    assert answer["Location"].endswith(f"/desk/cases/{case.public_id}/filed/")
    entry = Entry.objects.get(action="case.file_case")
    assert entry.data["one_time_code"] == OneTimeCode.objects.get().pk


def test_without_the_code_nothing_is_filed(visitor: Visitor) -> None:
    declares(visitor)
    wrong = f"{(int(digits_sent()) + 1) % 10**6:06d}"
    answer = enters(visitor, wrong)
    assert "not the code that we sent" in errors(answer)[0]
    visitor.file()
    assert not Case.objects.exists()


def test_a_code_is_guessed_five_times_and_no_more(visitor: Visitor) -> None:
    declares(visitor)
    right = digits_sent()
    for _try in range(one_time.ATTEMPTS):
        enters(visitor, f"{(int(right) + 1) % 10**6:06d}")
    assert "opens nothing any more" in errors(enters(visitor, right))[0]
    assert not Case.objects.exists()


def test_a_code_is_good_for_minutes_only(visitor: Visitor) -> None:
    declares(visitor)
    with time_machine.travel(timezone.now() + one_time.LIFE + timedelta(seconds=1)):
        assert "opens nothing any more" in errors(enters(visitor, digits_sent()))[0]
    assert not Case.objects.exists()


def test_answers_changed_since_need_another_code(visitor: Visitor) -> None:
    declares(visitor)
    visitor.send("target", visitor.page_data("target", visitor.answers(target={"purpose": "study"})))
    assert "opens nothing any more" in errors(enters(visitor, digits_sent()))[0]
    assert visitor.client.get(confirm_path(visitor))["Location"].endswith("/check/")
    assert not Case.objects.exists()


def test_a_new_code_ends_the_one_before(visitor: Visitor) -> None:
    declares(visitor)
    first = digits_sent()
    visitor.client.post(confirm_path(visitor))
    assert OneTimeCode.objects.exclude(digest="").count() == 1
    if first != digits_sent():
        assert "not the code" in errors(enters(visitor, first))[0]
    assert enters(visitor, digits_sent()).status_code == 302
    assert Case.objects.count() == 1


def test_six_codes_an_hour_are_enough(visitor: Visitor) -> None:
    declares(visitor)
    for _again in range(one_time.MOST_IN_AN_HOUR + 3):
        visitor.client.post(confirm_path(visitor))
    assert Delivery.objects.filter(secret=True).count() == one_time.MOST_IN_AN_HOUR
    assert enters(visitor, digits_sent()).status_code == 302


def test_nobody_asks_for_a_code_without_the_declaration(visitor: Visitor) -> None:
    answer = visitor.client.post(confirm_path(visitor), {"version": str(visitor.stored().version)})
    assert answer["Location"].endswith("/check/")
    assert not OneTimeCode.objects.exists()


def test_another_persons_draft_has_no_page_of_codes(visitor: Visitor) -> None:
    other = Visitor(a_person())
    assert other.client.post(confirm_path(visitor), {"code": "123456"}).status_code == 404


def test_the_code_is_wiped_from_the_message_once_sent_and_kept_nowhere_in_clear(visitor: Visitor) -> None:
    declares(visitor)
    digits, row = digits_sent(), OneTimeCode.objects.get()
    assert digits not in row.digest
    assert digits not in str(list(Entry.objects.values_list("data", flat=True)))
