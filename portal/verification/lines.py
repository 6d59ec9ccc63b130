"""The codes that a text holds, one on each line: alone, in the address of a QR, or in a cell of a pasted sheet."""

import re

from procedures.documents import codes

MOST = 500
LONGEST_LINE = 1_000  # the address in a QR code is a third of it
# The code in the address of a QR: its seal, which names the holder, is not read here and goes no further.
ADDRESS = re.compile(r"^https?://[^/]+/(?:v|[a-z]{2}/verify)/(?P<code>[^/#?]+)", re.IGNORECASE)
BETWEEN_CELLS = re.compile(r"[;,\t|]")


def codes_in(text: str) -> list[tuple[int, str]]:
    """The number of each line that is not empty, and its code as it was typed."""
    found = []
    for number, line in enumerate(text.replace("\ufeff", "").splitlines(), start=1):
        if kept := line[:LONGEST_LINE].strip():
            found.append((number, _code_in(kept)))
    return found


def _code_in(line: str) -> str:
    if found := ADDRESS.match(line):
        return found["code"]
    cells = [cell.strip().strip("\"'") for cell in BETWEEN_CELLS.split(line)]
    well_formed = [cell for cell in cells if isinstance(codes.normalise(cell), str)]
    return well_formed[0] if well_formed else cells[0] or line
