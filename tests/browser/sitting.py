"""A session of the commission by clicks and keys: planned, called, opened, voted in, its minutes closed and signed."""

from datetime import date

from django.utils import timezone
from playwright.sync_api import Page

from tests.browser.answering import press
from tests.browser.conftest import Officers, Opener
from tests.browser.sweeping import overflow


class Room:
    """The secretary's and the chair's screens; every page that they see must fit."""

    def __init__(self, visit: Opener, officers: Officers, language: str) -> None:
        self.visit, self.officers, self.language = visit, officers, language
        self.address = ""
        self.pages: dict[str, Page] = {}

    def at(self, account: str) -> Page:
        if account not in self.pages:
            state = self.officers.session(account)
            self.pages[account] = self.visit(scripts=False, state=state, language=self.language)
        return self.pages[account]

    def go(self, account: str, path: str = "") -> Page:
        page = self.at(account)
        page.goto(f"{self.address}{path}")
        assert overflow(page) <= 0, f"{page.url} is wider than the screen"
        return page

    def press(self, page: Page, ending: str, *, button: str = "button") -> None:
        press(page.locator(f"form[action$='{ending}'] {button}").first)
        assert overflow(page) <= 0, f"{page.url} is wider than the screen"

    def plan(self, case: str) -> None:
        page = self.at("central")
        page.goto(f"/{self.language}/office/commissions/")
        press(page.locator("a[href$='/office/commissions/equivalence/new/']"))
        type_day(page, timezone.localdate())
        page.locator("[name=time]").press_sequentially("9:30")
        page.locator("[name=place_ar]").press_sequentially("مقر الإدارة")
        page.locator("[name=place_fr]").press_sequentially("Siège de la direction")
        press(page.locator("form:has([name=place_ar]) .btn-big"))
        page.locator(f"[name=case][value='{case}']").check()
        press(page.locator("form:has([name=case]) .btn-big"))
        self.address = page.url

    def open(self) -> None:
        page = self.go("central")
        self.press(page, "/convene/")
        self.press(page, "/attendance/")

    def hear(self, level: str = "") -> None:
        """Put the only case to the vote; every hand is raised for it."""
        page = self.go("central")
        press(page.locator("table a[href*='/cases/']").first)
        page.locator("[name=opinion][value=favourable]").check()
        if level:
            page.locator("[name=proposed-level]").first.select_option(level)
        self.press(page, "/put/", button=".btn-big")
        for each in page.locator("input[value=for][name^=hand-]").all():
            each.check()
        self.press(page, "/hands/", button=".btn-big")
        assert page.locator(".tally .t-for b").inner_text() == "3", page.locator("main").inner_text()

    def write(self) -> None:
        page = self.go("central")
        self.press(page, "/end/")
        member = self.go("member", "minutes/")
        self.press(member, "/minutes/read/")
        page = self.go("central", "minutes/")  # what a member noted is seen before the minutes are closed
        self.press(page, "/minutes/close/")
        chair = self.go("president", "minutes/")
        self.press(chair, "/minutes/sign/")
        if "reauthenticate" in chair.url:
            self.officers.prove(chair, "president")

    def hold(self, case: str) -> None:
        self.plan(case)
        self.open()
        self.hear()
        self.write()


def type_day(page: Page, day: date) -> None:
    for part in ("day", "month", "year"):
        page.locator(f"[name=day_{part}]").press_sequentially(str(getattr(day, part)))
