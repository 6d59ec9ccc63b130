"""The writing of a picture: what is darker than the paper around it, whatever the light; white on black."""

from PIL import Image, ImageChops, ImageFilter

SIDE = 900  # pixels of the longest side: letters of a page are some six pixels high
DEEP = 26  # how much darker than its surroundings ink is
SPARSEST = 0.0015  # of the sheet: one short line of words


def ink_of(grey: Image.Image) -> Image.Image:
    small = grey.copy()
    small.thumbnail((SIDE, SIDE))
    calm = small.filter(ImageFilter.GaussianBlur(0.7))
    around = calm.filter(ImageFilter.BoxBlur(12))
    return ImageChops.subtract(around, calm).point([0] * DEEP + [255] * (256 - DEEP))


def is_blank(ink: Image.Image) -> bool:
    return ink.histogram()[255] < SPARSEST * ink.width * ink.height
