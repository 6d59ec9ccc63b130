"""The arrows between rooms point one way; a breach is named with its file and line."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.source import ROOMS, ROOT, files, named

WORDS = ("definition/**/*.py", "rules/**/*.py", "hookspecs.py")
NOT_FOR_WORDS = ("django.db", "django.http", "django.shortcuts", "django.urls", "django.template", "django.contrib")
APIS = ("procedures.api", "registers.api")


def imported(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The line and the full name of everything imported anywhere below."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{'.' * node.level}{node.module or ''}.{alias.name}") for alias in node.names)


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def within(name: str, *packages: str) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def test_the_contracts_between_rooms_hold() -> None:
    done = subprocess.run([ROOT / ".venv/bin/lint-imports", "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.parametrize("pattern", WORDS)
def test_the_words_of_a_procedure_know_no_rows_requests_or_pages(pattern: str) -> None:
    paths = list(files(pattern, "procedures"))
    assert paths
    assert [
        f"{named(path)}:{line} {name}"
        for path in paths
        for line, name in imported(parsed(path))
        if within(name, *NOT_FOR_WORDS)
    ] == []


def test_a_plugin_imports_the_two_apis_django_and_its_own_files() -> None:
    assert [
        f"{named(path)}:{line} {name}"
        for path in files("*/*.py", "plugins")
        for line, name in imported(parsed(path))
        if within(name.lstrip("."), *ROOMS) and not within(name, *APIS, f"plugins.{path.parent.name}")
    ] == []


def test_an_import_inside_a_function_says_why() -> None:
    """It hides an arrow that points back: there are few, and each has its reason beside it. Apps import when ready."""
    silent = []
    for path in files("**/*.py"):
        lines = path.read_text().splitlines()
        for function in ast.walk(parsed(path)):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) and path.name != "apps.py":
                silent += [
                    f"{named(path)}:{line} {name}"
                    for line, name in imported(function)
                    if within(name, *ROOMS) and "#" not in lines[line - 1]
                ]
    assert silent == []


def test_nobody_names_a_plugin() -> None:
    codes = {path.parent.name for path in files("*/procedure.py", "plugins")}
    named_codes = [
        f"{named(path)}: {code}"
        for room in ("procedures", "portal", "notifications", "registers", "design")
        for path in files("**/*.py", room)
        for code in codes
        if f"plugins.{code}" in path.read_text()
    ]
    assert named_codes == []
