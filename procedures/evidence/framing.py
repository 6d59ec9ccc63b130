"""How a sheet lies in its picture: whether an edge of it is outside, and whether its lines run upwards."""

from itertools import pairwise

from PIL import Image, ImageChops, ImageFilter

SIDE = 320  # pixels of the longest side, for the sheet against the table
APART = 40  # how much brighter a sheet is than a table, for the two to be told from each other
BETWEEN = 12  # depths around the limit of the two ...
MURKY = 0.10  # ... which hold no more of the picture than this where there are two
TOUCHES, CLEAR = 0.14, 0.04  # share of a side that the sheet runs over, and share that it leaves free
MELT = 3  # pixels, by which the letters of a line run into each other
SIDEWAYS = 1.3  # how much more the picture changes from left to right
LINES_CUT = 9  # writing that begins right at a side this many times


def is_cut(grey: Image.Image, ink: Image.Image) -> bool:
    """The sheet runs out of the picture on a side while the table is seen on another; or lines begin at a side."""
    sides = sheet_at_sides(grey)
    if sides and min(sides) <= CLEAR:
        return max(sides) >= TOUCHES
    return max(_starts(side) for side in _sides(ink, 3)) >= LINES_CUT


def sheet_at_sides(grey: Image.Image) -> list[float]:
    """Which share of each side the sheet covers; empty where sheet and table cannot be told apart."""
    small = grey.copy()
    small.thumbnail((SIDE, SIDE))
    plain = small.filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.MinFilter(5)).filter(ImageFilter.BoxBlur(2))
    limit = _limit(plain.histogram())
    if limit is None:
        return []
    sheet = plain.point([0] * (limit + 1) + [255] * (255 - limit))
    return [sum(side) / 255 / len(side) for side in _sides(sheet, 4)]


def is_turned(ink: Image.Image) -> bool:
    """Letters melt into lines: what changes from left to right more than from line to line runs upwards."""
    return lying(ink) > SIDEWAYS


def lying(ink: Image.Image) -> float:
    """Change from left to right over change from above to below, in the middle of the picture."""
    width, height = ink.size
    inner = ink.crop((width // 8, height // 8, width - width // 8, height - height // 8))
    melted = inner.filter(ImageFilter.GaussianBlur(MELT))
    across, down = (ImageChops.difference(melted, ImageChops.offset(melted, *way)) for way in ((1, 0), (0, 1)))
    return _energy(across) / max(_energy(down), 1.0)


def _energy(change: Image.Image) -> float:
    return sum(count * depth * depth for depth, count in enumerate(change.histogram()) if depth < 128)


def _limit(histogram: list[int]) -> int | None:
    """The depth between table and sheet (Otsu's); None where there is one of the two only, or light runs evenly."""
    count, weight = sum(histogram), sum(depth * each for depth, each in enumerate(histogram))
    best, limit, below, below_weight, apart = 0.0, None, 0, 0, 0.0
    for depth, each in enumerate(histogram):
        below, below_weight = below + each, below_weight + depth * each
        if not below or below == count:
            continue
        dark, bright = below_weight / below, (weight - below_weight) / (count - below)
        between = below * (count - below) * (bright - dark) ** 2
        if between > best:
            best, limit, apart = between, depth, bright - dark
    if limit is None or apart < APART:
        return None
    return limit if sum(histogram[max(0, limit - BETWEEN) : limit + BETWEEN]) <= MURKY * count else None


def _sides(image: Image.Image, deep: int) -> list[bytes]:
    """The four sides as lines of pixels, each the mean of the outermost `deep`."""
    width, height = image.size
    lying = ((0, 0, width, deep), (0, height - deep, width, height))
    standing = ((0, 0, deep, height), (width - deep, 0, width, height))
    return [
        image.crop(box).resize(shape, Image.Resampling.BOX).tobytes()
        for boxes, shape in ((lying, (width, 1)), (standing, (1, height)))
        for box in boxes
    ]


def _starts(side: bytes) -> int:
    """How often writing begins along a side."""
    return sum(left < 100 <= right for left, right in pairwise(side))
