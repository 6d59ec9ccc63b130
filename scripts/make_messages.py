"""Gather the strings of every room into its own catalogues; a house test shows that nothing is left to gather."""

import os
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.commands.makemessages import Command

ROOT = Path(__file__).resolve().parents[1]


def rooms() -> list[Path]:
    """Folders that own a locale/, the deepest first: a room inside a room keeps its strings to itself."""
    found = [path.parent for path in ROOT.glob("**/locale") if path.is_dir() and not {".venv", "var"} & set(path.parts)]
    return sorted((path for path in found if path != ROOT), key=lambda path: -len(path.parts))


def gather(room: Path, among: list[Path]) -> None:
    inner = [f"{other.relative_to(room)}/*" for other in among if other != room and room in other.parents]
    os.chdir(room)
    call_command(
        Command(), locale=["ar", "fr"], no_location=True, no_wrap=True, no_obsolete=True, verbosity=0,
        ignore_patterns=[*inner, "migrations/*"],
    )  # fmt: skip


def main() -> int:
    settings.configure()  # it needs none of ours
    found = rooms()
    for room in found:
        gather(room, found)
        print(f"gathered {room.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
