"""Real papers made on the spot: a JPEG as a telephone takes it and a PDF of a few pages, each different."""

import io
import random

from PIL import Image, ImageDraw, ImageFilter


def page(words: str, seed: int) -> Image.Image:
    """A sheet with lines of text on a table, a little tilted and soft, as in a photograph."""
    draw_from = random.Random(seed)  # noqa: S311 - variety, not secrecy
    sheet = Image.new("RGB", (1240, 1754), (250, 248, 243))
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((60, 60, 1180, 1694), outline=(35, 64, 143), width=4)
    pen.text((140, 140), words, fill=(20, 30, 60), font_size=44)
    for line in range(24):
        pen.text((140, 260 + line * 54), f"{draw_from.randrange(10**9):09d}  " * 4, fill=(60, 60, 70), font_size=24)
    return sheet


def photograph(words: str, seed: int = 0) -> bytes:
    """A JPEG with a camera's own notes in it (the portal must take them out)."""
    table = Image.new("RGB", (1500, 2050), (120, 96, 74))
    table.paste(page(words, seed).rotate(1.5, expand=True, fillcolor=(120, 96, 74)), (110, 120))
    notes = Image.Exif()
    notes[0x0110] = "Telephone"
    out = io.BytesIO()
    table.filter(ImageFilter.GaussianBlur(0.6)).save(out, "JPEG", quality=82, exif=notes)
    return out.getvalue()


def scan(words: str, pages: int = 2, seed: int = 0) -> bytes:
    """A PDF as an office scanner makes it."""
    sheets = [page(f"{words} - {number + 1}", seed + number) for number in range(pages)]
    out = io.BytesIO()
    sheets[0].save(out, "PDF", save_all=True, append_images=sheets[1:], resolution=150)
    return out.getvalue()
