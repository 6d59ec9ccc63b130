"""Whether writing is sharp: how steep the edges of letters are, compared with how dark the letters are."""

from PIL import Image, ImageChops, ImageFilter

SIDE = 1600  # pixels of the longest side, at which a sheet A4 has letters of ten pixels
WINDOW = 16  # pixels: a letter and what stands beside it
CONTRAST = 60  # between the darkest and the brightest pixel of a window with writing in it
FEWEST = 12  # windows with writing, below which nothing is said
STEEPEST = 0.30  # of the contrast of a letter, from one pixel to the next; a sharp one has half and more


def is_blurred(grey: Image.Image) -> bool:
    steep = steepness(grey)
    return steep is not None and steep < STEEPEST


def steepness(grey: Image.Image) -> float | None:
    """The steepest edge over the contrast, in the middle of all windows with writing; None where there is none.

    Upright and lying edges are judged apart, and the worse counts: a hand that moves blurs one of the two only.
    """
    small = grey.copy()
    small.thumbnail((SIDE, SIDE))
    small = small.filter(ImageFilter.GaussianBlur(0.6))  # grain is not sharpness
    contrast = _windows(ImageChops.subtract(_most(small), _least(small)))
    found = []
    for aside, below in ((1, 0), (0, 1)):
        steps = _windows(_most(ImageChops.difference(small, ImageChops.offset(small, aside, below))))
        written = sorted(step / depth for step, depth in zip(steps, contrast, strict=True) if depth >= CONTRAST)
        found.append(written[len(written) // 2] if len(written) >= FEWEST else None)
    return None if None in found else min(each for each in found if each is not None)


def _most(image: Image.Image) -> Image.Image:
    """Each pixel the brightest of the window that ends in it."""
    for far in (1, 2, 4, 8):
        for way in ((far, 0), (0, far)):
            image = ImageChops.lighter(image, ImageChops.offset(image, *way))
    return image


def _least(image: Image.Image) -> Image.Image:
    for far in (1, 2, 4, 8):
        for way in ((far, 0), (0, far)):
            image = ImageChops.darker(image, ImageChops.offset(image, *way))
    return image


def _windows(image: Image.Image) -> bytes:
    """One pixel of every window, without those at the edge of the picture."""
    inner = image.crop((WINDOW * 2, WINDOW * 2, image.width - WINDOW, image.height - WINDOW))
    shape = (max(1, inner.width // WINDOW * 2), max(1, inner.height // WINDOW * 2))
    return inner.resize(shape, Image.Resampling.NEAREST).tobytes()
