"""The fonts that documents are set in, each pinned by its hash: another build may extract as another word."""

import hashlib
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "fonts"
PINNED = {
    "Amiri-Bold.ttf": "cfccb794268e7d573d857e6d6a67f89cf8a053e8ffd85dfa0c8ec1bb36fc4827",
    "IBMPlexSansLatin-Regular.ttf": "969f558b4e7ba5f974be85c2557cb516128d3e55741853f01dc1254bd70a1684",
    "IBMPlexSansLatin-SemiBold.ttf": "813d5243e6b6b62514a34f770e6185f925f4c6ba4353da04a8f368150ebc324f",
    "LatinRtl-Medium.ttf": "aa3b78a6a0d423bfa9776613e19d3564f1d9712919c98f4eaa637981a28bb780",
    "LatinRtl-Regular.ttf": "92612feed3ed0830b844ce8d24f4ee39367a2c17a4ae8ed9c6d6672f011b3c12",
    "NotoNaskhArabic-Bold.ttf": "b5cbcb561b4b540ff11d7b6934577dbbbbb9e1d152d47f6f31f19176d58ff39c",
    "NotoNaskhArabic-Regular.ttf": "8c67eaa2f0086872628fc3f7f760386f83c8be5c5e9a1ba3a38891237b2ac7cb",
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
