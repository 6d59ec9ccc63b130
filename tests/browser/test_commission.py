"""The equivalence commission from agenda to sealed minutes and decision, without scripts, in Arabic and in French."""

import re
import time

import pytest

from tests.browser.answering import press
from tests.browser.conftest import Officers, Opener
from tests.browser.sitting import Room
from tests.browser.sweeping import faults

pytestmark = pytest.mark.browser
GENUINE = {"ar": "وثيقة أصلية", "fr": "Document authentique"}


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_commission_is_played_from_its_agenda_to_the_decision(
    language: str, visit: Opener, officers: Officers, waiting_case: str
) -> None:
    room = Room(visit, officers, language)
    room.hold(waiting_case)
    page = room.go("central", "minutes/")
    code = until_sealed(room)
    stranger = visit(scripts=False, language=language)
    stranger.goto(f"/{language}/verify/{code}/")
    assert GENUINE[language] in stranger.locator("h1").inner_text()
    shown = stranger.locator("main").inner_text()
    assert "PV-EQUIVALENCE" in shown
    assert re.search(r"EQV-\d{4}-", shown)
    page = room.at("central")
    page.goto(f"/{language}/office/cases/{waiting_case}/prepare_decision/")
    page.locator("[name=kind][value=grant]").check()
    page.locator("select[name$=speciality]").first.select_option(index=3)
    press(page.locator("main form .btn-big").first)
    assert not page.url.rstrip("/").endswith("prepare_decision"), page.locator("main").inner_text()


def until_sealed(room: Room) -> str:
    """The code under which the minutes are verified, once the worker has sealed them and moved the case."""
    end = time.monotonic() + 180
    while time.monotonic() < end:
        page = room.go("president", "minutes/")
        link = page.locator("main a[href*='/verify/']")
        if link.count():
            return str(link.first.get_attribute("href")).rstrip("/").rsplit("/", 1)[-1]
        time.sleep(1)
    pytest.fail(f"The minutes were not sealed: {page.locator('main').inner_text()}")


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_pages_of_the_room_have_no_fault_that_axe_finds(
    language: str, visit: Opener, officers: Officers, waiting_case: str
) -> None:
    room = Room(visit, officers, language)
    found: list[str] = []
    scripted = visit(state=officers.session("central"), language=language)

    def look(path: str) -> None:
        scripted.goto(f"{room.address}{path}" if room.address else f"/{language}/office/commissions/{path}")
        found.extend(faults(scripted, f"{language} {path or 'home'}"))

    look("")
    look("equivalence/new/")
    room.plan(waiting_case)
    look("agenda/")
    look("")
    room.open()
    look("")
    scripted.goto(room.address)
    case = str(scripted.locator("table a[href*='/cases/']").first.get_attribute("href")).split("/cases/")[1]
    look(f"cases/{case}")
    room.hear()
    look(f"cases/{case}")
    room.write()
    look("minutes/")
    assert found == []
