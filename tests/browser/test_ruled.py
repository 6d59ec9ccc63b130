"""By a browser alone, without scripts: a holiday, a reason and a parameter are set and take effect in the next case."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from portal.journey.servers import Portal
from tests.browser.conftest import Officers, Opener
from tests.browser.sweeping import overflow
from tests.browser.test_administration import Administrator
from tests.browser.test_desks import Desk, seeded_for

pytestmark = pytest.mark.browser
HOLIDAY = {"ar": ("يوم عطلة للتجربة", 8), "fr": ("Jour chômé d’essai", 9)}
REASON = {"ar": "سبب مضاف للتجربة.", "fr": "Motif ajouté pour l’essai."}
DELAY = {"ar": "17 يوم عمل", "fr": "17 jours ouvrés"}


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_a_holiday_a_reason_and_a_parameter_are_set_and_take_effect(
    language: str, visit: Opener, officers: Officers, portal: Portal
) -> None:
    code, today = f"ruled_{language}", timezone.localdate()
    name, ahead = HOLIDAY[language]
    free = next(day for n in range(ahead, 20) if (day := today + timedelta(days=n)).weekday() < 5)
    page = visit(scripts=False, state=officers.session("administrator"), language=language)
    screen = Administrator(page, officers, language)

    screen.open("holidays/new/")
    type_day(screen, "day", free)
    screen.enter(
        name_ar=HOLIDAY["ar"][0], name_fr=HOLIDAY["fr"][0], name_en="A day off, invented", standing="confirmed"
    )
    assert name in fits(screen)
    screen.open(f"rules/{code}/deadline/")
    type_day(screen, "since", today)
    screen.enter(number="17")
    assert DELAY[language] in fits(screen)
    screen.open("reasons/")
    page.locator(f"a[href$='/reasons/{code}/new/']").click()
    type_day(screen, "since", today)
    screen.enter(
        text_ar=REASON["ar"], text_fr=REASON["fr"], mend_ar="أعد المحاولة.", mend_fr="Recommencez.", text_en="Added."
    )
    assert REASON[language] in fits(screen)

    case = seeded_for(portal, code)
    desk = Desk(visit, officers, "officer", language)
    desk.go(f"office/cases/{case}/")
    desk.page.locator("#why summary").click()
    why = desk.page.locator("#why").inner_text()
    assert name in why
    assert "17" in why
    offered = desk.go(f"office/cases/{case}/prepare_decision/")
    assert REASON[language] in offered
    person = visit(scripts=False, language=language)
    person.goto(f"/{language}/services/{code}/")
    assert DELAY[language] in spaced(person.locator("main").inner_text())


def type_day(screen: Administrator, name: str, day: object) -> None:
    for part in ("day", "month", "year"):
        screen.page.locator(f"main [name={name}_{part}]").fill(str(getattr(day, part)))


def fits(screen: Administrator) -> str:
    assert overflow(screen.page) <= 0, f"{screen.page.url} is wider than its window"
    return spaced(screen.told())


def spaced(text: str) -> str:
    """Spaces that do not break, as others."""
    return re.sub(r"\s+", " ", text)
