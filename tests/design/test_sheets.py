"""The sheets, fonts and templates of the design system: logical properties, weight, no inline style or script."""

import gzip
import hashlib
import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from design.icons import ICONS

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "design" / "static" / "design"
SHEETS = sorted(STATIC.glob("*.css"))
TEMPLATES = sorted(
    path
    for room in ("design", "portal", "procedures", "notifications", "cms_content")
    for path in (ROOT / room).glob("**/templates/**/*.html")
)
PHYSICAL = re.compile(
    r"(margin|padding|border|inset)-(left|right|top|bottom)\b|(?:^|[;{\s])(left|right|top|bottom)\s*:"
    r"|text-align:\s*(left|right)|(?:float|clear):\s*(left|right)|(?:^|[;{\s])(?:min-|max-)?(?:width|height)\s*:",
    re.M,
)
FONTS = {
    "qallaline-ar.woff2": "3f37b07dbd551a0e1804b054009bfa90c86daa24e5b2767b4957cd852e823964",
    "qallaline-l1.woff2": "c98535a6c6d1d9b515c2304ebe55cba08ce87601f18235eeda7798dae1a2fe5a",
    "qallaline-la.woff2": "18681dd7e5c001dae5a511580c0e97c37bed0dcac7c09ef79e026015f15e8bcf",
    "qallaline-le.woff2": "9651f5a7da7ee9aa75809d50a2158f2a1c8469a096d5cdf965180cfc90d2c257",
}


def rules(path: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_a_sheet_uses_logical_properties_only(sheet: Path) -> None:
    without_conditions = re.sub(r"@media[^{]*\{", "{", rules(sheet))
    assert [match[0] for match in PHYSICAL.finditer(without_conditions)] == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_a_sheet_degrades_in_an_old_browser(sheet: Path) -> None:
    assert "@layer" not in rules(sheet)
    assert not re.search(r"^\s+&", rules(sheet), re.M)
    assert rules(sheet).count("{") == rules(sheet).count("}")


def test_the_public_sheet_stays_light() -> None:
    assert len(gzip.compress((STATIC / "qallaline.css").read_bytes(), 9)) <= 10 * 1024


def test_a_first_page_fetches_at_most_forty_kilobytes_of_fonts() -> None:
    assert sum((STATIC / name).stat().st_size for name in ("qallaline-ar.woff2", "qallaline-la.woff2")) <= 40_000


@pytest.mark.parametrize("name", FONTS)
def test_a_font_is_the_one_that_was_made(name: str) -> None:
    assert hashlib.sha256((STATIC / name).read_bytes()).hexdigest() == FONTS[name]


def test_every_letter_of_the_names_we_accept_is_in_a_font() -> None:
    held = {sign for name in FONTS for sign in TTFont(STATIC / name).getBestCmap()}
    asked = {*range(0x20, 0x7F), *range(0xA0, 0x180), *map(ord, "œŒ’«»ڨپڤءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي")} - {
        0xAD
    }
    assert sorted(hex(sign) for sign in asked - held if sign not in (0x149, 0x17F, 0x67E)) == []


def test_the_licence_of_the_font_lies_beside_it() -> None:
    assert "SIL OPEN FONT LICENSE" in (STATIC / "OFL.txt").read_text().upper()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_has_no_inline_style_or_script(template: Path) -> None:
    text = template.read_text()
    if "documents" in template.parts or "notifications" in template.parts:
        pytest.skip("a printed document and an e-mail carry their own style")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|javascript:|<script(?![^>]*\ssrc=)", text)


def test_every_icon_a_template_names_exists() -> None:
    named = {name for path in TEMPLATES for name in re.findall(r'\{% icon "([\w-]+)"', path.read_text())}
    assert named <= set(ICONS)
