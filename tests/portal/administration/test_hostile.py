"""Bad luck and bad will at the administration: nothing typed breaks a page, and nobody changes what is not theirs."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import Max
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.administration.urls import urlpatterns
from procedures.audit.models import Entry
from procedures.calendar.models import Holiday
from procedures.commissions.services import seat_person, set_up_commission
from procedures.offices.models import Absence, Office
from procedures.policies import policy_of
from procedures.resolving import resolve
from registers.places.models import Place
from registers.specialities.models import Speciality
from tests.portal.accounts.factories import officer, person
from tests.portal.administration.factories import (
    NAMES,
    administrator,
    an_office,
    at,
    at_screen_of,
    boxes,
    sentences,
)  # fmt: skip

pytestmark = pytest.mark.django_db
CODE = "foreign_certificate_equivalence"
NOBODYS = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
HUGE, NUL = "9" * 5000, "a\x00b"
BY_BUTTON = {"invite_again", "withdraw_invitation", "decide_reset", "end_sessions", "reopen_office", "confirm",
             "remove_holiday", "end_seat"}  # fmt: skip
READ_ONLY = {"home", "person", "offices", "office", "review", "review_table", "specialities", "speciality",
             "moratoria", "places", "holidays", "duplicates", "values", "reasons", "numbering", "commissions",
             "commission", "versions", "version", "rehearsal"}  # fmt: skip


class Things:
    """One of each thing that an address of these rooms names."""

    def __init__(self) -> None:
        call_command("load_specialities", verbosity=0)
        self.colleague = officer("desk_officer")
        today = timezone.localdate()
        absence = Absence.objects.create(person=self.colleague, since=today, until=today)
        holiday, speciality = Holiday.objects.filter(day__gt=today).first(), Speciality.objects.first()
        assert holiday is not None
        assert speciality is not None
        names = dict.fromkeys(("ar", "fr", "en"), "Trial")
        commission = set_up_commission(code="trial", names=names)
        member = officer("commission_member")
        self.of: dict[str, Any] = {
            "person": self.colleague.pk, "office": an_office().code, "absence": absence.pk, "holiday": holiday.pk,
            "membership": self.colleague.memberships.get().pk, "speciality": speciality.pk,
            "place": "TN-82", "procedure": CODE, "part": "deadline", "reason": resolve(CODE).reasons[0].code,
            "invitation": 1, "moratorium": 1, "period": 1, "proposal": 1, "code": CODE, "rehearsal": NOBODYS,
            "commission": "trial", "seat": seat_person(commission=commission, person=member, role="member").pk,
        }  # fmt: skip

    def address(self, pattern: Any, **other: Any) -> str:
        return at(pattern.name, *((self.of | other)[name] for name in pattern.pattern.converters))


def changes_something(pattern: Any) -> bool:
    policy = policy_of(pattern.callback)
    return policy is not None and policy.roles == ("administrator",)


@pytest.fixture
def things() -> Things:
    return Things()


@pytest.fixture
def screen(things: Things) -> Client:
    return at_screen_of(administrator())


@pytest.mark.parametrize(
    "typed", [NUL, HUGE, "-1", "٢٠٢٦", "\u202e<b>", ""], ids=["nul", "huge", "less", "arabic", "tag", "empty"]
)
def test_nothing_typed_into_an_address_breaks_a_page(screen: Client, typed: str) -> None:
    for name, asked in (
        ("people", ("office", "role", "closed", "page")), ("offices", ("kind", "closed")), ("review", ("left", "page")),
        ("specialities", ("q", "sector", "retired")), ("holidays", ("year",)), ("duplicates", ("page",)),
        ("invite", ("office",)), ("declare_moratorium", ("speciality",)),
    ):  # fmt: skip
        assert screen.get(at(name), dict.fromkeys(asked, typed)).status_code in (200, 404), name


def test_a_number_or_a_code_that_names_nothing_is_not_found(screen: Client, things: Things) -> None:
    nobody = 10**30
    for pattern in urlpatterns:
        for name in pattern.pattern.converters:
            other: Any = nobody if isinstance(things.of[name], int) else "no-such"
            other = NOBODYS if name == "rehearsal" else other
            address = things.address(pattern, **{name: other})
            asked = screen.post if pattern.name in BY_BUTTON else screen.get
            assert asked(address).status_code == 404, address
    assert screen.get(at("home") + "specialities/a%00b/").status_code == 404


@pytest.mark.parametrize("typed", [NUL, HUGE, "٣", " ", "<script>"], ids=["nul", "huge", "arabic", "blank", "script"])
def test_nothing_typed_into_a_form_breaks_it(screen: Client, things: Things, typed: str) -> None:
    last = Entry.objects.aggregate(Max("seq"))["seq__max"]
    for pattern in urlpatterns:
        if pattern.name in BY_BUTTON | READ_ONLY or {"invitation", "moratorium", "period", "proposal"} & set(
            pattern.pattern.converters
        ):
            continue
        address = things.address(pattern)
        opened = screen.get(address)
        if opened.status_code == 404:  # nothing is there to be opened again
            continue
        fields = list(opened.context["form"].fields) if "form" in opened.context else []
        dates = {f"{field}_{part}": typed for field in fields for part in ("day", "month", "year")}
        answer = screen.post(address, dict.fromkeys(fields, typed) | dates)
        assert answer.status_code in (200, 302), address
        if answer.status_code == 302:  # nothing was asked that this could break
            harmless = {("rename_place", "٣"), ("rename_place", "<script>"), ("change_commission", "٣")}
            assert (pattern.name, typed) in harmless or pattern.name == "word_reason", address
    done = (
        Entry.objects.filter(seq__gt=last or 0)
        .exclude(action__in=("place.change", "words.set", "commission.change"))
        .values_list("action", flat=True)
    )
    assert list(done) == []


@pytest.mark.parametrize(
    "day", [("31", "2", "2027"), ("1", "1", "0"), ("0", "0", "0"), ("1", "1", "10000"), ("1", "", "2027")]
)
def test_a_day_that_is_none_is_asked_again(screen: Client, things: Things, day: tuple[str, str, str]) -> None:
    typed = dict(zip(("since_day", "since_month", "since_year"), day, strict=True))
    page = screen.post(at("appoint", things.colleague.pk), {"office": "trial", "role": "inspector"} | typed)
    assert sentences(page) == ["“First day”: enter the day, the month and the year, for example 3 12 2026."]
    assert f'value="{day[0]}"' in page.content.decode()


def test_the_last_day_of_the_calendar_is_a_day(screen: Client, things: Things) -> None:
    typed = {"office": "trial", "role": "inspector", "until_day": "31", "until_month": "12", "until_year": "9999"}
    page = screen.post(at("appoint", things.colleague.pk), typed | boxes("since", timezone.localdate()))
    assert sentences(page) == ["“Last day”: this day lies too far ahead. Leave it empty where no end is known."]


def test_a_table_with_signs_that_no_database_keeps_is_refused(screen: Client) -> None:
    table = f"code,governorate,name_ar,name_fr,name_en\nTN-82-90,TN-82,{NUL},{NUL},{NUL}\n"
    assert screen.post(at("load_places"), {"text": table}).status_code == 200
    assert not Place.objects.filter(pk="TN-82-90").exists()


def test_what_a_colleague_saved_meanwhile_is_told_before_it_is_replaced(screen: Client, things: Things) -> None:
    cases: tuple[tuple[str, dict[str, str], Any], ...] = (
        (at("change_office", "trial"), {"kind": "central"}, lambda: Office.objects.get(code="trial")),
        (at("rename_place", "TN-82"), {}, lambda: Place.objects.get(pk="TN-82")),
    )
    for address, more, read in cases:
        opened = screen.get(address)
        mine = {"seen": opened.context["seen"]} | more | NAMES
        colleague = at_screen_of(administrator())
        theirs = NAMES | {"name_fr": "Nom de la collègue"}
        assert colleague.post(address, {"seen": opened.context["seen"]} | more | theirs).status_code == 302
        told = screen.post(address, mine)
        assert "Nom de la collègue" in sentences(told)[0]
        assert f'value="{NAMES["name_fr"]}"' in told.content.decode()  # what was typed stays
        assert read().name_fr == "Nom de la collègue"
        assert screen.post(address, mine | {"seen": told.context["seen"]}).status_code == 302
        assert read().name_fr == NAMES["name_fr"]


def test_the_same_change_sent_twice_is_made_once(screen: Client, things: Things) -> None:
    address, days = at("absence", things.colleague.pk), boxes("since", timezone.localdate())
    Absence.objects.all().delete()
    for _ in range(2):
        screen.post(address, days | boxes("until", timezone.localdate()))
        screen.post(at("open_office"), NAMES | {"code": "twice", "kind": "central"})
        screen.post(at("close_office", "trial"), {"reason": "merged"})
    for action in ("office.absence", "office.open", "office.close"):
        about = Entry.objects.filter(action=action)
        assert about.filter(actor__gt=0).count() == 1, action


def test_what_a_button_does_is_not_done_by_opening_its_address(screen: Client, things: Things) -> None:
    for pattern in urlpatterns:
        expected = 405 if pattern.name in BY_BUTTON else (200, 404)
        answer = screen.get(things.address(pattern)).status_code
        assert answer == expected or answer in (expected if isinstance(expected, tuple) else ()), pattern.name
        if pattern.name in READ_ONLY:
            assert screen.post(things.address(pattern)).status_code == 405, pattern.name


def test_nobody_else_changes_anything_by_sending_to_these_addresses(things: Things) -> None:
    """Officers, editors, auditors and citizens, at every address that changes something."""
    for account in (officer("editor"), officer("central_officer"), officer("auditor"), person()):
        other = at_screen_of(account)
        before = Entry.objects.count()
        for pattern in urlpatterns:
            if changes_something(pattern):
                assert other.post(things.address(pattern), {"session": "all"}).status_code == 404, pattern.name
        assert Entry.objects.count() == before
        assert {one.action for one in Entry.objects.filter(actor=account.pk)} == set()


def test_a_form_that_another_site_sends_changes_nothing(things: Things) -> None:
    me = administrator()
    at_home = at_screen_of(me)
    other_site = Client(enforce_csrf_checks=True)
    other_site.cookies = at_home.cookies
    for pattern in urlpatterns:
        if changes_something(pattern):
            assert other_site.post(things.address(pattern), {"reason": "left"}).status_code == 403, pattern.name
    assert User.objects.get(pk=things.colleague.pk).is_active
