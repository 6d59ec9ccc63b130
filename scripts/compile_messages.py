"""Compile every locale/*/LC_MESSAGES/django.po whose .mo is missing or older, with Babel: no gettext needed to run."""

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
SKIPPED = {".venv", "var", "node_modules", ".git"}


def main() -> int:
    made = 0
    for source in sorted(ROOT.glob("**/locale/*/LC_MESSAGES/django.po")):
        if SKIPPED.intersection(source.relative_to(ROOT).parts):
            continue
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as text:
            catalog = read_po(text, locale=source.parts[-3])
        with target.open("wb") as binary:
            write_mo(binary, catalog)
        made += 1
    print(f"messages: {made} catalogues compiled")
    return 0


if __name__ == "__main__":
    sys.exit(main())
