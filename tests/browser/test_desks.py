"""Played by clicks and keys, without scripts: an absence with delegation, an opinion that comes late, a correction."""

import re
import subprocess
import sys
import time
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from portal.journey.papers import photograph
from portal.journey.servers import ROOT, Portal
from tests.browser.answering import press
from tests.browser.conftest import Officers, Opener
from tests.browser.sweeping import faults, overflow

pytestmark = pytest.mark.browser
SIGNATORY = "ليلى الشابي"
BY = {"ar": "بتفويض من", "fr": "par délégation de"}
LATE = {"ar": ("لم يرد جواب في الأجل", "المشروع ملائم"), "fr": ("Personne n’a répondu à temps", "Le projet convient")}


def seeded_for(portal: Portal, what: str) -> str:
    command = [sys.executable, "-m", "tests.browser.seeding_acts", what]
    done = subprocess.run(command, cwd=ROOT, env=portal.environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.strip().splitlines()[-1]


class Desk:
    """One officer's screen; every page that they see must fit it."""

    def __init__(self, visit: Opener, officers: Officers, account: str, language: str, *, width: int = 390) -> None:
        self.officers, self.account, self.language = officers, account, language
        self.page: Page = visit(width, scripts=False, state=officers.session(account), language=language)

    def go(self, path: str) -> str:
        self.page.goto(f"/{self.language}/{path}")
        return self.told()

    def send(self, form: str = "main form[method=post]:has(.btn-big)") -> str:
        press(self.page.locator(f"{form} .btn-big").first)
        if "reauthenticate" in self.page.url:
            self.officers.prove(self.page, self.account)
        return self.told()

    def told(self) -> str:
        assert overflow(self.page) <= 0, f"{self.page.url} is wider than its window"
        return self.page.locator("main").inner_text()

    def day(self, name: str) -> None:
        day = timezone.localdate()
        for part in ("day", "month", "year"):
            self.page.locator(f"[name={name}_{part}]").fill(str(getattr(day, part)))


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_an_absence_is_declared_its_delegate_signs_and_everything_says_in_whose_name(
    language: str, visit: Opener, officers: Officers, portal: Portal
) -> None:
    case = seeded_for(portal, "absence")
    away = Desk(visit, officers, "signatory", language)
    away.go("office/absences/")
    press(away.page.locator("a[href$='/office/absences/new/']"))
    away.day("since")
    away.day("until")
    away.page.locator("[name=to]").select_option(label="محمد الهادي الطرابلسي (تجريبي)")
    away.page.locator("[name=reference]").press_sequentially("12/2026")
    assert "12/2026" in away.send()

    delegate = Desk(visit, officers, "central", language)
    assert SIGNATORY in delegate.go("office/")
    assert SIGNATORY in delegate.page.locator(f"tr:has(a[href*='{case}']) th").inner_text()
    assert SIGNATORY in delegate.go(f"office/cases/{case}/")
    press(delegate.page.locator(f"a[href$='/cases/{case}/sign/']").first)
    delegate.send()
    if delegate.page.url.rstrip("/").endswith("sign"):  # asked to prove who it is, and back
        delegate.send()
    history = delegate.page.locator("#history").inner_text()
    assert f"{BY[language]} {SIGNATORY}" in re.sub(r"\s+", " ", history), history

    away.go("office/absences/")
    press(away.page.locator("a[href$='/back/']").first)
    away.day("on")
    away.send()
    assert SIGNATORY not in delegate.go("office/")


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_an_opinion_that_comes_late_is_kept_and_the_silence_that_passed_is_said(
    language: str, visit: Opener, officers: Officers, portal: Portal
) -> None:
    case = seeded_for(portal, "late")
    asking = Desk(visit, officers, "officer", language, width=1280)
    silence, suitable = LATE[language]
    until = time.monotonic() + 60
    while silence not in (told := asking.go(f"office/cases/{case}/")):
        assert time.monotonic() < until, f"silence did not take effect: {told}"
        time.sleep(0.5)
    asked = Desk(visit, officers, "central", language)
    asked.go(f"office/cases/{case}/")
    press(asked.page.locator(f"a[href$='/cases/{case}/add_late_opinion/']").first)
    asked.page.locator("main form [type=radio]").first.check()
    asked.send()

    told = asking.go(f"office/cases/{case}/")
    assert silence in told
    assert suitable in told
    assert asking.page.locator(f"a[href$='/cases/{case}/prepare_decision/']").count() > 0  # it stands where it stood


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_a_correction_is_asked_given_and_the_case_goes_on(
    language: str, visit: Opener, officers: Officers, portal: Portal
) -> None:
    """The whole round: what an officer asks, what the applicant mends, what the officer then sees and accepts."""
    command = [sys.executable, "-m", "tests.browser.seeding", "completeness"]
    done = subprocess.run(command, cwd=ROOT, env=portal.environment, capture_output=True, text=True, check=True)
    case = done.stdout.strip()
    desk = Desk(visit, officers, "officer", language)
    desk.go(f"office/cases/{case}/ask_correction/")
    for path in ("foreign_certificate.hours", "paper.certificate"):
        desk.page.locator(f"details.more input[value='{path}']").check()
    press(desk.page.locator("button[name=more]"))
    for number, reason in enumerate(("incorrect", "unreadable")):
        desk.page.locator("ol.asks select").nth(number).select_option(reason)
        desk.page.locator("ol.asks :is(input[type=text], textarea)").nth(number).fill("804?")
    asked = desk.send()
    assert "ask_correction" not in desk.page.url, asked

    mine = Desk(visit, officers, "trainee", language)
    mine.go(f"desk/cases/{case}/")
    press(mine.page.locator(f"a.btn[href$='/desk/cases/{case}/correction/']"))
    mine.page.locator("[name=foreign_certificate-hours]").fill("804")
    scan: Any = {"name": "new.jpg", "mimeType": "image/jpeg", "buffer": photograph("certificate", 1)}
    mine.page.locator("[name=paper-certificate-file]").set_input_files([scan])
    mine.send("form.fix")
    assert mine.page.url.endswith(f"/desk/cases/{case}/"), mine.told()

    desk.go(f"office/cases/{case}/")
    assert "804" in desk.page.locator("dl.ans .chg ins").inner_text()
    press(desk.page.locator(f"a[href$='/cases/{case}/accept_completeness/']").first)
    desk.send()
    assert desk.page.locator(f"a[href$='/cases/{case}/accept_completeness/']").count() == 0, desk.told()


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_axe_finds_nothing_in_the_rooms_of_absences_and_moved_sessions(
    language: str, visit: Opener, officers: Officers
) -> None:
    page = visit(state=officers.session("signatory"), language=language)
    found: list[str] = []
    for path in ("office/absences/", "office/absences/new/"):
        page.goto(f"/{language}/{path}")
        found += faults(page, path)
    press(page.locator("main form[method=post] .btn-big"))
    assert page.locator(".summary").count() == 1
    found += faults(page, "absence with errors")
    assert found == []
