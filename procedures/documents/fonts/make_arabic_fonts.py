"""Make the Arabic of documents from Noto Naskh Arabic 2.004 and Amiri Bold 1.002 (OFL 1.1); by hand, never at set-up.

    python procedures/documents/fonts/make_arabic_fonts.py bench/certificate/fonts procedures/documents/fonts

What it changes, so that each word is read back from a PDF as it was written: two letters never share a drawing (at the
beginning and in the middle of a word ڤ and ڨ were one, and so were ف and ڧ), no drawing stands for several letters (the
one of "God" came back as other letters), and no letter is two drawings (the tail that Amiri gives a lam before a kaf is
made part of the lam). What documents never print is left out: hints, kerning, vowel marks, signs of the Koran.
"""

import hashlib
import sys
import unicodedata
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

SOURCES = {
    "NotoNaskhArabic-Regular.ttf": "8c67eaa2f0086872628fc3f7f760386f83c8be5c5e9a1ba3a38891237b2ac7cb",
    "NotoNaskhArabic-Bold.ttf": "b5cbcb561b4b540ff11d7b6934577dbbbbb9e1d152d47f6f31f19176d58ff39c",
    "Amiri-Bold.ttf": "cfccb794268e7d573d857e6d6a67f89cf8a053e8ffd85dfa0c8ec1bb36fc4827",
}
MADE = {"NotoNaskhArabic": "Naskh", "Amiri": "Titles"}
BLOCKS = [*range(0x600, 0x700), *range(0x750, 0x780), *range(0x8A0, 0x900)]
IN_TITLES = [*range(0x621, 0x64B), *map(ord, "پچژڤڥڨگ")]
SIGNS = [0x20, 0xA0, 0xAB, 0xBB, 0x60C, 0x61B, 0x61F, 0x640, *range(0x660, 0x66E), 0x6D4, *range(0x6F0, 0x6FA)]
FORMS = ("init", "medi", "fina")
SEVERAL_OF_ONE, ONE_OF_SEVERAL = 2, 4  # kinds of lookup
KEPT_NAMES = (0, 5, 13, 14)


def main(source: Path, target: Path) -> None:
    for name, expected in SOURCES.items():
        if hashlib.sha256((source / name).read_bytes()).hexdigest() != expected:
            sys.exit(f"{name} is not the file whose words were read back: another comes back as other words.")
        font = TTFont(source / name, recalcTimestamp=False)
        family, style = name.removesuffix(".ttf").split("-")
        leave_out_ligatures(font)
        if family == "Amiri":
            cut(font, IN_TITLES)
            join_tails(font)
        else:
            give_each_letter_its_own(font)
            cut(font, letters_of(font))
        rename(font, f"Qallaline {MADE[family]}", style)
        path = target / f"Qallaline{MADE[family]}-{style}.ttf"
        font.save(path)
        sys.stdout.write(f"{path.name} {path.stat().st_size}\n")


def letters_of(font: TTFont) -> dict[int, str]:
    """The letters of its Arabic blocks, each with the glyph of its isolated form."""
    drawn = font.getBestCmap()
    return {code: drawn[code] for code in BLOCKS if code in drawn and is_whole(code)}


def is_whole(code: int) -> bool:
    """A letter, and none of the rare ones that programs take apart when they read it."""
    taken_apart = code > 0x64A and unicodedata.decomposition(chr(code))
    return unicodedata.category(chr(code)) == "Lo" and not taken_apart


def lookups(font: TTFont, kind: int) -> Iterator[tuple[int, Any]]:
    """Each lookup of a kind with its place and its tables."""
    for place, lookup in enumerate(font["GSUB"].table.LookupList.Lookup):
        tables = [getattr(table, "ExtSubTable", table) for table in lookup.SubTable]
        if tables and tables[0].LookupType == kind:
            yield place, tables


def leave_out_ligatures(font: TTFont) -> None:
    """A lam and its alef are two drawings by a lookup that stays; whatever makes one drawing of two letters goes."""
    joining = {place for place, _tables in lookups(font, ONE_OF_SEVERAL)}
    for record in font["GSUB"].table.FeatureList.FeatureRecord:
        kept = [place for place in record.Feature.LookupListIndex if place not in joining]
        record.Feature.LookupListIndex, record.Feature.LookupCount = kept, len(kept)


def give_each_letter_its_own(font: TTFont) -> None:
    """Where a form of a letter is drawn by the glyph of another, it gets a copy of that glyph."""
    owners = {glyph: code for code, glyph in letters_of(font).items()}
    for tag in FORMS:
        forms = forms_of(font, tag)
        for code, glyph in sorted(letters_of(font).items()):
            form = forms.get(glyph)
            if form is not None and owners.setdefault(form, code) != code:
                forms[glyph] = f"{glyph}.{tag}.own"
                add(font, forms[glyph], deepcopy(font["glyf"][form]), font["hmtx"][form])
                owners[forms[glyph]] = code


def forms_of(font: TTFont, tag: str) -> dict[str, str]:
    """Which glyph takes the place of which at one place of a word: the table itself, to be changed."""
    table = font["GSUB"].table
    (record,) = (each for each in table.FeatureList.FeatureRecord if each.FeatureTag == tag)
    (place,) = record.Feature.LookupListIndex
    (forms,) = table.LookupList.Lookup[place].SubTable
    mapping: dict[str, str] = forms.mapping
    return mapping


def join_tails(font: TTFont) -> None:
    """A letter that is drawn as itself and a tail to its left becomes one drawing of the same look."""
    for _place, tables in lookups(font, SEVERAL_OF_ONE):
        for table in tables:
            for glyph, drawn in table.mapping.items():
                if len(drawn) == 2:
                    table.mapping[glyph] = [joined(font, *drawn)]


def joined(font: TTFont, letter: str, tail: str) -> str:
    name = f"{letter}.{tail}"
    if name not in font.getGlyphOrder():
        width, _side = font["hmtx"][tail]
        pen = TTGlyphPen(font["glyf"])
        pen.addComponent(tail, (1, 0, 0, 1, 0, 0))
        pen.addComponent(letter, (1, 0, 0, 1, width, 0))
        glyph = pen.glyph()
        glyph.recalcBounds(font["glyf"])
        add(font, name, glyph, (width + font["hmtx"][letter][0], glyph.xMin))
    return name


def add(font: TTFont, name: str, glyph: Any, measures: tuple[int, int]) -> None:
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"][name] = glyph
    font["hmtx"][name] = measures


def cut(font: TTFont, letters: Any) -> None:
    options = subset.Options()
    options.layout_features, options.hinting, options.name_IDs = [*FORMS, "rlig"], False, list(KEPT_NAMES)
    options.notdef_outline, options.drop_tables = True, [*options.drop_tables, "DSIG", "GPOS", "gasp"]
    options.recalc_timestamp = False
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=sorted({*letters, *SIGNS}))
    subsetter.subset(font)


def rename(font: TTFont, family: str, style: str) -> None:
    table = font["name"]
    table.names = [name for name in table.names if name.nameID in KEPT_NAMES]
    whole, called = f"{family} {style}", f"{family.replace(' ', '')}-{style}"
    told = {1: whole, 2: "Regular", 3: called, 4: whole, 6: called, 16: family, 17: style}
    for name_id, text in told.items():
        table.setName(text, name_id, 3, 1, 0x409)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
