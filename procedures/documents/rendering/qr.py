"""The QR code as vector drawing: dark modules joined into bars, and a refusal when they would be too small."""

from collections.abc import Iterator

import qrcode
from qrcode.constants import ERROR_CORRECT_M

from procedures.documents.rendering import masks

SIDE_MM = 40.0  # with the quiet zone, as printed
QUIET = 4
LARGEST_VERSION = 13
SMALLEST_MODULE_MM = 0.52


class TooLongForCode(Exception):
    """The code would need modules that phones do not read; names must be shortened first."""


def modules(text: str) -> list[list[bool]]:
    """The symbol without its quiet zone, at error correction M and with the best mask."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text)  # the default optimisation cuts it best: everything but "#" is alphanumeric
    side = 17 + 4 * code.best_fit()
    if code.version > LARGEST_VERSION or module_mm(side) < SMALLEST_MODULE_MM:
        raise TooLongForCode(
            f"The QR code needs version {code.version} with modules of {module_mm(side):.3f} mm; "
            f"at most {LARGEST_VERSION} and at least {SMALLEST_MODULE_MM} mm are readable. Shorten the Latin name."
        )
    return masks.calmest(code)


def module_mm(count: int) -> float:
    return SIDE_MM / (count + 2 * QUIET)


def drawing(symbol: list[list[bool]]) -> tuple[str, int]:
    """PDF operators that fill the dark bars, in a square of `side` modules whose origin is its lower left corner."""
    side = len(symbol) + 2 * QUIET
    bars = [f"{x} {side - y - 1} {width} 1 re" for x, y, width in _bars(symbol)]
    return "1 g 0 0 {0} {0} re f 0 g\n{1}\nf".format(side, "\n".join(bars)), side


def _bars(symbol: list[list[bool]]) -> Iterator[tuple[int, int, int]]:
    for y, row in enumerate(symbol):
        start = None
        for x, dark in enumerate([*row, False]):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                yield start + QUIET, y + QUIET, x - start
                start = None
