"""The speciality looked up on its page in Chromium, in both languages, with scripts and without."""

import subprocess
import sys
from collections.abc import Iterator

import pytest

from portal.journey.servers import ROOT, Portal
from tests.browser.answering import press
from tests.browser.conftest import Officers, Opener
from tests.browser.sweeping import faults, overflow

pytestmark = pytest.mark.browser
LOOK = "#look-target-speciality"
VARIANTS = [
    "كهرباء البناء", "كهربا البنا", "الكهرباء", "كَهرَباء", "كهـربـاء بناء", "البناء كهرباء",
    "Électricité du bâtiment", "ELECTRICITE BATIMENT", "electricité", "batiment élec",
]  # fmt: skip


@pytest.fixture
def draft(portal: Portal) -> Iterator[str]:
    def run(told: str) -> str:
        command = [sys.executable, "-m", "tests.browser.drafting", told]
        done = subprocess.run(command, cwd=ROOT, env=portal.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout.strip()

    made = run("fr")
    yield made
    run(made)


@pytest.mark.parametrize("scripts", [False, True])
@pytest.mark.parametrize("language", ["ar", "fr"])
def test_ten_of_ten_spellings_find_the_speciality_and_nothing_typed_is_lost(
    language: str, scripts: bool, visit: Opener, officers: Officers, draft: str
) -> None:
    page = visit(scripts=scripts, language=language, state=officers.session("trainee"))
    address = f"/{language}/drafts/{draft}/target/"
    page.goto(address)
    page.locator("[name=target-purpose][value=study]").check()
    found = []
    for spelling in VARIANTS:
        page.locator(f"{LOOK} [type=search]").fill(spelling)
        press(page.locator(f"{LOOK} [name=seek]").first)
        found.append(page.locator(f"{LOOK} [type=radio][value=ELE-01]").count())
    assert found == [1] * 10, dict(zip(VARIANTS, found, strict=True))
    assert (faults(page, "speciality looked up") if scripts else []) == []
    assert overflow(page) <= 0
    page.locator(f"{LOOK} [value=ELE-01]").check()
    assert page.locator("[name=target-purpose][value=study]").is_checked()
    press(page.locator("button.btn-big[name=next]"))
    page.goto(address)
    assert page.locator("[name=target-speciality]").input_value() == "ELE-01"
    assert page.locator("[name=target-purpose][value=study]").is_checked()
