"""A copy of the tree with one fault in it, and the part of `make test` that must turn red."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.house.source import ROOT

# Bytecode goes along: what is planted is newer than it, and is compiled anew.
APART = shutil.ignore_patterns(".git", "var", ".venv", ".mypy_cache", ".ruff_cache", ".pytest_cache")


@dataclass(frozen=True)
class Fault:
    """`plant` changes the copy; `red` are arguments to pytest that `make test` would have run and that must fail."""

    name: str
    plant: Callable[[Path], None]
    red: tuple[str, ...]
    database: str = "sqlite"


def copied_tree(folder: Path) -> Path:
    copy = folder / "tree"
    shutil.copytree(ROOT, copy, ignore=APART)
    (copy / ".venv").symlink_to(ROOT / ".venv")
    cache = ROOT / "var" / "test"
    (copy / "var" / "test").mkdir(parents=True)
    for template in cache.glob("takwin_*.sqlite3"):
        shutil.copy(template, copy / "var" / "test")
    return copy


def suite(tree: Path, *arguments: str, database: str = "sqlite") -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "TAKWIN_"))}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:randomly", "-x", *arguments],
        cwd=tree,
        env=environment | {"TAKWIN_TEST_DATABASE": database, "PYTHONPATH": str(tree)},
        capture_output=True,
        text=True,
        timeout=400,
    )


def replace(file: str, old: str, new: str) -> Callable[[Path], None]:
    """Change one place of a file; a place that is not there any more is a fault of this test, and is said."""

    def plant(tree: Path) -> None:
        path = tree / file
        text = path.read_text()
        assert text.count(old) >= 1, f"{file} no longer holds: {old}"
        path.write_text(text.replace(old, new, 1))

    return plant


def write(file: str, text: str) -> Callable[[Path], None]:
    def plant(tree: Path) -> None:
        path = tree / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    return plant
