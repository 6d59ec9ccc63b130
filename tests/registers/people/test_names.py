"""Names are heard alike in Arabic and in French, and near misses apart; how well, the bench measures and this holds."""

import pytest

from bench.identity import Pair, measure, pairs
from registers.people.folding import fold_arabic, fold_latin
from registers.people.given_names import common_names
from registers.people.names import Names, likeness, part_likeness, skeleton


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("عبد الله", "عبدالله"), ("أحمد", "احمد"), ("يحيى", "يحيي"), ("فاطمة", "فاطمه"), ("مُحَمَّد", "محمد"),
        ("محـمـد", "محمد"), ("بن علي", "بنعلي"), ("أبو بكر", "بوبكر"), ("بن الحاج", "بالحاج"),
        ("نور الدين", "نورالدين"),
        ("سعاد\u200f", "سعاد"), ("ڤفصة", "قفصة"), ("مؤمن", "مومن"), ("رجاء", "رجا"),
    ],
)  # fmt: skip
def test_spellings_of_one_arabic_name_fold_to_one(one: str, other: str):
    assert fold_arabic(one) == fold_arabic(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ben Abdallah", "BENABDALLAH"), ("Abd El Kader", "Abdelkader"), ("Nour-Eddine", "Noureddine"),
     ("Aïcha", "Aicha"), ("Med", "Mohamed"), ("Ben El Haj", "Belhaj"), ("El Kefi", "Kefi")],
)  # fmt: skip
def test_spellings_of_one_latin_name_fold_to_one(one: str, other: str):
    assert fold_latin(one) == fold_latin(other)


@pytest.mark.parametrize(
    ("arabic", "latin"),
    [("عبد الرحمان", "Abderrahmane"), ("إيمان", "Imen"), ("فتحي", "Fethi"), ("عز الدين", "Ezzeddine"),
     ("شاكر", "Shaker"), ("الغنوشي", "Ghannouchi"), ("القاسمي", "Guesmi"), ("حياة", "Hayet")],
)  # fmt: skip
def test_the_consonants_are_the_same_from_both_scripts(arabic: str, latin: str):
    assert skeleton(arabic) == skeleton(latin)


def test_the_names_of_the_demonstration_are_heard_alike_in_both_scripts():
    names = common_names()
    assert len(names.first["f"]) + len(names.first["m"]) >= 120
    assert len(names.last) >= 150
    apart = [name for name in [*names.first["f"], *names.first["m"], *names.last] if part_likeness(*name) < 0.9]
    assert apart == []


def test_empty_names_are_like_nothing():
    assert likeness(Names(), Names("أمل", "التونسي")) == 0
    assert likeness(Names(first_ar="أمل"), Names(first_ar="أمل")) < 91  # a given name alone says too little
    assert skeleton("") == skeleton("١٢٣ --") == ""


def test_names_in_each_others_column_and_without_mohamed_are_alike():
    assert likeness(Names("", "", "Amel", "Tounsi"), Names("", "", "TOUNSI", "Amel")) >= 95
    assert likeness(Names("محمد أمين", "الصغير"), Names("أمين", "الصغير")) >= 95


@pytest.mark.parametrize(
    ("kind", "persons", "missed", "false"), [("known", 118, 1, 5), ("fresh", 125, 2, 6), ("second", 120, 2, 5)]
)
def test_identity_is_as_good_as_it_was_measured(kind: str, persons: int, missed: int, false: int):
    measured = [pair for pair in pairs() if pair.set == kind]
    assert sum(pair.same for pair in measured) == persons
    not_found, wrong = measure(measured)
    assert len(not_found) <= missed, told(not_found)
    assert len(wrong) <= false, told(wrong)


def told(found: list[Pair]) -> str:
    return "\n".join(f"{pair.likeness} {pair.left} {pair.right}" for pair in found)
