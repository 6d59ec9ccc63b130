"""A photograph as many telephones take it (HEIC): opened in a process of its own, then read as any other picture."""

import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings

from procedures.evidence.formats import Checked
from procedures.evidence.pictures import flood, read_picture
from procedures.evidence.refusals import PaperRefused

OPENER = Path(__file__).with_name("heic_opener.py")
SECONDS = 25
BRANDS = (b"ftypheic", b"ftypheix", b"ftypheim", b"ftypheis", b"ftypmif1", b"ftypmsf1", b"ftyphevc", b"ftyphevx")


def read_heic(content: bytes) -> Checked:
    """The photograph as JPEG; raise PaperRefused where it cannot be drawn."""
    with tempfile.TemporaryDirectory(prefix="photo-") as folder:
        source, target = Path(folder, "in.heic"), Path(folder, "out.jpg")
        source.write_bytes(content)
        told = _opened(source, target)
        if told == "too_many_pixels":
            raise flood()
        if told != "done":
            raise PaperRefused("damaged")
        return read_picture(target.read_bytes())


def _opened(source: Path, target: Path) -> str:
    command = [sys.executable, "-I", str(OPENER), str(source), str(target), str(settings.TAKWIN_UPLOAD_MAX_PIXELS)]
    try:
        return subprocess.run(command, capture_output=True, timeout=SECONDS, check=False, text=True).stdout
    except subprocess.TimeoutExpired:
        return ""
