"""Offices and who serves in them: opened, renamed, closed; appointed, prolonged, ended; away and back."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from procedures.audit.models import Entry
from procedures.offices.guards import LastAdministrator, OwnRights
from procedures.offices.models import Absence, Membership, Office
from procedures.offices.selectors import NoOffice, central_service, regional_office, roles_of, superior_of
from procedures.offices.services import appoint, end_membership, open_office
from tests.portal.accounts.factories import officer, person
from tests.portal.administration.factories import NAMES, administrator, an_office, at, at_screen_of, boxes, sentences

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def me() -> Any:
    return administrator()


@pytest.fixture
def screen(me: Any) -> Client:
    return at_screen_of(me)


@pytest.fixture
def colleague() -> Any:
    return officer("desk_officer", email="desk@example.tn")


def roles(account: Any) -> frozenset[str]:
    return roles_of(type(account).objects.get(pk=account.pk))


def test_a_new_office_receives_cases_at_once_and_closed_no_more(screen: Client) -> None:
    with pytest.raises(NoOffice):
        central_service("trial")
    page = screen.post(at("open_office"), NAMES | {"code": "Trial", "kind": "central"}, follow=True)
    assert "The office is open" in page.content.decode()
    assert central_service("trial").name_fr == NAMES["name_fr"]
    screen.post(at("close_office", "trial"), {"reason": "merged"})
    with pytest.raises(NoOffice):
        central_service("trial")
    screen.post(at("reopen_office", "trial"))
    assert central_service("trial").is_open
    page = screen.get(at("office", "trial")).content.decode()
    for told in ("Office opened", "Office closed", "The office merges with another", "Office opened again"):
        assert told in page


def test_one_open_directorate_answers_for_a_governorate(screen: Client) -> None:
    names = dict.fromkeys(("ar", "fr", "en"), "Médenine")
    open_office(code="rd-82", kind="regional", place="TN-82", names=names)
    asked = NAMES | {"code": "rd-82b", "kind": "regional", "place": "TN-82"}
    page = screen.post(at("open_office"), asked)
    assert "“Médenine” already answers" in sentences(page)[0]
    assert "rd-82b" in page.content.decode()
    screen.post(at("close_office", "rd-82"), {"reason": "merged"})
    screen.post(at("open_office"), asked)
    assert regional_office("TN-82").code == "rd-82b"
    page = screen.post(at("reopen_office", "rd-82"), follow=True)
    assert "already answers" in page.content.decode()
    assert sentences(screen.post(at("open_office"), asked | {"code": "rd-x", "place": ""})) == [
        "Choose the governorate of the directorate."
    ]


def test_a_code_is_given_once_and_is_written_as_a_code(screen: Client) -> None:
    an_office()
    assert "has the code" in sentences(screen.post(at("open_office"), NAMES | {"code": "trial", "kind": "central"}))[0]
    assert "small letters" in sentences(screen.post(at("open_office"), NAMES | {"code": "a b", "kind": "central"}))[0]


def test_a_new_name_is_shown_with_the_one_before_and_who_gave_it(screen: Client, me: Any) -> None:
    an_office()
    page = screen.post(at("change_office", "trial"), NAMES | {"kind": "central"}, follow=True).content.decode()
    assert "trial fr" in page
    assert NAMES["name_fr"] in page.replace("’", "’")
    entry = Entry.objects.get(action="office.change")
    assert entry.actor == me.pk
    assert entry.data["was"]["name_fr"] == "trial fr"
    screen.post(at("change_office", "trial"), NAMES | {"kind": "central"})
    assert Entry.objects.filter(action="office.change").count() == 1  # nothing changed the second time


def test_an_appointment_counts_from_its_first_day_through_its_last(screen: Client, colleague: Any) -> None:
    an_office()
    today = timezone.localdate()
    asked = {"office": "trial", "role": "inspector"} | boxes("since", today) | boxes("until", today + 9 * DAY)
    screen.post(at("appoint", colleague.pk), asked)
    membership = Membership.objects.get(role="inspector")
    assert (membership.since, membership.until) == (today, today + 10 * DAY)
    assert roles(colleague) == {"desk_officer", "inspector"}
    again = screen.post(at("appoint", colleague.pk), asked | boxes("until", today + 20 * DAY))
    assert "already holds this role there" in sentences(again)[0]
    past = screen.post(at("appoint", colleague.pk), asked | boxes("since", today - DAY))
    assert "days that are past" in sentences(past)[0]


def test_a_person_with_an_account_is_appointed_from_the_page_of_the_office(screen: Client) -> None:
    an_office()
    citizen = person(email="amna@example.tn")
    asked = {"role": "inspector"} | boxes("since", timezone.localdate())
    assert (
        "Invite the person instead"
        in sentences(screen.post(at("appoint_there", "trial"), asked | {"person": "amna"}))[0]
    )
    screen.post(at("appoint_there", "trial"), asked | {"person": " AMNA@example.tn "})
    assert roles(citizen) == {"inspector"}
    page = screen.get(at("office", "trial")).content.decode()
    assert str(citizen) in page
    assert "Appointment" in page


def test_nobody_raises_their_own_rights(screen: Client, me: Any) -> None:
    an_office()
    asked = {"office": "trial", "role": "minister_delegate"} | boxes("since", timezone.localdate())
    assert "your own rights" in sentences(screen.post(at("appoint", me.pk), asked))[0]
    asked = {"person": me.email, "role": "minister_delegate"} | boxes("since", timezone.localdate())
    assert "your own rights" in sentences(screen.post(at("appoint_there", "trial"), asked))[0]
    own = me.memberships.get()
    Membership.objects.filter(pk=own.pk).update(until=timezone.localdate() + DAY)
    assert "your own rights" in sentences(screen.post(at("prolong_membership", own.pk)))[0]
    assert roles(me) == {"administrator"}
    with pytest.raises(OwnRights):
        appoint(person=me, office=Office.objects.get(code="trial"), role="editor", by=me)


def test_an_appointment_ends_today_with_a_reason_and_the_office_says_so(screen: Client, colleague: Any) -> None:
    held = colleague.memberships.get()
    assert sentences(screen.post(at("end_membership", held.pk), boxes("until", timezone.localdate()))) == [
        "“Reason”: choose one."
    ]
    asked = {"reason": "moved"} | boxes("until", timezone.localdate())
    past = boxes("until", timezone.localdate() - DAY)
    assert "This day is past" in sentences(screen.post(at("end_membership", held.pk), asked | past))[0]
    screen.post(at("end_membership", held.pk), asked)
    assert roles(colleague) == frozenset()
    page = screen.get(at("office", held.office.code)).content.decode()
    assert "Who served here before" in page
    assert "The person serves in another office" in page
    assert "over already" in sentences(screen.post(at("end_membership", held.pk), asked))[0]


def test_an_appointment_that_ends_is_prolonged_and_not_shortened(screen: Client, colleague: Any) -> None:
    today, held = timezone.localdate(), colleague.memberships.get()
    assert "has no end" in sentences(screen.post(at("prolong_membership", held.pk)))[0]
    Membership.objects.filter(pk=held.pk).update(until=today + 5 * DAY)
    early = screen.post(at("prolong_membership", held.pk), boxes("until", today + DAY))
    assert "after the present end" in sentences(early)[0]
    screen.post(at("prolong_membership", held.pk), boxes("until", today + 10 * DAY))
    held.refresh_from_db()
    assert held.until == today + 11 * DAY
    screen.post(at("prolong_membership", held.pk))
    held.refresh_from_db()
    assert held.until is None


def test_the_last_administrator_stays_even_if_two_remove_one_another(screen: Client, me: Any) -> None:
    second = administrator()
    own, other = me.memberships.get(), second.memberships.get()
    asked = {"reason": "left"} | boxes("until", timezone.localdate())
    screen.post(at("end_membership", other.pk), asked)
    assert roles(second) == frozenset()
    with pytest.raises(LastAdministrator):
        end_membership(membership=own, by=me, reason="left")
    assert "without an end date" in sentences(screen.post(at("end_membership", own.pk), asked))[0]
    assert roles(me) == {"administrator"}


def test_an_absence_names_a_colleague_of_the_same_office_and_gives_no_right(screen: Client, colleague: Any) -> None:
    today = timezone.localdate()
    beside, stranger = officer("inspector", email="beside@example.tn"), officer("inspector", office="rd-far")
    days = boxes("since", today) | boxes("until", today + 4 * DAY)
    page = screen.get(at("absence", colleague.pk)).content.decode()
    assert f'value="{beside.pk}"' in page
    assert f'value="{stranger.pk}"' not in page
    screen.post(at("absence", colleague.pk), days | {"stand_in": beside.pk})
    absence = Absence.objects.get()
    assert (absence.since, absence.until, absence.stand_in) == (today, today + 4 * DAY, beside)
    assert roles(beside) == {"inspector"}
    assert "Absence noted" in screen.get(at("person", colleague.pk)).content.decode()
    twice = screen.post(at("absence", colleague.pk), days)
    assert "already away" in sentences(twice)[0]
    Membership.objects.filter(person=beside).update(until=today + 12 * DAY)
    later = boxes("since", today + 10 * DAY) | boxes("until", today + 20 * DAY)
    leaving = screen.post(at("absence", colleague.pk), later | {"stand_in": beside.pk})
    assert "Appoint them first" in sentences(leaving)[0]


def test_who_comes_back_early_is_away_until_the_day_before(screen: Client, colleague: Any) -> None:
    today = timezone.localdate()
    screen.post(at("absence", colleague.pk), boxes("since", today) | boxes("until", today + 9 * DAY))
    absence = Absence.objects.get()
    screen.post(at("back", absence.pk), boxes("on", today + 2 * DAY))
    absence.refresh_from_db()
    assert absence.until == today + DAY
    late = screen.post(at("back", absence.pk), boxes("on", today + 5 * DAY))
    assert "back before this day" in sentences(late)[0]
    screen.post(at("back", absence.pk), boxes("on", today))
    assert not Absence.objects.exists()


def test_an_office_has_another_above_it_that_hears_what_is_contested_and_never_itself(screen: Client) -> None:
    for code in ("trial", "higher"):
        names = dict.fromkeys(("ar", "fr", "en"), code.title())
        open_office(code=code, kind="central", names=names)
    trial, higher = Office.objects.get(code="trial"), Office.objects.get(code="higher")
    with pytest.raises(NoOffice):
        superior_of(trial)
    page = screen.get(at("change_office", "trial")).content.decode()
    assert (f'value="{higher.pk}"' in page, f'value="{trial.pk}"' in page) == (True, False)
    screen.post(at("change_office", "trial"), NAMES | {"kind": "central", "above": str(higher.pk)})
    trial.refresh_from_db()
    assert superior_of(trial) == higher
    page = screen.get(at("office", "trial")).content.decode()
    assert "Office above" in page
    assert "Higher\u2069" in page  # what was done names the office and no number
    back = screen.post(at("change_office", "higher"), NAMES | {"kind": "central", "above": str(trial.pk)})
    assert "stands below" in sentences(back)[0]
    screen.post(at("change_office", "trial"), NAMES | {"kind": "central", "above": ""})
    trial.refresh_from_db()
    assert trial.above is None
