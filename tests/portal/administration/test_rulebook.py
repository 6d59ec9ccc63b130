"""Values, reasons, weekends and warnings are set by browser alone, take effect, and are put on record."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client
from django.utils import timezone

from cms_content.models import ProcedureValue
from procedures.audit.models import Entry
from procedures.calendar.selectors import calendar
from procedures.cases import services
from procedures.resolving import resolve
from procedures.timekeeping.warnings import warning_settings
from tests.portal.administration.factories import administrator, at, at_screen_of, boxes, sentences
from tests.portal.backoffice.factories import act_on
from tests.portal.backoffice.factories import at_screen_of as at_desk_of
from tests.procedures.documents.factories import keys_in
from tests.procedures.kernel.factories import House

pytestmark = pytest.mark.django_db
CODE = "foreign_certificate_equivalence"


@pytest.fixture
def house(tmp_path: Any, settings: Any) -> House:
    settings.TAKWIN_KEYS = tmp_path
    keys_in(tmp_path)
    return House()


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


def said(since: date, **more: str) -> dict[str, str]:
    """A reason as the form sends it, in both languages of the letters."""
    texts = {"text_ar": "الوثيقة غير واضحة.", "text_fr": "Le document est illisible.", "text_en": "It cannot be read."}
    return texts | {"mend_ar": "أعد تصويرها.", "mend_fr": "Photographiez-le à nouveau."} | more | boxes("since", since)


def test_a_reason_is_added_from_a_day_on_and_says_whether_it_rests_on_a_text(screen: Client) -> None:
    since = timezone.localdate() + timedelta(days=1)
    page = screen.post(at("add_reason", CODE), said(since, basis_fr="Arrêté d’essai", article="4"), follow=True)
    assert "The reason is added" in page.content.decode()
    screen.post(at("add_reason", CODE), said(since))
    known = {reason.code for reason in resolve(CODE).reasons}
    added = [reason for reason in resolve(CODE, on=since).reasons if reason.code not in known]
    assert [(each.code, str(each.text), str(each.mend)) for each in added] == [
        ("added_1", "It cannot be read.", "Photographiez-le à nouveau."),
        ("added_2", "It cannot be read.", "Photographiez-le à nouveau."),
    ]
    assert (str(added[0].basis.cites), added[0].basis.article, added[1].basis) == ("Arrêté d’essai", "4", None)
    page = screen.get(at("reasons")).content.decode()
    assert page.count("It cannot be read.") >= 2
    assert "to come" in page
    assert Entry.objects.filter(action="value.set", data__path="reason.added_1").count() == 1


def test_an_added_reason_is_offered_to_officers_of_new_cases_printed_in_the_letter_and_kept_by_them(
    screen: Client, house: House
) -> None:
    before = house.at_decision()
    screen.post(at("add_reason", CODE), said(timezone.localdate()))
    case = house.at_decision()
    pages = [
        at_desk_of(house.officer).get(act_on(each, "prepare_decision")).content.decode() for each in (before, case)
    ]
    assert ["It cannot be read." in page for page in pages] == [False, True]

    decision = house.decides(case, kind="refuse", reasons=["added_1"])
    screen.post(at("offer_reason", CODE, "added_1"), boxes("since", timezone.localdate() + timedelta(days=1)))
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        assert "added_1" not in {reason.code for reason in resolve(CODE).reasons}
        case.refresh_from_db()
        services.sign(case=case, by=house.delegate, version=case.version)
        letter = case.documents.get(output="refusal").content
    told = letter["reasons"][0]
    assert told["text"]["fr"] == "Le document est illisible."
    assert "Photographiez-le à nouveau." in told["mend"]["fr"]
    assert decision.reasons == ["added_1"]


def test_an_added_reason_is_reworded_retired_and_offered_again_and_never_deleted(screen: Client) -> None:
    today = timezone.localdate()
    screen.post(at("add_reason", CODE), said(today))
    page = screen.get(at("word_reason", CODE, "added_1")).content.decode()
    assert "Le document est illisible." in page
    screen.post(at("word_reason", CODE, "added_1"), said(today + timedelta(days=1), text_en="Nobody can read it."))
    assert str(added_today().text) == "It cannot be read."
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        assert str(added_today().text) == "Nobody can read it."
        screen.post(at("offer_reason", CODE, "added_1"), boxes("since", timezone.localdate()))
        assert added_today() is None
        screen.post(at("offer_reason", CODE, "added_1"), boxes("since", timezone.localdate()))
        assert str(added_today().text) == "Nobody can read it."
    with pytest.raises(PermissionDenied), transaction.atomic():
        ProcedureValue.objects.all().delete()


def test_a_reason_that_is_not_said_in_both_languages_or_from_a_past_day_is_not_added(screen: Client) -> None:
    told = screen.post(at("add_reason", CODE), said(timezone.localdate()) | {"text_ar": "", "mend_fr": ""})
    assert len(sentences(told)) == 2
    told = screen.post(at("add_reason", CODE), said(timezone.localdate() - timedelta(days=1)))
    assert sentences(told) == ["This day is past. Enter today or a later day."]
    assert screen.post(at("add_reason", "nothing"), said(timezone.localdate())).status_code == 404
    assert not ProcedureValue.objects.exists()


def added_today() -> Any:
    return next((reason for reason in resolve(CODE).reasons if reason.code == "added_1"), None)
