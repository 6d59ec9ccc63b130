"""The tree as the house rules read it: our own files, without what is made or brought in."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("config", "portal", "cms_content", "notifications", "plugins", "registers", "procedures", "design")
APART = {".venv", "var", "node_modules", "__pycache__", "migrations"}


def files(pattern: str, *rooms: str) -> Iterator[Path]:
    for room in rooms or ROOMS:
        for path in sorted((ROOT / room).glob(pattern)):
            if path.is_file() and not APART & set(path.relative_to(ROOT).parts):
                yield path


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))
