"""The public document id: fifteen random characters and one that finds every slip and every swap of neighbours."""

import secrets
from dataclasses import dataclass

from django.conf import settings

from procedures.practice.kinds import CODE, is_practice_code

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U
LENGTH = 16
_VALUE = {letter: value for value, letter in enumerate(ALPHABET)} | {"O": 0, "I": 1, "L": 1}
_SEPARATORS = " -\u00a0\u2010\u2011\u2012\u2013\u2014"


@dataclass(frozen=True)
class Mistyped:
    """What was typed cannot be a code: said without asking the register."""

    fault: str  # "length" | "letter" | "check"


def new_id() -> str:
    """An unguessable id: 75 random bits and the check character; in practice 55, after what says so."""
    start = CODE if settings.TAKWIN_PRACTICE else ""
    body = start + "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1 - len(start)))
    if is_practice_code(body) and not start:
        return new_id()
    return body + check_character(body)


def check_character(body: str) -> str:
    """The character that makes the weighted sum over GF(32) zero; its own weight is one."""
    return ALPHABET[_weighted_sum(body + "0")]


def is_well_formed(public_id: str) -> bool:
    """Whether these are sixteen upper-case characters of the alphabet whose check character holds."""
    return len(public_id) == LENGTH and set(public_id) <= set(ALPHABET) and _weighted_sum(public_id) == 0


def normalise(typed: str) -> str | Mistyped:
    """The id that a person meant: case, spaces and hyphens ignored, O read as 0, I and L as 1."""
    letters = [letter for letter in typed.upper() if letter not in _SEPARATORS]
    if any(letter not in _VALUE for letter in letters):
        return Mistyped("letter")
    if len(letters) != LENGTH:
        return Mistyped("length")
    public_id = "".join(ALPHABET[_VALUE[letter]] for letter in letters)
    return public_id if _weighted_sum(public_id) == 0 else Mistyped("check")


def grouped(public_id: str) -> str:
    """As printed: four groups of four."""
    return "-".join(public_id[start : start + 4] for start in range(0, LENGTH, 4))


def _weighted_sum(letters: str) -> int:
    """Sum of 2^i times d_i, i counted from the right, by Horner's rule in GF(32)."""
    total = 0
    for letter in letters:
        total = _doubled(total) ^ _VALUE[letter]
    return total


def _doubled(value: int) -> int:
    """Times x modulo x^5 + x^2 + 1."""
    value <<= 1
    return value ^ 0b100101 if value & 0b100000 else value
