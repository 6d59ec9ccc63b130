"""Verify a document that a Takwin portal sealed, from its code, a picture of it or its PDF, without the portal."""

from takwin_verify.keys import Key, keys_of
from takwin_verify.rows import BadRows, digest_of, rows_in, with_rows
from takwin_verify.seal import BadSeal, Claims, OpenedSeal, opened
from takwin_verify.status import BadList, StatusList, status_list_of
from takwin_verify.verdict import Verdict, judged

__all__ = [
    "BadList",
    "BadRows",
    "BadSeal",
    "Claims",
    "Key",
    "OpenedSeal",
    "StatusList",
    "Verdict",
    "digest_of",
    "judged",
    "keys_of",
    "opened",
    "rows_in",
    "status_list_of",
    "with_rows",
]
