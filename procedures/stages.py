"""The kinds of stages in words, and which of them the engine runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from procedures.definition import Concerned, Stage, Text, spoken

TITLES: Mapping[str, Text] = {
    "completeness": _("Check that the file is complete"),
    "instruction": _("Examination of the file"),
    "visit": _("Visit on site"),
    "opinion": _("Opinion of another body"),
    "commission": _("Commission"),
    "decision": _("Decision"),
    "signature": _("Signature"),
}
HEARD = _("Answer of those concerned")
RUN = frozenset({"completeness", "instruction", "visit", "opinion", "commission", "decision", "signature"})


def stage_title(stage: Stage | Mapping[str, Any], language: str) -> str:
    """The name of a stage, of the definition or of a snapshot."""
    kind = stage.kind if isinstance(stage, Stage) else str(stage["kind"])
    party = stage.at if isinstance(stage, Stage) else stage.get("at")
    concerned = isinstance(party, Concerned) or (isinstance(party, Mapping) and party.get("party") == "concerned")
    if kind == "opinion" and concerned:
        return spoken(HEARD, language)
    return spoken(TITLES.get(kind, kind), language)
