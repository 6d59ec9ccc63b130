"""What is wrong with a picture of a paper, by its pixels alone: blurred, dark, small, cut, lying on its side, blank."""

from PIL import Image

from procedures.evidence.framing import is_cut, is_turned
from procedures.evidence.ink import ink_of, is_blank
from procedures.evidence.sharpness import is_blurred

LEAST_LONG, LEAST_SHORT = 1000, 600  # pixels: below, a sheet A4 has letters of five pixels
DARKEST_PAPER = 112  # of 255: the brightest twentieth of a readable photograph is brighter


def faults_of(image: Image.Image) -> list[str]:
    """The codes of the warnings that fit, the worst first; a picture too dark or blank is judged no further."""
    found = ["small"] if max(image.size) < LEAST_LONG or min(image.size) < LEAST_SHORT else []
    grey = image.convert("L")
    if brightest(grey) < DARKEST_PAPER:
        return ["dark", *found]
    ink = ink_of(grey)
    if is_blank(ink):
        return ["blank", *found]
    if is_blurred(grey):
        return ["blurred", *found]
    turned = ["turned"] if is_turned(ink) else []
    return (["cut"] if is_cut(grey, ink) else []) + turned + found


def brightest(grey: Image.Image, share: float = 0.05) -> int:
    """The brightness that `share` of the pixels reach or pass."""
    small = grey.copy()
    small.thumbnail((400, 400))
    left = share * small.width * small.height
    for depth, count in reversed(list(enumerate(small.histogram()))):
        left -= count
        if left <= 0:
            return depth
    return 0
