"""Make the Latin of documents, "Qallaline Document", from IBM Plex Sans (OFL 1.1); run by hand, never at set-up.

    npm pack @fontsource/ibm-plex-sans@5.3.0
    tar xzf fontsource-ibm-plex-sans-5.3.0.tgz
    python procedures/documents/fonts/make_document_fonts.py package procedures/documents/fonts

What it changes: the parts that a web page fetches one by one become one file a weight; hints and the ligatures that
tear a word apart when it is read back are left out; the name is another, for "Plex" is reserved. The "RTL" copies are
the same drawings at 87 %: they stand beside Arabic without shouting, and brackets in Arabic keep their own glyph map.
"""

import sys
import tempfile
from pathlib import Path

from fontTools import merge, subset
from fontTools.ttLib import TTFont

PARTS = ("latin", "latin-ext", "vietnamese")
WEIGHTS = {400: "Regular", 500: "Medium", 600: "SemiBold"}
MADE = {"": (400, 600), " RTL": (400, 500)}  # the bold of the copies is lighter, like the Arabic beside it
RTL_UNITS = 1150  # of an em drawn on 1000: 87 %
LETTERS = [*range(0x20, 0x7F), *range(0xA0, 0x250), 0x259, 0x2BC, *range(0x300, 0x370), *range(0x1E00, 0x1F00)]
SIGNS = [*range(0x2012, 0x2028), 0x202F, 0x2032, 0x2033, 0x2039, 0x203A, 0x20AC, 0x2122, 0x2212]
KEPT_NAMES = (0, 5, 14)
FEATURES = ["kern", "ccmp", "locl", "mark", "mkmk"]


def main(package: Path, target: Path) -> None:
    for copy, weights in MADE.items():
        for weight in weights:
            font = merged(package / "files", weight)
            style = WEIGHTS[weight]
            rename(font, f"Qallaline Document{copy}", style, weight)
            if copy:
                font["head"].unitsPerEm = RTL_UNITS
            path = target / f"QallalineDocument{copy.strip()}-{style}.ttf"
            font.save(path)
            sys.stdout.write(f"{path.name} {path.stat().st_size}\n")


def merged(files: Path, weight: int) -> TTFont:
    """One font of all parts; what a part repeats of another is left out before, so that nothing is drawn twice."""
    seen: set[int] = set()
    with tempfile.TemporaryDirectory() as folder:
        cut = []
        for part in PARTS:
            font = TTFont(files / f"ibm-plex-sans-{part}-{weight}-normal.woff2", recalcTimestamp=False)
            signs = {sign for sign in font.getBestCmap() if sign in {*LETTERS, *SIGNS}} - seen
            seen |= signs
            cut.append(str(Path(folder) / f"{part}.ttf"))
            subset_to(font, signs).save(cut[-1])
        made = merge.Merger().merge(cut)
        # no moment of making: the same parts give the same bytes
        made["head"].created = made["head"].modified = TTFont(cut[0])["head"].created
        made.recalcTimestamp = False
        return subset_to(made, seen)


def subset_to(font: TTFont, signs: set[int]) -> TTFont:
    options = subset.Options()
    options.layout_features, options.hinting, options.name_IDs = FEATURES, False, list(KEPT_NAMES)
    options.notdef_outline, options.drop_tables = True, [*options.drop_tables, "STAT", "gasp"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=sorted(signs))
    subsetter.subset(font)
    font.flavor = None
    return font


def rename(font: TTFont, family: str, style: str, weight: int) -> None:
    table = font["name"]
    table.names = [name for name in table.names if name.nameID in KEPT_NAMES]
    called = f"{family.replace(' ', '')}-{style}"
    told = {1: f"{family} {style}", 2: "Regular", 3: called, 4: f"{family} {style}", 6: called, 16: family, 17: style}
    for name_id, text in told.items():
        table.setName(text, name_id, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
