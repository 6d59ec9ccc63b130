"""What may differ on a paper, and the states of a report, in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import pgettext_lazy

from procedures.mismatches.models import Mismatch

KINDS: Mapping[str, Any] = {
    Mismatch.Kind.NAME: pgettext_lazy("mismatch", "The name on the paper is another"),
    Mismatch.Kind.CONTENT: pgettext_lazy("mismatch", "Another line differs: title, level, date or number"),
    Mismatch.Kind.SEAL: pgettext_lazy("mismatch", "The page says that the seal does not hold"),
    Mismatch.Kind.SITE: pgettext_lazy("mismatch", "Its QR code opens another site"),
    Mismatch.Kind.UNKNOWN: pgettext_lazy("mismatch", "The code is not in the register"),
    Mismatch.Kind.OTHER: pgettext_lazy("mismatch", "Something else"),
}
STATES: Mapping[str, Any] = {
    Mismatch.State.RECEIVED: pgettext_lazy("mismatch", "Received"),
    Mismatch.State.SEEN: pgettext_lazy("mismatch", "Being looked into"),
    Mismatch.State.ANSWERED: pgettext_lazy("mismatch", "Answered"),
}
