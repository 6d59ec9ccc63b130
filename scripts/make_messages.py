"""Gather the strings of every room into its own catalogues; a house test shows that nothing is left to gather."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def rooms() -> list[Path]:
    """Folders that own a locale/, the deepest first: a room inside a room keeps its strings to itself."""
    found = [path.parent for path in ROOT.glob("**/locale") if path.is_dir() and not {".venv", "var"} & set(path.parts)]
    return sorted((path for path in found if path != ROOT), key=lambda path: -len(path.parts))


def gather(room: Path, among: list[Path]) -> None:
    inner = [f"{other.relative_to(room)}/*" for other in among if other != room and room in other.parents]
    ignored = [part for pattern in (*inner, "migrations/*") for part in ("--ignore", pattern)]
    subprocess.run(
        [
            sys.executable, "-P", "-m", "django", "makemessages", "-l", "ar", "-l", "fr",
            "--no-location", "--no-wrap", "--no-obsolete", *ignored,
        ],
        cwd=room,
        env={name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"},  # needs none
        check=True,
        capture_output=True,
    )  # fmt: skip


def main() -> int:
    found = rooms()
    for room in found:
        gather(room, found)
        print(f"gathered {room.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
