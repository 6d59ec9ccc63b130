"""The public id of a document: fifteen characters and one that finds every slip and every swap of neighbours."""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U
LENGTH = 16


def is_well_formed(public_id: str) -> bool:
    """Whether these are sixteen upper-case characters of the alphabet whose check character holds."""
    if len(public_id) != LENGTH or not set(public_id) <= set(ALPHABET):
        return False
    total = 0
    for letter in public_id:
        total = _doubled(total) ^ ALPHABET.index(letter)
    return total == 0


def _doubled(value: int) -> int:
    """Times x in the field of 32 elements, modulo x^5 + x^2 + 1."""
    value <<= 1
    return value ^ 0b100101 if value & 0b100000 else value
