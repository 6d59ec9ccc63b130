"""What the numbers in a seal mean: document types by number, in three languages, for verifiers without us."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from procedures.documents.claims import SCHEMA
from procedures.documents.reports import report_title
from procedures.documents.wording import Words, words
from procedures.registry import procedures

SLOTS = (
    "version",
    "type",
    "holder_ar",
    "holder_lat",
    "title",
    "structure",
    "issued_days",
    "expires_days",
    "status_index",
    "level",
    "rows_sha256",
)


def catalogue() -> dict[str, Any]:
    return {
        "version": SCHEMA,
        "slots": SLOTS,
        "types": {str(number): title for number, title in sorted(kinds().items())},
        "status": {"0": "valid", "1": "revoked", "2": "suspended", "3": "replaced"},
        "status_list": "/status/0.cwt",
        "keys": "/.well-known/jwks.json",
    }


def kinds() -> dict[int, Words]:
    """Every document type of the installed procedures and the engine's own."""
    own = {901: words(_("Filing receipt")), 902: words(_("Refusal of an application"))}
    own |= {905: words(_("Minutes of a session of the commission"))}
    own |= {910: report_title()}
    outputs = [output for procedure in procedures().values() for output in procedure.outputs]
    return own | {output.number: words(output.title) for output in outputs}
