"""From what a person holds to the text of the code: an address, a picture, a PDF."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from takwin_verify.codes import is_well_formed

DOTS_AN_INCH = 200
MOST_PAGES = 50
MOST_PIXELS = 60_000_000
LONGEST_ADDRESS = 1000


class Unreadable(ValueError):
    """There is no code of a sealed document in it; the message names what was looked for."""


@dataclass(frozen=True)
class Code:
    """What a QR code holds: the host it leads to, the document's public id, and the sealed claims (empty: none)."""

    host: str
    public_id: str
    fragment: str


def code_of(text: str) -> Code:
    """The parts of `HTTPS://HOST/V/ID#SEAL`, in either case. Raises Unreadable."""
    if len(text) > LONGEST_ADDRESS:
        raise Unreadable("address")
    try:
        address = urlsplit(text.strip())
        host = address.netloc.lower()
    except ValueError as error:
        raise Unreadable("address") from error
    parts = address.path.strip("/").split("/")
    public_id = parts[-1].upper()
    if address.scheme.lower() not in ("https", "http") or not host or len(parts) != 2 or parts[0].upper() != "V":
        raise Unreadable("address")
    if not is_well_formed(public_id):
        raise Unreadable("id")
    return Code(host, public_id, address.fragment)


def codes_in(path: Path) -> list[Code]:
    """The codes in a picture or on the pages of a PDF, each once, the last page first. Raises Unreadable."""
    is_pdf = path.read_bytes()[:1024].lstrip().startswith(b"%PDF-")
    found: dict[Code, None] = {}
    for text in _texts_in_pdf(path) if is_pdf else _texts_in_picture(path):
        try:
            found[code_of(text)] = None
        except Unreadable:
            continue  # another code of the paper
    if not found:
        raise Unreadable("no code")
    return list(found)


def _texts_in_picture(path: Path) -> list[str]:
    try:
        from PIL import Image, UnidentifiedImageError
    except ImportError as error:
        raise Unreadable("picture extra") from error
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with Image.open(path) as picture:
            return _texts(picture.convert("L"))
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Unreadable("picture") from error


def _texts_in_pdf(path: Path) -> list[str]:
    try:
        import pypdfium2
    except ImportError as error:
        raise Unreadable("pdf extra") from error
    try:
        pdf = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise Unreadable("pdf") from error
    try:
        last = len(pdf) - 1
        texts: list[str] = []
        for number in range(last, max(-1, last - MOST_PAGES), -1):
            width, height = pdf[number].get_size()  # in points; a page may claim to be as large as a field
            scale = min(DOTS_AN_INCH / 72, (MOST_PIXELS / max(width * height, 1)) ** 0.5)
            texts += _texts(pdf[number].render(scale=scale, grayscale=True).to_pil())
        return texts
    finally:
        pdf.close()


def _texts(picture: Any) -> list[str]:
    try:
        import zxingcpp
    except ImportError as error:
        raise Unreadable("picture extra") from error
    return [str(each.text) for each in zxingcpp.read_barcodes(picture)]
