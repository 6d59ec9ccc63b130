"""Words reduced to what people mean when they write them in a table: no accents, signs, or spaces."""

import re
from functools import lru_cache

from procedures.cases.folding import fold

_SIGNS = re.compile(r"[^\w]|_")


@lru_cache(maxsize=5_000)
def bare(text: str) -> str:
    """`text` folded, and without spaces and signs: "N° d'identité *" and "n d identite" are one heading."""
    return _SIGNS.sub("", fold(text))
