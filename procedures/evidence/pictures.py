"""A photograph or scan: measured before it is decoded, then drawn anew, so that nothing but the picture is kept."""

import io

from django.conf import settings
from PIL import Image, ImageFile, ImageOps

from procedures.evidence.formats import JPEG, MEGABYTE, PNG, Checked
from procedures.evidence.refusals import PaperRefused

STORED_MOST = 3 * MEGABYTE
LONGEST_SIDE = 4000  # pixels: a 12-megapixel photograph passes untouched; A4 at 340 dots an inch
ATTEMPTS = ((4000, 85), (4000, 75), (3000, 80), (2400, 75), (1800, 70))  # (longest side, quality), until it fits
MILLION = 1_000_000


def read_picture(content: bytes) -> Checked:
    """The picture upright, without position or camera, at most 3 MB; raise PaperRefused where it cannot be drawn."""
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # importing WeasyPrint switches it on for the whole process
    try:
        image = Image.open(io.BytesIO(content), formats=("JPEG", "PNG"))
        _refuse_a_flood(image)
        is_png = image.format == "PNG"
        if not is_png:
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # decodes large photographs at a fraction of their size
        image.load()
        upright = ImageOps.exif_transpose(_reduced(image))
        plain = _on_white(upright)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as fault:
        raise flood() from fault
    except (OSError, SyntaxError, ValueError, EOFError, TypeError, IndexError, KeyError) as fault:
        raise PaperRefused("damaged") from fault
    return _encoded(plain, is_png=is_png)


def _refuse_a_flood(image: Image.Image) -> None:
    width, height = image.size
    if width * height > settings.TAKWIN_UPLOAD_MAX_PIXELS:
        raise flood()
    if width < 2 or height < 2:
        raise PaperRefused("damaged")


def flood() -> PaperRefused:
    """The refusal of a picture with more pixels than any telephone's."""
    return PaperRefused("too_many_pixels", limit=settings.TAKWIN_UPLOAD_MAX_PIXELS // MILLION)


def _reduced(image: Image.Image) -> Image.Image:
    """Halve as often as the longest side allows, before any conversion doubles the memory."""
    factor = max(image.size) // LONGEST_SIDE
    if factor < 2 or image.mode in ("1", "P", "I;16", "I"):
        return image
    reduced = image.reduce(factor)
    reduced.info.update({key: value for key, value in image.info.items() if key == "exif"})
    return reduced


def _on_white(image: Image.Image) -> Image.Image:
    """Grey or RGB; what was transparent becomes the white of paper."""
    if image.mode in ("I", "I;16", "I;16B"):
        return image.convert("I").point(lambda depth: depth * (1 / 256)).convert("L")
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        layered = image.convert("RGBA")
        paper = Image.new("RGB", layered.size, "white")
        paper.paste(layered, mask=layered.getchannel("A"))
        return paper
    return image.convert("L" if image.mode in ("1", "L") else "RGB")


def _encoded(image: Image.Image, *, is_png: bool) -> Checked:
    """PNG stays PNG while it fits (sharp text); everything else becomes JPEG, smaller until it fits."""
    image.info.clear()  # Pillow would write some of it back
    if is_png and max(image.size) <= LONGEST_SIDE:
        out = io.BytesIO()
        image.save(out, "PNG", compress_level=6)
        if out.tell() <= STORED_MOST:
            return Checked(PNG, out.getvalue(), 1)
    for side, quality in ATTEMPTS:
        smaller = image.copy() if max(image.size) > side else image
        smaller.thumbnail((side, side))
        out = io.BytesIO()
        smaller.save(out, "JPEG", quality=quality, optimize=False)
        if out.tell() <= STORED_MOST:
            return Checked(JPEG, out.getvalue(), 1)
    raise PaperRefused("too_large", limit=STORED_MOST // MEGABYTE)
