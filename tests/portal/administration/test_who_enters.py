"""Administrators change, auditors read, and for everybody else these rooms do not exist."""

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from portal.administration.urls import urlpatterns
from procedures.calendar.models import Holiday
from procedures.policies import policy_of
from procedures.resolving import resolve
from registers.specialities.models import Speciality
from tests.portal.accounts.factories import officer, person
from tests.portal.administration.factories import administrator, an_office, at, at_screen_of

pytestmark = pytest.mark.django_db
CODE = "foreign_certificate_equivalence"
ROOMS = ("home", "people", "offices", "review", "specialities", "moratoria", "places", "holidays", "duplicates",
         "values", "reasons", "numbering", "commissions", "versions")  # fmt: skip


def pages() -> list[str]:
    """The address of every page that shows something, each with a thing to show."""
    call_command("load_specialities", verbosity=0)
    office, colleague = an_office(), officer("desk_officer")
    speciality, membership = Speciality.objects.first(), colleague.memberships.get()
    holiday = Holiday.objects.filter(day__gte=timezone.localdate()).first()
    return [at(name) for name in ROOMS] + [
        at("person", colleague.pk),
        at("office", office.code),
        at("speciality", speciality.pk),
        *(at(name) for name in ("invite", "open_office", "add_speciality", "load_specialities", "declare_moratorium")),
        *(at(name) for name in ("add_place", "load_places", "enter_holiday", "review_table")),
        *(at(name, colleague.pk) for name in ("close_account", "reset", "appoint", "absence")),
        *(at(name, membership.pk) for name in ("end_membership", "prolong_membership")),
        *(at(name, office.code) for name in ("change_office", "close_office", "appoint_there")),
        *(at(name, speciality.pk) for name in ("change_speciality", "retire_speciality")),
        at("rename_place", "TN-82"),
        at("change_holiday", holiday.pk),
        at("set_weekend"),
        at("set_warnings"),
        at("set_value", CODE, "deadline"),
        at("word_reason", CODE, resolve(CODE).reasons[0].code),
        at("offer_reason", CODE, resolve(CODE).reasons[0].code),
    ]


def test_every_page_opens_for_an_administrator_and_what_is_read_for_an_auditor() -> None:
    addresses = pages()
    screen, auditor = at_screen_of(administrator()), at_screen_of(officer("auditor"))
    assert {
        address: screen.get(address).status_code for address in addresses if screen.get(address).status_code != 200
    } == {}
    read = {address for address in addresses if auditor.get(address).status_code == 200}
    assert read == {*addresses[: len(ROOMS) + 3], at("review_table")}
    page = auditor.get(at("home")).content.decode()
    assert "as an auditor" in page


def test_for_officers_and_for_everybody_else_there_is_no_such_page() -> None:
    an_office()
    for stranger in (officer("desk_officer"), officer("regional_director"), officer("minister_delegate"), person()):
        screen = at_screen_of(stranger)
        assert {screen.get(at(name)).status_code for name in ROOMS} == {404}
        assert screen.post(at("reopen_office", "trial")).status_code == 404
    assert Client().get(at("home"))["Location"].startswith(reverse("account_login"))


def test_an_auditor_changes_nothing() -> None:
    office, colleague = an_office(), officer("desk_officer")
    auditor = at_screen_of(officer("auditor"))
    membership = colleague.memberships.get()
    for address in (
        at("invite"),
        at("appoint", colleague.pk),
        at("end_sessions", colleague.pk),
        at("close_office", office.code),
        at("confirm", membership.pk),
        at("add_speciality"),
        at("load_places"),
    ):
        assert auditor.post(address, {"session": "all"}).status_code == 404


def test_whoever_changes_something_says_so_by_the_policy_of_the_address() -> None:
    reading = {"home", "people", "person", "offices", "office", "review", "review_table", "specialities", "speciality"}
    reading |= {"moratoria", "places", "holidays", "duplicates", "duplicate", "values", "reasons", "numbering"}
    reading |= {"commissions", "commission", "versions", "version", "rehearsal"}
    assert get_resolver() is not None
    for pattern in urlpatterns:
        roles = policy_of(pattern.callback).roles
        assert roles == (("administrator", "auditor") if pattern.name in reading else ("administrator",)), pattern.name
