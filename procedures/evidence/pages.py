"""The pages of a PDF as pictures, and their words; a file that cannot be drawn in its time gives none."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

DRAWER = Path(__file__).with_name("pdf_pages.py")
SECONDS = 8  # a machine under load; the process itself has less time of computing


@dataclass(frozen=True)
class Drawn:
    """A page: its number from 1, its picture (JPEG), whether it is a scan, and its text layer."""

    number: int
    picture: Path
    scanned: bool
    text: str


@contextmanager
def drawn_pages(content: bytes, *, first: int = 1, last: int, side: int, words: bool = False) -> Iterator[list[Drawn]]:
    """The pages `first` to `last` drawn with `side` pixels on the longer side; gone with the block."""
    with tempfile.TemporaryDirectory(prefix="pages-") as name:
        folder = Path(name)
        source = folder / "in.pdf"
        source.write_bytes(content)
        yield _drawn(source, folder, [str(first), str(last), str(side), "1" if words else "0"])


def _drawn(source: Path, folder: Path, asked: list[str]) -> list[Drawn]:
    command = [sys.executable, "-I", str(DRAWER), str(source), str(folder), *asked]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return []
    if done.returncode or not done.stdout:
        return []
    return [
        Drawn(page["number"], folder / f"{page['number']}.jpg", page["scanned"], page["text"])
        for page in json.loads(done.stdout)["pages"]
    ]
