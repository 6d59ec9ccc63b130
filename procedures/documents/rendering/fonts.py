"""The fonts that documents are set in, each pinned by its hash: another build may extract as another word."""

import hashlib
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "fonts"
PINNED = {
    "QallalineDocument-Regular.ttf": "4f9c47126a7007ac557350ed73a235ebcdd752970960b471af063f04e0de5433",
    "QallalineDocument-SemiBold.ttf": "8cbe4a66c39dd6a1c820ae81676be0d7f18836bbf2f9a62d3f75513406f2ef7a",
    "QallalineDocumentRTL-Medium.ttf": "e7613aac772c8deff14e518fe57d163a723c27041abb97c918a6761f2fb50796",
    "QallalineDocumentRTL-Regular.ttf": "ca7792380e30962afe579963d3c64081edf258c1d9d3ecf76e35c5e3282ec38a",
    "QallalineNaskh-Bold.ttf": "4d65727992d5d8a6817ef835a1f57e2433289462645467736e006046097bdb0c",
    "QallalineNaskh-Regular.ttf": "6c0e869da069f43e4e0743278539eeb17277e731ffa1ea0e66a1dac497927618",
    "QallalineTitles-Bold.ttf": "db49bd2b9c27cf7a7838be78d2b3115693266f6b79c5779a098e2354a6050ba7",
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
