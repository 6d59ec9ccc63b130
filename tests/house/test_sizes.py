"""Rooms are small: the bounds of the house, kept for every module and function."""

import ast
import statistics
from pathlib import Path

import pytest

from tests.house.source import ROOT, files, named


def functions(path: Path) -> list[tuple[str, int]]:
    tree = ast.parse(path.read_text())
    return [
        (f"{named(path)}:{node.lineno} {node.name}", (node.end_lineno or node.lineno) - node.lineno + 1)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def test_no_module_is_longer_than_400_lines() -> None:
    assert [f"{named(path)}: {lines(path)}" for path in files("**/*.py") if lines(path) > 400] == []


def test_no_function_is_longer_than_50_lines() -> None:
    assert [f"{name}: {size}" for path in files("**/*.py") for name, size in functions(path) if size > 50] == []


def test_most_modules_and_functions_are_short() -> None:
    modules = sorted(lines(path) for path in files("**/*.py") if lines(path))
    sizes = sorted(size for path in files("**/*.py") for _, size in functions(path))
    assert statistics.median(modules) <= 80
    assert modules[int(len(modules) * 0.9)] <= 200
    assert statistics.median(sizes) <= 8
    assert sizes[int(len(sizes) * 0.9)] <= 25


@pytest.mark.parametrize(("name", "most"), [("procedure.py", 150), ("questions.py", 80)])
def test_a_plugin_reads_like_its_sheet(name: str, most: int) -> None:
    assert [named(path) for path in files(f"*/{name}", "plugins") if lines(path) > most] == []


def test_a_plugin_holds_nothing_but_its_procedure() -> None:
    allowed = {"__init__.py", "procedure.py", "questions.py", "samples.py"}
    assert [named(path) for path in files("*/*.py", "plugins") if path.name not in allowed] == []


def test_no_room_is_a_drawer() -> None:
    drawers = {"utils", "helpers", "misc", "common", "util", "helper"}
    assert [
        named(path) for path in files("**/*.py") if drawers & {part.removesuffix(".py") for part in path.parts}
    ] == []


def test_the_top_level_holds_what_the_house_says() -> None:
    rooms = {path.name for path in ROOT.iterdir() if path.is_dir() and (path / "__init__.py").exists()}
    expected = {
        "config",
        "portal",
        "cms_content",
        "notifications",
        "plugins",
        "registers",
        "procedures",
        "design",
        "tests",
    }
    assert rooms - {"insights", "bench"} == expected
