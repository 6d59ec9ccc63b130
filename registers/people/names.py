"""How alike two names are, whatever script each is written in. Likeness proposes; it never decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from registers.people.folding import fold_arabic, fold_latin
from registers.people.skeletons import Spelling, heard, skeleton, spellings

__all__ = ["Names", "fold_arabic", "fold_latin", "keys_of", "likeness", "skeleton"]
LETTERS_WRONG = 0.9  # what a like word with a wrong consonant is worth at most
ANOTHER_BEGINNING, ANOTHER_END = 0.9, 0.9
BEGINNINGS = (("a", "l"), ("a", "W"), ("bn", "bl"))  # Abidi, Labidi; Ounes, وناس; Ben Cheikh, بن الشيخ
AT_THE_END, WITHIN = 0.18, 0.18  # what a closing vowel, or a long one, costs that one side alone has
AN_I_WITHIN = 0.12
SERVANT = "abd"
LEFT_OUT, LEFT_OUT_MOHAMED = 0.12, 0.04  # what a word costs that one side alone has
COMMON = {"mHmd"}
Word = tuple[str, Spelling]  # a folded word, and how it is heard


@dataclass(frozen=True)
class Names:
    """A name in the scripts that are known; empty where one is not."""

    first_ar: str = ""
    last_ar: str = ""
    first_lat: str = ""
    last_lat: str = ""


def keys_of(names: Names) -> dict[str, str]:
    """The three keys of a person: `key_ar`, `key_lat`, `key_cross`; words in alphabetical order."""
    folded = _ordered(fold_arabic(names.first_ar), fold_arabic(names.last_ar))
    cross = _ordered(skeleton(names.first_ar), skeleton(names.last_ar))
    latin = _ordered(skeleton(names.first_lat), skeleton(names.last_lat))
    return {"key_ar": folded[:160], "key_lat": (latin or cross)[:160], "key_cross": cross[:160]}


def likeness(left: Names, right: Names) -> int:
    """0 to 100. The script that both have is compared; across scripts where they share none."""
    arabic = _whole((left.first_ar, left.last_ar), (right.first_ar, right.last_ar))
    latin = _whole((left.first_lat, left.last_lat), (right.first_lat, right.last_lat))
    if arabic is not None and latin is not None:
        return round(100 * (0.65 * arabic + 0.35 * latin))
    if arabic is not None or latin is not None:
        return round(100 * (arabic if arabic is not None else latin or 0.0))
    across = _whole(_either(left), _either(right))
    return round(100 * (across or 0.0))


def part_likeness(left: str, right: str) -> float:
    """0 to 1 for a given name or a family name of one or more words, in either script."""
    one, other = sorted((_words(left), _words(right)), key=len)
    if not one:
        return 0.0
    rest = list(other)
    total = 0.0
    for word in one:
        best = max(rest, key=lambda candidate: word_likeness(word, candidate))
        total += word_likeness(word, best)
        rest.remove(best)
    lost = sum(LEFT_OUT_MOHAMED if word[1].consonants in COMMON else LEFT_OUT for word in rest)
    return max(0.0, total / len(one) - lost)


def word_likeness(left: Word, right: Word) -> float:
    """The most alike of what the two words may be heard as."""
    return max(_alike(one, other) for one in _hearings(left) for other in _hearings(right))


def _hearings(word: Word) -> tuple[Word, ...]:
    """French writes ش as ch, so that sh may be two letters: Shili, السهيلي."""
    text, heard_as = word
    if heard_as.arabic or "sh" not in text:
        return (word,)
    return word, (text, heard(text.replace("sh", "s-h"), arabic=False))


def _alike(left: Word, right: Word) -> float:
    """Equal consonants: less what the vowels contradict. Else how near the consonants, or the letters, are."""
    (text, one), (other_text, other) = left, right
    if text == other_text:
        return 1.0
    if one.consonants == other.consonants:
        return max(0.0, 1.0 - _contradiction(one, other))
    if any(_begins_otherwise(one.consonants, other.consonants, pair) for pair in BEGINNINGS):
        return ANOTHER_BEGINNING
    if not one.arabic and not other.arabic and _closes_otherwise(one.consonants, other.consonants):
        return ANOTHER_END
    near = JaroWinkler.similarity(*_own(one.consonants, other.consonants))
    if one.arabic == other.arabic:
        return LETTERS_WRONG * min(near, OSA.normalized_similarity(text, other_text))
    return LETTERS_WRONG * near


def _whole(left: tuple[str, str], right: tuple[str, str]) -> float | None:
    """Given and family name together; in each other's column costs a little. None where a side has none."""
    if not any(left) or not any(right):
        return None
    straight = _both(part_likeness(left[0], right[0]), part_likeness(left[1], right[1]))
    if straight > 0.95:
        return straight
    swapped = _both(part_likeness(left[0], right[1]), part_likeness(left[1], right[0]))
    return max(straight, swapped - 0.02)


