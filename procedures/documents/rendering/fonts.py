"""The fonts that documents are set in, each pinned by its hash: another build may extract as another word."""

import hashlib
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "fonts"
PINNED = {
    "Amiri-Bold.ttf": "cfccb794268e7d573d857e6d6a67f89cf8a053e8ffd85dfa0c8ec1bb36fc4827",
    "NotoNaskhArabic-Bold.ttf": "b5cbcb561b4b540ff11d7b6934577dbbbbb9e1d152d47f6f31f19176d58ff39c",
    "NotoNaskhArabic-Regular.ttf": "8c67eaa2f0086872628fc3f7f760386f83c8be5c5e9a1ba3a38891237b2ac7cb",
    "QallalineDocument-Regular.ttf": "4f9c47126a7007ac557350ed73a235ebcdd752970960b471af063f04e0de5433",
    "QallalineDocument-SemiBold.ttf": "8cbe4a66c39dd6a1c820ae81676be0d7f18836bbf2f9a62d3f75513406f2ef7a",
    "QallalineDocumentRTL-Medium.ttf": "e7613aac772c8deff14e518fe57d163a723c27041abb97c918a6761f2fb50796",
    "QallalineDocumentRTL-Regular.ttf": "ca7792380e30962afe579963d3c64081edf258c1d9d3ecf76e35c5e3282ec38a",
}


class ForeignFont(Exception):
    """A font file is not the one whose extraction was tested."""


@lru_cache(maxsize=1)
def check_fonts() -> dict[str, str]:
    """The hashes of the files as they are; refuse to print with any other."""
    for name, expected in PINNED.items():
        found = hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()
        if found != expected:
            raise ForeignFont(f"{name} is {found[:12]}, not {expected[:12]}. Restore the file from the repository.")
    return dict(PINNED)
