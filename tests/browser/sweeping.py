"""Axe and a ruler over a page at the widths of a telephone and of a desk, and a count of what axe looked at."""

from collections import Counter

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.conftest import FULL

WIDTHS = (390, 1280)
LANGUAGES = ("ar", "fr")
looked: Counter[str] = Counter()
AXE = Axe().axe_script  # put once into a page that is looked at twice
# Labels that a telephone shows beside the values of a table, and that are taller than the cell they stand in.
TALLER = """() => [...document.querySelectorAll("td[data-l]")].filter((cell) => {
  const label = getComputedStyle(cell, "::before");
  return label.content !== "none" && parseFloat(label.height) > cell.getBoundingClientRect().height + 1;
}).map((cell) => cell.dataset.l)"""
RUN = "() => axe.run(document, {resultTypes: ['violations']}).then(found => found.violations)"


def faults(page: Page, name: str) -> list[str]:
    """What axe (its default rules, none disabled) and a ruler find on the page as it stands.

    The ruler measures at each width. Axe looks at Arabic on a telephone and at French on a desk, where full counts are
    asked at both in both languages.
    """
    found: list[str] = []
    language = page.locator("html").get_attribute("lang") or ""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        if FULL or language not in LANGUAGES or WIDTHS.index(width) == LANGUAGES.index(language):
            looked[f"{language} {width} {name}"] += 1
            found += [f"{name} {language} {width}: {fault}" for fault in violations(page)]
        if (wider := overflow(page)) > 0:
            found.append(f"{name} {language} {width}: the page is {wider} px wider than its window")
        found += [f"{name} {language} {width}: “{label}” runs into the line below" for label in page.evaluate(TALLER)]
    return found


def violations(page: Page) -> list[str]:
    """One line for each thing that axe finds."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    return [f"{one['id']} {node['html'][:200]}" for one in page.evaluate(RUN) for node in one["nodes"]]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return int(page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))