def _both(first: float, last: float) -> float:
    """The worse half counts as much as the mean: one like part does not carry another."""
    return 0.5 * min(first, last) + 0.25 * (first + last)


def _either(names: Names) -> tuple[str, str]:
    return names.first_ar or names.first_lat, names.last_ar or names.last_lat


@lru_cache(maxsize=20_000)
def _words(text: str) -> tuple[Word, ...]:
    spelt = spellings(text)
    plain = (fold_arabic(text) if spelt and spelt[0].arabic else fold_latin(text)).split()
    return tuple(zip(plain, spelt, strict=True))


def _contradiction(left: Spelling, right: Spelling) -> float:
    """What the vowels say against two words of the same consonants."""
    pairs = list(zip(left.vowels, right.vowels, strict=True))
    if left.arabic != right.arabic:
        pairs = pairs if left.arabic else [(arabic, latin) for latin, arabic in pairs]
        early = 3 if left.consonants.startswith("bn") else 1 + left.consonants.startswith("a")
        inner = sum(_across(*pair, early=at <= early) for at, pair in enumerate(pairs[:-1]))
        return inner + _across_at_the_end(*pairs[-1])
    judge = _within_arabic if left.arabic else _within_latin
    return sum(judge(*pair, last=at == len(pairs) - 1) for at, pair in enumerate(pairs))


def _across(arabic: str, latin: str, *, early: bool) -> float:
    """Arabic writes long vowels only: each must be heard in the Latin spelling, which may have short ones besides."""
    cost = 0.0
    if "i" in arabic and "i" not in latin:
        cost += 0.06 if "e" in latin else 0.15
    if "u" in arabic and not set(latin) & set("uo"):
        cost += 0.12
    if "a" in arabic and not set(latin) & set("ae"):
        cost += 0.10
    if "i" in latin and "i" not in arabic:
        cost += 0.02 if latin == "i" else 0.06
    if set(latin) & set("uo") and "u" not in arabic:
        cost += 0.02 if early else 0.15 if "u" in latin else 0.08
    return cost


def _across_at_the_end(arabic: str, latin: str) -> float:
    """A closing a speaks of a woman, or of a name in alef or yeh; a closing i of a name in yeh."""
    if "A" in latin:
        agreed = bool(set(arabic) & set("aAi")) and (latin[:1] != "i" or arabic not in ("i", "a"))
    elif "i" in latin:
        agreed = "i" in arabic and "A" not in arabic
    else:
        agreed = not set(arabic) & set("Ai")
    return 0.0 if agreed else AT_THE_END


def _within_arabic(left: str, right: str, *, last: bool) -> float:
    if left == right:
        return 0.0
    if last:
        return 0.06 if {left, right} == {"a", "i"} else AT_THE_END  # مها, مهى
    return 0.12 if set(left) ^ set(right) <= {"a"} else WITHIN


def _within_latin(left: str, right: str, *, last: bool) -> float:
    """French spelling wavers between a, e and i; between them and ou much less, and not over a closing a or i."""
    if left == right:
        return 0.0
    if last and (("A" in left) != ("A" in right) or ("i" in left) != ("i" in right)):
        return AT_THE_END
    if not last and "i" in {left, right} and "" in {left, right}:
        return AN_I_WITHIN  # Salma, Selima
    return 0.07 if bool(set(left) & set("uo")) != bool(set(right) & set("uo")) else 0.03


def _begins_otherwise(left: str, right: str, pair: tuple[str, str]) -> bool:
    one, other = pair if left.startswith(pair[0]) else pair[::-1]
    return left.startswith(one) and right.startswith(other) and left[len(one) :] == right[len(other) :]


def _closes_otherwise(left: str, right: str) -> bool:
    """A closing h that French does not hear: Fekih, Feki; Sarah, Sara."""
    shorter, longer = sorted((left, right), key=len)
    return longer == shorter + "H"


def _own(left: str, right: str) -> tuple[str, str]:
    """What two of the servants' names have of their own: Abdelhamid and Abdelmajid are no more alike for being so."""
    if left.startswith(SERVANT) and right.startswith(SERVANT):
        return left.removeprefix(SERVANT).removeprefix("l"), right.removeprefix(SERVANT).removeprefix("l")
    return left, right


def _ordered(*parts: str) -> str:
    return " ".join(sorted(" ".join(parts).split()))


def alike_parts(left: Names, right: Names) -> Sequence[int]:
    """Of given and family name, in the best script both have: what an officer sees beside a proposal."""
    pairs = [(left.first_ar, right.first_ar), (left.last_ar, right.last_ar)]
    if not all(one and other for one, other in pairs):
        pairs = [(left.first_lat, right.first_lat), (left.last_lat, right.last_lat)]
    if not all(one and other for one, other in pairs):
        pairs = list(zip(_either(left), _either(right), strict=True))
    return [round(100 * part_likeness(*pair)) for pair in pairs]
