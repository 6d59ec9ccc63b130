"""A commission is set up, changed and peopled by browser alone, and each change is on record."""

from typing import Any

import pytest
from django.test import Client

from procedures.audit.models import Entry
from procedures.commissions.models import Commission
from procedures.commissions.selectors import seats_of
from tests.portal.accounts.factories import officer
from tests.portal.administration.factories import NAMES, administrator, at, at_screen_of

pytestmark = pytest.mark.django_db
GIVEN = NAMES | {"code": "equivalence", "casting_vote": "on", "is_open": "on"}


@pytest.fixture
def screen() -> Client:
    return at_screen_of(administrator())


def actions() -> list[str]:
    return list(Entry.objects.filter(action__startswith="commission.").order_by("seq").values_list("action", flat=True))


def test_what_no_text_says_is_an_assumption_until_a_basis_is_given(screen: Client) -> None:
    screen.post(at("set_up_commission"), GIVEN)
    assert "Assumption" in screen.get(at("commission", "equivalence")).content.decode()
    given = {name: text for name, text in GIVEN.items() if name != "code"}
    screen.post(at("change_commission", "equivalence"), given | {"quorum": "4", "basis_cites": "A text"})
    page = screen.get(at("commission", "equivalence")).content.decode()
    assert "A text" in page
    assert "Assumption" not in page
    assert Commission.objects.get().quorum == 4
    assert actions() == ["commission.set_up", "commission.change"]


def test_a_code_is_given_once(screen: Client) -> None:
    screen.post(at("set_up_commission"), GIVEN)
    assert "Another commission has the code" in screen.post(at("set_up_commission"), GIVEN).content.decode()
    assert Commission.objects.count() == 1


def seat(screen: Client, person: Any, role: str, **more: Any) -> str:
    given = {"person": person.email, "role": role, "quality_ar": "", "quality_fr": ""} | more
    return screen.post(at("seat_person", "equivalence"), given, follow=True).content.decode()


def test_who_holds_the_role_is_named_and_their_seat_ended(screen: Client) -> None:
    screen.post(at("set_up_commission"), GIVEN)
    member, other = officer("commission_member"), officer("desk_officer")
    assert "does not hold the role" in seat(screen, other, "member")
    assert "The person sits in the commission" in seat(screen, member, "member")
    assert "sits in the commission already" in seat(screen, member, "member")
    held = seats_of(Commission.objects.get())
    assert [each.person for each in held] == [member]
    screen.post(at("end_seat", held[0].pk))
    assert not seats_of(Commission.objects.get())
    assert actions() == ["commission.set_up", "commission.seat", "commission.end_seat"]


def test_a_commission_has_one_president(screen: Client) -> None:
    screen.post(at("set_up_commission"), GIVEN)
    seat(screen, officer("commission_member"), "president")
    assert "has a president" in seat(screen, officer("commission_member"), "president")


def test_a_commission_that_procedures_name_and_nobody_set_up_is_shown(screen: Client) -> None:
    assert "equivalence" in screen.get(at("commissions")).content.decode()
