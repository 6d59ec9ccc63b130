"""A value in plain words: "45 working days", "5 dinars", "asked"."""

import json
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from procedures.added_reasons import KIND as REASON
from procedures.amounts import dinars, length
from procedures.definition import Days, Delay, Months, WorkingDays
from procedures.definition.overrides import Overridable

UNITS: dict[str, type[Delay]] = {"workingdays": WorkingDays, "days": Days, "months": Months}


def in_words(part: Overridable, value: Any) -> str:
    if part.kind == "delay":
        return length(UNITS[part.unit](value))
    if part.kind == "money":
        return dinars(value)
    if part.kind == "yes_no":
        return _("yes") if value else _("no")
    if part.kind == REASON:
        told = value["text"] if value else {}
        return str(told.get(get_language() or "ar") or told.get("fr", ""))
    return str(value) if part.kind == "text" else json.dumps(value, ensure_ascii=False, default=str)
