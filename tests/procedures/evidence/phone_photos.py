"""Photographs of papers as telephones take them, good and bad, drawn from a seed; knows nothing of the checks.

Every picture is drawn on its own: another sheet, table, light, tilt, camera and weight each time.
"""

import io
import math
from collections.abc import Callable
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter, ImageFont

FONTS = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSerif.ttf", "DejaVuSansMono.ttf")
FOLDER = "/usr/share/fonts/truetype/dejavu/"
LATIN = ("certificat", "formation", "professionnelle", "année", "niveau", "mention", "délivré", "module", "heures")
ARABIC = ("شهادة", "تكوين", "مهني", "سنة", "مستوى", "ملاحظة", "مركز", "وحدة", "ساعات", "تربص", "تونس", "امتحان")
TABLES = ((92, 64, 40), (60, 62, 70), (150, 112, 76), (38, 46, 60), (118, 30, 34), (136, 128, 118), (70, 92, 70))
Corner = tuple[float, float]


def sheet(chance: Random, *, wide: bool = False) -> Image.Image:
    """A page of A4 with a title, paragraphs, a table or a seal, in one of the two scripts."""
    size = (1684, 1190) if wide else (1190, 1684)
    paper = chance.choice(((252, 250, 246), (246, 241, 226), (255, 255, 255), (236, 244, 240)))
    page = Image.new("RGB", size, paper)
    pen = ImageDraw.Draw(page)
    words = chance.choice((LATIN, ARABIC))
    margin, ink = chance.randrange(80, 130), chance.choice(((20, 20, 30), (30, 40, 90), (60, 50, 50)))
    big, small = (
        ImageFont.truetype(FOLDER + chance.choice(FONTS), points) for points in (44, chance.choice((20, 22, 26)))
    )
    pen.text((margin, margin), " ".join(chance.choices(words, k=3)), fill=ink, font=big)
    line, end = margin + 110, size[1] - margin - chance.randrange(0, size[1] // 3)
    while line < end:
        text = " ".join(chance.choices(words, k=chance.randrange(6, 16)))
        while pen.textlength(text, font=small) > size[0] - 2 * margin:
            text = text.rpartition(" ")[0]
        pen.text((margin, line), text, fill=ink, font=small)
        line += chance.choice((34, 36, 38, 38, 70))
    if chance.random() < 0.5:
        _seal(chance, pen, (size[0] - margin - 240, size[1] - margin - 240))
    if chance.random() < 0.4:
        pen.rectangle((margin // 2, margin // 2, size[0] - margin // 2, size[1] - margin // 2), outline=ink, width=4)
    return page


def _seal(chance: Random, pen: ImageDraw.ImageDraw, at: tuple[int, int]) -> None:
    x, y = at
    tint = chance.choice(((40, 60, 150), (150, 40, 50)))
    pen.ellipse((x, y, x + 220, y + 220), outline=tint, width=6)
    pen.ellipse((x + 30, y + 30, x + 190, y + 190), outline=tint, width=3)


def card(chance: Random) -> Image.Image:
    """An identity card, near: a portrait and a few lines."""
    page = Image.new("RGB", (1400, 880), chance.choice(((214, 226, 236), (240, 232, 214), (222, 236, 222))))
    pen = ImageDraw.Draw(page)
    pen.rectangle((70, 230, 430, 680), fill=(160, 150, 145), outline=(60, 60, 60), width=4)
    pen.ellipse((150, 300, 350, 560), fill=(196, 164, 142))
    words, font = chance.choice((LATIN, ARABIC)), ImageFont.truetype(FOLDER + FONTS[1], 48)
    pen.text((420, 60), " ".join(chance.choices(words, k=2)), fill=(20, 30, 60), font=font)
    for line in range(6):
        pen.text(
            (500, 210 + line * 100),
            " ".join(chance.choices(words, k=chance.randrange(2, 4)))[:28],
            fill=(20, 20, 30),
            font=font,
        )
    return page


def table(chance: Random, size: tuple[int, int]) -> Image.Image:
    """What the paper lies on: a colour with grain, and the lines of planks now and then."""
    tint = chance.choice(TABLES)
    ground = Image.new("RGB", size, tint)
    pen = ImageDraw.Draw(ground)
    if chance.random() < 0.5:
        for x in range(0, size[0], chance.randrange(120, 260)):
            pen.line(
                (x, 0, x + chance.randrange(-40, 40), size[1]), fill=tuple(int(part * 0.8) for part in tint), width=6
            )
    grain = Image.effect_noise((size[0] // 2, size[1] // 2), 30).resize(size).convert("RGB")
    return Image.blend(ground, ImageChops.overlay(ground, grain), 0.35)


def laid(chance: Random, page: Image.Image, *, share: float = 0.0, off: Corner = (0, 0)) -> Image.Image:
    """The sheet on the table, seen a little from the side; `off` moves it, in shares of its size."""
    share = share or chance.uniform(0.82, 0.93)
    frame = (1500, 2000) if page.height > page.width else (2000, 1500)
    ground = table(chance, frame)
    factor = share * min(frame[0] / page.width, frame[1] / page.height)
    width, height = page.width * factor, page.height * factor
    middle = (frame[0] / 2 + off[0] * width, frame[1] / 2 + off[1] * height)
    coefficients = perspective(corners_of(chance, middle, width / 2, height / 2), page.size)
    there = page.transform(frame, Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BICUBIC)
    mask = Image.new("L", page.size, 255).transform(frame, Image.Transform.PERSPECTIVE, coefficients)
    ground.paste(there, mask=mask)
    return ground


def corners_of(chance: Random, middle: Corner, width: float, height: float) -> list[Corner]:
    """Where a sheet's corners lie: tilted by up to four degrees, each nearer or further by a little."""
    angle, found = math.radians(chance.uniform(-4, 4)), []
    for x, y in ((-1, -1), (-1, 1), (1, 1), (1, -1)):
        lean = 1 + chance.uniform(-0.025, 0.0)
        dx, dy = x * width * lean, y * height * lean
        across = dx * math.cos(angle) - dy * math.sin(angle)
        down = dx * math.sin(angle) + dy * math.cos(angle)
        found.append((middle[0] + across, middle[1] + down))
    return found


def perspective(corners: list[Corner], size: tuple[int, int]) -> list[float]:
    """The eight numbers that lead from the frame back to the page (from the upper left by the lower left)."""
    goals = ((0, 0), (0, size[1]), (size[0], size[1]), (size[0], 0))
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(corners, goals, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for pivot in range(8):
        best = max(range(pivot, 8), key=lambda row: abs(rows[row][pivot]))
        rows[pivot], rows[best] = rows[best], rows[pivot]
        for row in range(8):
            if row != pivot:
                ratio = rows[row][pivot] / rows[pivot][pivot]
                rows[row] = [left - ratio * right for left, right in zip(rows[row], rows[pivot], strict=True)]
    return [rows[row][8] / rows[row][row] for row in range(8)]


def lit(chance: Random, photo: Image.Image) -> Image.Image:
    """Light that falls from one side, stronger here than there."""
    slope = Image.linear_gradient("L").rotate(chance.choice((0, 90, 180, 270))).resize(photo.size)
    weak = chance.uniform(0.72, 0.9)
    light = slope.point([int(255 * (weak + (1 - weak) * depth / 255)) for depth in range(256)])
    return ImageChops.multiply(photo, Image.merge("RGB", (light,) * 3))


def taken(chance: Random, photo: Image.Image, *, soft: float = 0.0) -> bytes:
    """As the camera keeps it: lens, grain, compression, and its notes."""
    photo = photo.filter(ImageFilter.GaussianBlur(soft or chance.uniform(0.3, 0.7)))
    grain = Image.effect_noise(photo.size, chance.uniform(4, 12)).convert("RGB")
    photo = ImageChops.add(photo, grain, 1, -128)
    notes = Image.Exif()
    notes[0x0110] = "Telephone"
    out = io.BytesIO()
    photo.save(out, "JPEG", quality=chance.randrange(68, 93), exif=notes)
    return out.getvalue()


def good(chance: Random) -> bytes:
    """A photograph that an officer accepts."""
    way = chance.randrange(6)
    if way == 0:
        return taken(chance, lit(chance, laid(chance, card(chance), share=chance.uniform(0.7, 0.9))))
    if way == 1:
        return taken(chance, lit(chance, laid(chance, sheet(chance, wide=True))))
    if way == 2:  # from a scanner: the sheet is all there is
        return taken(chance, sheet(chance).resize((1654, 2339)), soft=0.3)
    return taken(chance, lit(chance, laid(chance, sheet(chance))))


def blurred(chance: Random) -> bytes:
    """Out of focus, or moved."""
    photo = lit(chance, laid(chance, sheet(chance)))
    if chance.random() < 0.5:
        return taken(chance, photo, soft=chance.uniform(3.2, 7))
    return taken(chance, moved(photo, chance.randrange(13, 26), chance.choice((0, 1))))


def moved(photo: Image.Image, far: int, direction: int) -> Image.Image:
    total = photo
    for step in range(1, far):
        shifted = ImageChops.offset(photo, step if direction == 0 else 0, step if direction else 0)
        total = Image.blend(total, shifted, 1 / (step + 1))
    return total


def dark(chance: Random) -> bytes:
    """Without light."""
    photo = lit(chance, laid(chance, sheet(chance)))
    return taken(chance, ImageEnhance.Brightness(photo).enhance(chance.uniform(0.14, 0.36)))


def cut(chance: Random) -> bytes:
    """A side of the sheet is outside of the photograph, or of the scanner's glass."""
    if chance.random() < 0.3:
        page = sheet(chance).resize((1654, 2339))
        return taken(chance, page.crop((chance.randrange(260, 420), 0, 1654, 2339)), soft=0.3)
    off = chance.choice(((0.25, 0), (-0.25, 0), (0, 0.2), (0, -0.2), (0.2, 0.2), (-0.2, -0.2)))
    return taken(chance, lit(chance, laid(chance, sheet(chance), off=off)))


def turned(chance: Random) -> bytes:
    """Lying on its side, and the camera has not noted it."""
    photo = lit(chance, laid(chance, sheet(chance, wide=chance.random() < 0.3)))
    return taken(chance, photo.transpose(chance.choice((Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_270))))


BAD: dict[str, Callable[[Random], bytes]] = {"blurred": blurred, "dark": dark, "cut": cut, "turned": turned}
