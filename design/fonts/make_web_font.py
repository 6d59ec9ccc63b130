"""Make the web font "Qallaline Sans" from Readex Pro (OFL 1.1, no reserved name); run by hand, never at set-up.

    npm pack @fontsource-variable/readex-pro@5.3.0
    tar xzf fontsource-variable-readex-pro-5.3.0.tgz
    python design/fonts/make_web_font.py package/files design/static/design

What it changes: the weights are kept to 300-700; the letter ڨ (U+06A8, the /g/ of Tunisian names), which Readex Pro
lacks, is composed from its own parts and joined like its neighbours; Latin is cut in three files, so that a page in
Arabic or French fetches little, and one that names a Müller or a Dvořák the rest as well.
"""

import copy
import io
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

QAF_WITH_THREE_DOTS, GLYPH = 0x06A8, "uni06A8"
ARABIC = [*range(0x600, 0x660), 0x66A, 0x66B, 0x66C, 0x670, 0x671, 0x6A4, QAF_WITH_THREE_DOTS, 0x20, 0xA0]
PUNCTUATION = [0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2026, 0x202F, 0x20AC, 0x2212]
FRENCH = [ord(letter) for letter in "ÀÂÇÈÉÊËÎÏÔÙÛÜàâçèéêëîïôùûüŸÿ«»°·×"]
LATIN = [*range(0x20, 0x7F), 0xA0, 0x152, 0x153, *FRENCH, *PUNCTUATION]
LATIN_1 = [*(sign for sign in range(0xA1, 0x100) if sign not in FRENCH), 0x131]
EXTENDED = [*range(0x100, 0x131), *range(0x132, 0x152), *range(0x154, 0x180), 0x218, 0x219, 0x21A, 0x21B, 0x1E9E]
FILES = {"la": ("latin", LATIN), "l1": ("latin", LATIN_1), "le": ("latin-ext", EXTENDED)}


def main(source: Path, target: Path) -> None:
    arabic = io.BytesIO()
    with_gaf(TTFont(source / "readex-pro-arabic-wght-normal.woff2", recalcTimestamp=False)).save(arabic)
    arabic.seek(0)
    cut(arabic, ARABIC, ["*"], target / "qallaline-ar.woff2")
    for name, (part, signs) in FILES.items():
        path = source / f"readex-pro-{part}-wght-normal.woff2"
        cut(path, signs, ["kern", "liga", "ccmp", "mark", "tnum"], target / f"qallaline-{name}.woff2")


def with_gaf(font: TTFont) -> TTFont:
    """Qaf with three dots, from the letter and the dots that the font has, in its four positions."""
    if "HVAR" in font:
        del font["HVAR"]
    for source, made in (("uni0642", GLYPH), ("uni0642.fina", f"{GLYPH}.fina")):
        _clone(font, source, made)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[QAF_WITH_THREE_DOTS] = GLYPH
    joins = ((3, f"{GLYPH}.fina"), (1, "uni06A4.init"), (2, "uni06A4.medi"))
    for lookup, joined in joins:
        table = font["GSUB"].table.LookupList.Lookup[lookup].SubTable[0]
        getattr(table, "ExtSubTable", table).mapping[GLYPH] = joined
    classes = font["GDEF"].table.GlyphClassDef
    if classes:
        classes.classDefs.update({GLYPH: 1, f"{GLYPH}.fina": 1})
    font.flavor = None
    return font


def _clone(font: TTFont, source: str, made: str) -> None:
    glyphs, variations, metrics = font["glyf"], font["gvar"].variations, font["hmtx"].metrics  # read before they grow
    drawn = copy.deepcopy(glyphs[source])
    drawn.components[1].glyphName = "threedotsupabovear"
    glyphs.glyphs[made] = drawn
    font.setGlyphOrder([*font.getGlyphOrder(), made])
    glyphs.glyphOrder = font.getGlyphOrder()
    metrics[made] = metrics[source]
    variations[made] = copy.deepcopy(variations.get(source, []))


def cut(source: Path | io.BytesIO, signs: list[int], features: list[str], target: Path) -> None:
    font = TTFont(source, recalcTimestamp=False)
    options = subset.Options()
    options.layout_features, options.hinting, options.name_IDs = features, False, ["*"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=signs)
    subsetter.subset(font)
    font = instancer.instantiateVariableFont(font, {"wght": (300, 400, 700)})
    for name in font["name"].names:
        if name.nameID in (1, 3, 4, 6, 16):
            called = "QallalineSans" if name.nameID == 6 else "Qallaline Sans"
            font["name"].setName(called, name.nameID, name.platformID, name.platEncID, name.langID)
    font.flavor = "woff2"
    font.save(target)
    sys.stdout.write(f"{target.name} {target.stat().st_size}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
