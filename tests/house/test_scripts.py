"""Scripts of citizens' pages: ours, small, loaded after the page, and never needed."""

import gzip
import re

from tests.house.source import ROOT, files, named

WIZARD = ROOT / "procedures" / "wizard" / "static" / "wizard"
MOST = 3_000  # bytes of all the wizard's scripts together, as they travel
VISITS, MOST_ON_SITE = ROOT / "portal" / "visits" / "static" / "visits", 6_000


def test_the_scripts_of_the_wizard_weigh_at_most_three_kilobytes_together() -> None:
    weights = {path.name: len(gzip.compress(path.read_bytes(), 9)) for path in WIZARD.glob("*.js")}
    assert weights
    assert sum(weights.values()) <= MOST, weights


def test_the_scripts_of_a_visit_weigh_at_most_six_kilobytes_together() -> None:
    weights = {path.name: len(gzip.compress(path.read_bytes(), 9)) for path in VISITS.glob("*.js")}
    assert weights
    assert sum(weights.values()) <= MOST_ON_SITE, weights


def test_a_script_of_a_page_is_a_file_that_waits_for_the_page() -> None:
    tags = [
        (named(path), tag)
        for path in files("**/templates/**/*.html")
        for tag in re.findall(r"<script\b[^>]*>", path.read_text())
    ]
    assert tags
    assert [found for found in tags if "src=" not in found[1]] == []
    assert [found for found in tags if "defer" not in found[1] and "module" not in found[1]] == []


def test_no_citizens_page_loads_a_library() -> None:
    loaded = [named(path) for path in files("**/templates/**/*.html") if re.search(r"htmx|jquery", path.read_text())]
    assert [name for name in loaded if name.startswith("procedures/wizard")] == []
