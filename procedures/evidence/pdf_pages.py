"""Shows one hostile PDF in a process of its own with little memory and time: IN FOLDER FIRST LAST SIDE WORDS.

Draws the pages FIRST to LAST (from 1) as JPEG files of SIDE pixels into FOLDER, and says as JSON on stdout what stands
on them: {"pages": [{"number", "scanned", "text"}]}. Started by `pages.py` as a plain script; imports nothing of ours.
"""

import json
import resource
import sys
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

MEMORY = 1200 * 1024 * 1024
SECONDS = 4
SCANNED = 0.5  # share of a page that one picture covers
MOST_SIGNS = 5000  # of the text of a page


def main(source: Path, folder: Path, first: int, last: int, side: int, words: bool) -> dict[str, Any]:
    told = []
    with pypdfium2.PdfDocument(source) as document:
        for number in range(first, min(last, len(document)) + 1):
            page = document[number - 1]
            width, height = page.get_size()
            picture = page.render(scale=side / max(width, height, 1), may_draw_forms=False).to_pil()
            picture.convert("RGB").save(folder / f"{number}.jpg", "JPEG", quality=80)
            told.append(
                {"number": number, "scanned": is_scanned(page, width * height), "text": text_of(page) if words else ""}
            )
    return {"pages": told}


def is_scanned(page: pypdfium2.PdfPage, area: float) -> bool:
    """Whether one picture covers most of the page."""
    for part in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = part.get_bounds()
        if (right - left) * (top - bottom) > SCANNED * area:
            return True
    return False


def text_of(page: pypdfium2.PdfPage) -> str:
    return page.get_textpage().get_text_bounded(errors="replace")[:MOST_SIGNS]


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    given = sys.argv
    told = main(Path(given[1]), Path(given[2]), int(given[3]), int(given[4]), int(given[5]), given[6] == "1")
    sys.stdout.write(json.dumps(told))
