"""Grounds that the administration adds to a procedure from a day on, beside those that its definition has.

Each is a dated value at `reason.<code>`: its texts, and whether it is offered. The row of a later day says otherwise
from that day on; none is taken away, as a decision may rest on it.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from procedures.definition import Decision, Kind, Procedure, Reason, worded
from procedures.definition.overrides import Overridable, Override, ValueOverride

KIND, ADDED = "reason", "reason.added_"
PATH = re.compile(r"^reason\.(added_[0-9]{1,4})$")
CONTEST = (Kind.REFUSE, Kind.NOTICE)


def code_in(path: str) -> str:
    """The code of the added reason that lives at a path; "" for every other path."""
    found = PATH.match(path)
    return found[1] if found else ""


def path_of(number: int) -> str:
    return f"{ADDED}{number}"


def overridable_reason(path: str) -> Overridable | None:
    """What may be put at a path, where an added reason lives there."""
    return Overridable(KIND, "") if code_in(path) else None


def is_reason(value: Any) -> bool:
    """Whether a value says a reason: `text` (in Arabic and French at least) and `mend` by language, and `offered`."""
    if not isinstance(value, dict) or set(value) != {"text", "mend", "offered"}:
        return False
    said = (value["text"], value["mend"])
    if not all(isinstance(each, dict) and all(isinstance(text, str) for text in each.values()) for each in said):
        return False
    return isinstance(value["offered"], bool) and all(value["text"].get(each, "").strip() for each in ("ar", "fr"))


def added_to(procedure: Procedure, changes: Mapping[str, Override]) -> Iterator[Reason]:
    """The added reasons that are offered, in the order in which they were added; on what the route may decide."""
    found = {code: change for path, change in changes.items() if (code := code_in(path))}
    decided = {kind for stage in procedure.route if isinstance(stage, Decision) for kind in stage.kinds}
    for code in sorted(found, key=lambda code: int(code.removeprefix("added_"))):
        change = found[code]
        if isinstance(change, ValueOverride) and is_reason(change.value) and change.value["offered"]:
            yield Reason(
                code,
                _said(change.value["text"]),
                on=tuple(kind for kind in CONTEST if kind in decided),
                mend=_said(change.value["mend"]),
                basis=change.basis,
            )


def _said(texts: Mapping[str, str]) -> Any:
    """In the language of the reader; where that is empty, in French, and before it in Arabic."""
    written = {language: text for language, text in texts.items() if text.strip()}
    return worded(written, written.get("fr") or written.get("ar", "")) if written else ""
