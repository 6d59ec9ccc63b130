"""A refusal and its appeal, decided by other people than those who refused: in Arabic, without scripts."""

import re
import subprocess
import sys

import pytest
from playwright.sync_api import Page

from portal.journey.servers import ROOT, Portal
from tests.browser.answering import press
from tests.browser.conftest import Officers, Opener
from tests.browser.sweeping import faults, overflow

pytestmark = pytest.mark.browser
GROUNDS = "الهيكل الذي سلّم الشهادة مذكور في قائمة سنة 2024، وأرفق نسخة منها."
ANSWER = "القائمة تذكر الهيكل المصدر، والسبب الوحيد للرفض لم يعد قائما."


@pytest.fixture
def case(portal: Portal) -> str:
    """The public id of a case that waits for its decision."""
    command = [sys.executable, "-m", "tests.browser.seeding", "decision"]
    done = subprocess.run(command, cwd=ROOT, env=portal.environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.strip()


class Rooms:
    """The screens of those who take part; each page that they see must fit a telephone."""

    def __init__(self, visit: Opener, officers: Officers) -> None:
        self.visit, self.officers = visit, officers
        self.pages: dict[str, Page] = {}

    def at(self, account: str, path: str, *, recent: bool = False) -> Page:
        state = self.officers.session(account, recent=recent)
        if account not in self.pages or recent:
            self.pages[account] = self.visit(scripts=False, state=state)
        page = self.pages[account]
        page.goto(f"/ar/{path}")
        assert overflow(page) <= 0, f"{page.url} is wider than the screen"
        return page

    def act(self, account: str, case: str, action: str, *, recent: bool = False) -> Page:
        return self.at(account, f"office/cases/{case}/{action}/", recent=recent)

    def send(self, page: Page) -> None:
        here = page.url
        press(page.locator("main form .btn-big").first)
        assert page.url != here, page.locator("main").inner_text()

    def finds(self, account: str, path: str) -> bool:
        answer = self.at_status(account, path)
        assert answer in (200, 404)
        return answer == 200

    def at_status(self, account: str, path: str) -> int:
        page = self.visit(scripts=False, state=self.officers.session(account))
        found = page.goto(f"/ar/{path}")
        return found.status if found else 0


def refuse(rooms: Rooms, case: str) -> None:
    page = rooms.act("central", case, "prepare_decision")
    page.locator("[name=kind][value=refuse]").check()
    page.locator("[name=reasons][value=body_not_recognised]").check()
    rooms.send(page)
    rooms.send(rooms.act("signatory", case, "sign", recent=True))


def appeal(rooms: Rooms, case: str) -> str:
    """The applicant reads why, begins an appeal from there and files it; its public id."""
    page = rooms.at("trainee", f"desk/cases/{case}/")
    text = page.locator("main").inner_text()
    assert "الهيكل الذي سلّم الشهادة غير معترف به في بلده" in text
    assert "تدارك ذلك" in text
    assert "لأنك بُلّغت به يوم" in text
    assert page.locator(f"main a[href*='like={case}']").count() == 1
    press(page.locator("main a[href$='/appeal/']"))
    rooms.send(page)
    page.locator("[name=appeal-grounds][value=facts]").check()
    page.locator("[name=appeal-text]").fill(GROUNDS)
    press(page.locator("button.btn-big[name=next]"))
    press(page.locator("button.btn-big[name=next]"))  # no paper is demanded
    assert GROUNDS in page.locator("main").inner_text()
    page.locator("[name=true_and_complete]").check()
    press(page.locator("form:has([name=true_and_complete]) .btn-big"))
    found = re.search(r"/desk/cases/([0-9a-f-]{36})/filed/", page.url)
    assert found, page.locator("main").inner_text()
    assert "APL-" in page.locator("main").inner_text()
    return found[1]


def decide(rooms: Rooms, appealed: str) -> None:
    rooms.send(rooms.act("jurist", appealed, "close_instruction"))
    page = rooms.act("jurist", appealed, "prepare_decision")
    page.locator("[name=kind][value=grant]").check()
    page.locator("[name=conclusion-answer]").fill(ANSWER)
    rooms.send(page)
    rooms.send(rooms.act("signatory2", appealed, "sign", recent=True))


def test_a_refusal_is_contested_and_decided_by_other_people(visit: Opener, officers: Officers, case: str) -> None:
    rooms = Rooms(visit, officers)
    refuse(rooms, case)
    appealed = appeal(rooms, case)
    page = rooms.at("central", f"office/cases/{case}/")
    assert (
        "لأن التبليغ تمّ يوم" in page.locator("#notified").inner_text()
        or "متظلَّم منه" in page.locator("#notified").inner_text()
    )
    for decider in ("central", "signatory"):
        assert not rooms.finds(decider, f"office/cases/{appealed}/")
        assert not rooms.finds(decider, f"office/cases/{appealed}/sign/")
    assert GROUNDS in rooms.at("jurist", f"office/cases/{appealed}/").locator("main").inner_text()
    decide(rooms, appealed)
    told = rooms.at("trainee", f"desk/cases/{case}/").locator("main").inner_text()
    assert "قُبل تظلّمك. أُلغي القرار ويبتّ في ملفك من جديد أشخاص آخرون." in told
    assert page.goto(f"/ar/office/cases/{case}/prepare_decision/")
    assert not page.locator("main form [name=kind]").count()  # who refused does not decide anew


def test_the_pages_of_a_refusal_and_its_appeal_have_no_fault_that_axe_finds(
    visit: Opener, officers: Officers, case: str
) -> None:
    rooms = Rooms(visit, officers)
    refuse(rooms, case)
    found: list[str] = []
    for account, path in (
        ("trainee", f"desk/cases/{case}/"),
        ("trainee", f"desk/cases/{case}/appeal/"),
        ("central", f"office/cases/{case}/"),
        ("central", "office/handed-over/"),
    ):
        for language in ("ar", "fr"):
            page = visit(state=officers.session(account), language=language)
            page.goto(f"/{language}/{path}")
            found += faults(page, path.replace(case, "case"))
    assert found == []
