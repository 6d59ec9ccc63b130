"""Verify a document that a Takwin portal sealed, from its code, a picture of it or its PDF, without the portal."""

from takwin_verify.keys import Key, keys_of
from takwin_verify.seal import BadSeal, Claims, OpenedSeal, opened
from takwin_verify.status import BadList, StatusList, status_list_of
from takwin_verify.verdict import Verdict, judged

__all__ = [
    "BadList",
    "BadSeal",
    "Claims",
    "Key",
    "OpenedSeal",
    "StatusList",
    "Verdict",
    "judged",
    "keys_of",
    "opened",
    "status_list_of",
]
