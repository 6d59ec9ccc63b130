"""Arabic and French are complete and of one voice in every room, nothing is fuzzy, and nothing is left to gather."""

import re
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from tests.house.source import ROOT, named

CATALOGUES = sorted(
    path for path in ROOT.glob("**/locale/*/LC_MESSAGES/django.po") if not {".venv", "var"} & set(path.parts)
)
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")
# markup, addresses, characters by name, times
NO_SENTENCE = re.compile(r"<[^>]*>|\bhttps?:\S*|&#?\w+;|\b\d{1,2}:\d\d\b")
LOOSE = re.compile("(?<![\u00a0?!])[:;?!]|(?<!\u00a0)»|«(?!\u00a0)|'")


def catalogue(path: Path) -> Catalog:
    with path.open("rb") as text:
        return read_po(text, locale=path.parts[-3])


def strings(value: object) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, list | tuple) else (str(value or ""),)


@pytest.mark.parametrize("path", CATALOGUES, ids=named)
def test_every_string_is_translated_and_none_is_fuzzy(path: Path) -> None:
    messages = [message for message in catalogue(path) if message.id]
    assert "#, fuzzy" not in path.read_text("utf-8"), "of a fuzzy head the plural forms are not read"
    assert [message.id for message in messages if message.fuzzy] == []
    assert [message.id for message in messages if not all(strings(message.string))] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=named)
def test_a_translation_keeps_the_places_of_its_source(path: Path) -> None:
    def places(text: str) -> set[str]:
        return {first or second for first, second in PLACEHOLDER.findall(text)}

    wrong = [
        message.id
        for message in catalogue(path)
        if message.id
        for translated in strings(message.string)
        # a plural may leave its number out: Arabic says "one file" and "two files" without figures
        if not places(translated) <= set().union(*map(places, strings(message.id)))
        or (not message.pluralizable and places(translated) != places(str(message.id)))
    ]
    assert wrong == []


def test_both_languages_hold_the_same_strings() -> None:
    different = []
    for arabic in (path for path in CATALOGUES if path.parts[-3] == "ar" and path.parts[-4:-3] == ("locale",)):
        french = arabic.parents[2] / "fr" / "LC_MESSAGES" / "django.po"
        if arabic.parents[3] == ROOT:
            continue  # the months of Tunisia need no French
        if {str(m.id) for m in catalogue(arabic)} != {str(m.id) for m in catalogue(french)}:
            different.append(named(arabic))
    assert different == []


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_no_words_are_translated_in_two_ways_in_two_rooms(language: str) -> None:
    said: dict[tuple[str | None, str, int | None], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for path in CATALOGUES:
        if path.parts[-3] == language:
            for message in catalogue(path):
                for number, translated in enumerate(strings(message.string) if message.id else ()):
                    key = (message.context, strings(message.id)[0], number if message.pluralizable else None)
                    said[key][translated].append(named(path))
    # at run time all catalogues are one: the room that comes first would speak for the others
    assert {key: dict(ways) for key, ways in said.items() if len(ways) > 1} == {}, "mend one, or give one a context"


@pytest.mark.parametrize("path", [path for path in CATALOGUES if path.parts[-3] == "fr"], ids=named)
def test_french_holds_its_punctuation_with_no_break_spaces_and_has_its_own_apostrophe(path: Path) -> None:
    translations = [text for message in catalogue(path) if message.id for text in strings(message.string)]
    assert [text for text in translations if LOOSE.search(NO_SENTENCE.sub("", text))] == []


@pytest.mark.long
def test_nothing_is_left_to_gather(tmp_path: Path) -> None:
    copy = tmp_path / "tree"
    apart = shutil.ignore_patterns(".venv", "var", ".git", "__pycache__", "*.mo", "*.woff2", "*.ttf", ".mypy_cache")
    shutil.copytree(ROOT, copy, ignore=apart)
    subprocess.run([sys.executable, copy / "scripts" / "make_messages.py"], cwd=copy, check=True, capture_output=True)
    left = []
    for path in sorted(copy.glob("**/locale/*/LC_MESSAGES/django.po")):
        original = ROOT / path.relative_to(copy)
        if not original.exists():
            left.append(f"{path.relative_to(copy)}: not there yet")
            continue
        gathered = {(m.context, str(m.id)) for m in catalogue(path) if m.id}
        known = {(m.context, str(m.id)) for m in catalogue(original) if m.id}
        if original.parents[3] != ROOT and gathered != known:
            left.append(f"{path.relative_to(copy)}: {sorted(map(str, gathered ^ known))[:5]}")
    assert left == []
