"""A finished sheet as its reader meets it: letters with their boxes, sizes and colours, cells, and the code."""

import ctypes
import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
from pypdfium2 import raw

from procedures.documents import rendering
from procedures.documents.rendering import Print, render
from procedures.documents.rendering.finishing import Finish
from procedures.documents.specimens import CODE, ISSUED, Specimen

Box = tuple[float, float, float, float]  # left, bottom, right, top in points
CODE_TEXT = f"HTTPS://VERIF.EXAMPLE.TN/V/{CODE}#{'A' * 330}"  # as long as the longest names make it
PAPER = Print(public_id=CODE, issued_on=ISSUED, code_text=CODE_TEXT, credential={"a": 1}, field_title="Seal")
MILLIMETRE = 72 / 25.4
SCALE, ROUND = 2, 2.5  # pixels a point; points around a letter


@dataclass(frozen=True)
class Letter:
    sign: str
    page: int
    place: int  # in the text of its page
    box: Box
    base: float
    size: float
    ink: tuple[int, int, int]


@dataclass(frozen=True)
class Sheet:
    pdf: bytes
    letters: tuple[Letter, ...]
    pages: int
    spills: tuple[str, ...]  # texts that leave the cell in which they stand


def printed(specimen: Specimen, monkeypatch: Any) -> Sheet:
    """Render it through the one door, and look at the boxes that were laid out on the way."""
    laid_out: list[Any] = []

    class Watching(Finish):
        def __call__(self, document: Any, pdf: Any) -> None:
            laid_out.extend(document.pages)
            super().__call__(document, pdf)

    with monkeypatch.context() as patch:
        patch.setattr(rendering, "Finish", Watching)
        pdf = render(specimen.template, specimen.content, PAPER)
    spills = tuple(itertools.chain.from_iterable(_spills(page._page_box) for page in laid_out))
    return Sheet(pdf, tuple(letters_of(pdf)), len(laid_out), spills)


def letters_of(pdf: bytes) -> Iterator[Letter]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number, page in enumerate(document):
            text = page.get_textpage()
            for place in range(text.count_chars()):
                sign = chr(raw.FPDFText_GetUnicode(text.raw, place))
                if not sign.isspace() and sign.isprintable():
                    yield _letter(text.raw, number, place, sign)
    finally:
        document.close()


def _letter(text: Any, page: int, place: int, sign: str) -> Letter:
    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    raw.FPDFText_GetCharBox(text, place, left, right, bottom, top)
    raw.FPDFText_GetCharOrigin(text, place, x, y)
    ink = [ctypes.c_uint() for _ in range(4)]
    raw.FPDFText_GetFillColor(text, place, *ink)
    size = raw.FPDFText_GetFontSize(text, place) * _scale(text, place)
    box = (left.value, bottom.value, right.value, top.value)
    return Letter(sign, page, place, box, y.value, size, (ink[0].value, ink[1].value, ink[2].value))


def _scale(text: Any, place: int) -> float:
    """How much of its font's size a letter is drawn at: a sheet is laid out in pixels and scaled to points."""
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, place, matrix)
    return math.hypot(matrix.b, matrix.d)


def collisions(letters: tuple[Letter, ...], share: float = 0.3) -> list[str]:
    """Pairs of letters of which one hides a good part of the other: of two lines, or of two cells of one line."""
    found = []
    for page, several in itertools.groupby(letters, key=lambda letter: letter.page):
        standing: list[Letter] = []
        for one in sorted(several, key=lambda letter: letter.box[1]):
            standing = [other for other in standing if other.box[3] > one.box[1]]
            found += [
                f"page {page + 1}: {one.sign!r} over {other.sign!r}" for other in standing if _hides(one, other, share)
            ]
            standing.append(one)
    return found


def _hides(one: Letter, other: Letter, share: float) -> bool:
    same_line = abs(one.base - other.base) < 1.5
    if same_line and abs(one.place - other.place) <= 6:  # a ligature, a mark over its letter
        return False
    width = min(one.box[2], other.box[2]) - max(one.box[0], other.box[0])
    height = min(one.box[3], other.box[3]) - max(one.box[1], other.box[1])
    if width <= 0 or height <= 0:
        return False
    return width * height > share * min(_area(one.box), _area(other.box))


def _area(box: Box) -> float:
    return max((box[2] - box[0]) * (box[3] - box[1]), 0.01)


def _spills(box: Any, cell: Any = None) -> Iterator[str]:
    kind = type(box).__name__
    if kind == "TableCellBox":
        cell = box
    if kind == "TextBox" and cell is not None and box.text.strip() and _leaves(box, cell):
        yield box.text
    for child in getattr(box, "children", ()):
        yield from _spills(child, cell)


def _leaves(box: Any, cell: Any) -> bool:
    left, top = cell.position_x - 0.5, cell.position_y - 0.5
    right, bottom = left + cell.border_width() + 1, top + cell.border_height() + 1
    across = box.position_x < left or box.position_x + box.width > right
    return across or box.position_y + box.baseline > bottom or box.position_y + box.height / 2 < top


def contrasts(sheet: Sheet) -> Iterator[tuple[str, float]]:
    """Every fourth letter with the contrast of its ink on the colour that most of what is around it has."""
    document = pypdfium2.PdfDocument(sheet.pdf)
    pictures = [(page.get_height(), page.render(scale=SCALE).to_pil().convert("RGB")) for page in document]
    document.close()
    for letter in sheet.letters[::4]:
        height, picture = pictures[letter.page]
        left, bottom, right, top = letter.box
        around = (left - ROUND, height - top - ROUND, right + ROUND, height - bottom + ROUND)
        piece = picture.crop(tuple(int(side * SCALE) for side in around))
        _count, ground = max(piece.getcolors(piece.width * piece.height))
        yield letter.sign, contrast(letter.ink, ground)


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """As the accessibility guidelines work it out."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: tuple[int, int, int]) -> float:
    parts = [part / 255 for part in colour]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def code_on(pdf: bytes, page: int = -1) -> str:
    """What a camera reads on the last page."""
    import zxingcpp

    document = pypdfium2.PdfDocument(pdf)
    try:
        picture = document[len(document) + page if page < 0 else page].render(scale=150 / 72).to_pil()
    finally:
        document.close()
    found = zxingcpp.read_barcodes(picture)
    return found[0].text if found else ""
