"""A PDF: read in a process of its own, refused where it does anything but show pages, kept without its metadata."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from procedures.evidence.formats import HIDDEN_MARKS, PDF, Checked
from procedures.evidence.refusals import PaperRefused

EXAMINER = Path(__file__).with_name("pdf_examiner.py")
SECONDS = 20
MOST_PAGES = 1000
MARKS_BEFORE = (b"<html", b"<!doctype", b"<script", b"<svg", b"<body")


def read_pdf(content: bytes) -> Checked:
    """The PDF as it will be kept; raise PaperRefused with the reason that mends it."""
    _refuse_what_surrounds_it(content)
    with tempfile.TemporaryDirectory(prefix="paper-") as folder:
        source, target = Path(folder, "in.pdf"), Path(folder, "out.pdf")
        source.write_bytes(content)
        found = _examined(source, target)
        if "refused" in found:
            limits = {"limit": MOST_PAGES} if found["refused"] == "too_many_pages" else {}
            raise PaperRefused(str(found["refused"]), **limits)
        return Checked(PDF, target.read_bytes(), int(found["pages"]))


def _refuse_what_surrounds_it(content: bytes) -> None:
    end = content.rfind(b"%%EOF")
    if end < 0:
        raise PaperRefused("damaged")
    head, tail = content[:1024].lower(), content[end:]
    if any(mark in head for mark in MARKS_BEFORE) or any(mark in tail for mark in HIDDEN_MARKS):
        raise PaperRefused("mixed")


def _examined(source: Path, target: Path) -> dict[str, Any]:
    command = [sys.executable, "-I", str(EXAMINER), str(source), str(target)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return {"refused": "too_heavy"}
    if done.returncode or not done.stdout:
        return {"refused": "too_heavy"}  # out of memory or time: the limits ended it
    return json.loads(done.stdout)
