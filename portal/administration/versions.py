"""Differences between versions and what a rehearsal found, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from procedures.amounts import dinars, length
from procedures.comparing import Difference
from procedures.definition import Days, Delay, Months, WorkingDays
from procedures.versions.models import RehearsedCase

PARTS: dict[str, Any] = {
    "procedure": gettext_lazy("The procedure itself"),
    "steps": gettext_lazy("Page"),
    "blocks": gettext_lazy("Section"),
    "fields": pgettext_lazy("part of a procedure", "Question"),
    "papers": gettext_lazy("Paper asked"),
    "rules": gettext_lazy("Rule"),
    "parameters": gettext_lazy("Figure of a rule"),
    "reasons": gettext_lazy("Reason of a refusal"),
    "signatories": gettext_lazy("Who confirms"),
    "outputs": pgettext_lazy("issued", "Document"),
    "route": pgettext_lazy("of a case", "Stage"),
    "fee": gettext_lazy("Fee"),
    "deadlines": gettext_lazy("Delay"),
    "authority": gettext_lazy("Office that is competent"),
    "legal_basis": gettext_lazy("Legal basis"),
    "retention": gettext_lazy("How long cases are kept"),
    "appeal": gettext_lazy("How a decision is contested"),
    "effects": gettext_lazy("What is written in the registers"),
}
KEYS: dict[str, Any] = {
    "label": gettext_lazy("wording"), "help": gettext_lazy("help text"), "title": gettext_lazy("title"),
    "summary": gettext_lazy("summary"), "legend": gettext_lazy("heading"), "says": gettext_lazy("sentence"),
    "text": gettext_lazy("sentence"), "mend": gettext_lazy("what would mend it"), "body": gettext_lazy("text"),
    "when": gettext_lazy("asked only if"), "optional": gettext_lazy("may be left out"),
    "type": gettext_lazy("kind of answer"), "choices": gettext_lazy("choices"),
    "files": gettext_lazy("number of files"),
    "least": gettext_lazy("at least"), "most": gettext_lazy("at most"),
    "order": gettext_lazy("order"), "basis": gettext_lazy("legal basis"), "weight": gettext_lazy("weight"),
    "needs": gettext_lazy("what it looks at"), "value": gettext_lazy("value"), "deadline": gettext_lazy("delay"),
    "deadlines": gettext_lazy("delay"), "fee": gettext_lazy("fee"), "age": gettext_lazy("greatest age"),
    "group": gettext_lazy("number of rows"), "kinds": gettext_lazy("possible decisions"), "at": gettext_lazy("office"),
    "by": gettext_lazy("role"), "claims": gettext_lazy("what the QR code says"), "validity": gettext_lazy("validity"),
    "frame": gettext_lazy("layout"), "retention": gettext_lazy("how long"), "authority": gettext_lazy("office"),
    "appeal": gettext_lazy("how it is contested"),
}  # fmt: skip
KINDS: dict[str, Any] = {
    "invalid": gettext_lazy("would no longer be accepted"),
    "route": gettext_lazy("would take another route"),
    "papers": gettext_lazy("would be asked other papers"),
    "fee": gettext_lazy("would pay another fee"),
    "delay": gettext_lazy("would be promised another delay"),
    "authority": gettext_lazy("would go to another office"),
}
UNITS: dict[str, type[Delay]] = {"workingdays": WorkingDays, "days": Days, "months": Months}
LONGEST = 160


@dataclass(frozen=True)
class Compared:
    """One line of the comparison: `was` and `is_now` are pairs of what of the part, and what it says."""

    part: str
    name: str
    what: str
    look: str
    was: tuple[tuple[str, str], ...]
    is_now: tuple[tuple[str, str], ...]
    words_only: bool


@dataclass(frozen=True)
class Departure:
    """One way in which a past case would go otherwise."""

    kind: str
    before: str
    after: str


def compared(differences: tuple[Difference, ...]) -> list[Compared]:
    """What alters who is asked what first, then what alters words only."""
    return sorted(map(_line, differences), key=lambda line: line.words_only)


def departures_of(row: RehearsedCase) -> list[Departure]:
    return list(_departures(row.found))


def _departures(found: Mapping[str, Any]) -> Iterator[Departure]:
    for kind, label in KINDS.items():
        told = found.get(kind)
        if kind == "invalid" and told:
            yield Departure(str(label), "", "، ".join(told) if _language() == "ar" else ", ".join(told))
        elif told:
            yield Departure(str(label), _shown(told["before"], kind), _shown(told["after"], kind))


def _line(each: Difference) -> Compared:
    words = {"added": (_("new"), "ok"), "removed": (_("gone"), "err"), "changed": (_("changed"), "warn")}
    what, look = words[each.what]
    was, now = (_keys(each, side) for side in (each.before, each.after))
    part = str(PARTS.get(each.part, each.part))
    return Compared(part, each.title.get(_language()) or each.path, what, look, was, now, each.words_only)


def _keys(each: Difference, side: Any) -> tuple[tuple[str, str], ...]:
    if each.what != "changed" or not isinstance(side, Mapping | list):
        return ()
    if not isinstance(side, Mapping) or set(side) != set(each.keys):
        side = {each.keys[0]: side}
    return tuple((str(KEYS.get(key, key)), _shown(value, key)) for key, value in side.items())


def _shown(value: Any, key: str = "") -> str:
    """A value of a snapshot as a reader understands it; what has no words of its own is shown as it is kept."""
    if key == "fee" and isinstance(value, int):
        return dinars(value)
    text = _plain(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _plain(value: Any) -> str:
    if value is None or value in ("", [], {}):
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        return _of_mapping(value)
    if isinstance(value, list):
        return (" · ").join(_plain(each) for each in value)
    return str(value)


def _of_mapping(value: Mapping[str, Any]) -> str:
    if set(value) >= {"unit", "amount"} and value["unit"] in UNITS:
        return length(UNITS[value["unit"]](value["amount"]))
    if "ar" in value and "fr" in value:
        return str(value.get(_language()) or value["fr"])
    if "within" in value:
        return _plain(value["within"])
    if "says" in value:
        return _plain(value["says"])
    if "cites" in value:
        return " ".join(filter(None, (_plain(value["cites"]), str(value.get("article") or ""))))
    return " ".join(f"{key}: {_plain(each)}" for key, each in value.items() if each not in (None, "", [], {}))


def _language() -> str:
    return (get_language() or "ar")[:2]
