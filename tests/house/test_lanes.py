"""Every test is run by a lane: what a mark takes out of the general lanes is where its own lane looks."""

import re

from scripts.lanes import APART, HOMES, LANES
from tests.house.source import ROOT, named


def test_the_general_lanes_leave_out_exactly_the_marks_that_have_a_lane() -> None:
    assert set(re.findall(r"\w+", APART)) - {"not", "or"} == set(HOMES)


def test_a_marked_test_is_where_its_lane_looks() -> None:
    marked = [
        (mark, named(path))
        for path in sorted((ROOT / "tests").rglob("*.py"))
        for mark in set(re.findall(r"mark\.(\w+)", path.read_text())) & set(HOMES)
    ]
    assert {mark for mark, _file in marked} == set(HOMES)
    assert [(mark, file) for mark, file in marked if not file.startswith(HOMES[mark])] == []


def test_what_reads_its_own_transaction_beside_a_browser_has_a_process_of_its_own() -> None:
    """Playwright leaves its loop running in a process: Django then opens no database there, or another connection."""
    commands = [[part for part in command if part.startswith("tests/")] for command, _environment in LANES["browser"]]
    assert sorted(home for homes in commands for home in homes) == sorted(HOMES["browser"])
    assert all(len(homes) == 1 for homes in commands)
