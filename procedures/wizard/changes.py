"""Who changed which answer of a page, and when: what two windows on one page need so that neither overwrites the other.

A page as typed is `{"data": {name: [values]}, "at": version of its last change, "first": [version, window] of its
first, "changed": {name: [version, window]} of the answers that differ since, ...}`. A window is one page open in one
browser whose script saves each answer. Its `sender` is its name and the number of its last change: "k3f9x.7".
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import QueryDict

Typed = Mapping[str, Any]
Lists = Mapping[str, list[str]]
NEVER = -1


def recorded(before: Typed | None, data: Lists, *, at: int, by: str = "") -> dict[str, Any]:
    """The page with this `data`; an answer that stays as it was keeps who changed it, and when."""
    if not before:
        return {"data": dict(data), "at": at, "first": [at, by], "changed": {}}
    old = before["data"]
    changed = dict(before.get("changed", {}))
    changed |= {name: [at, by] for name in differing(old, data)}
    return {"data": dict(data), "at": at, "first": _first(before), "changed": changed}


def differing(old: Lists, new: Lists) -> list[str]:
    return [name for name in dict.fromkeys([*old, *new]) if old.get(name, []) != new.get(name, [])]


def changed_since(page: Typed, names: Iterable[str], *, seen: int, window: str = "") -> list[str]:
    """Those of `names` that somebody else than `window` changed after version `seen`."""
    first, changed = _first(page), page.get("changed", {})
    found = []
    for name in names:
        at, by = changed.get(name, first)
        if at > seen and not (window and by == window):
            found.append(name)
    return found


def seen_version(posted: QueryDict) -> int:
    """The version of the draft that the sender saw; before every version where it does not say."""
    seen = posted.get("version", "")
    return int(seen) if seen.isdecimal() and len(seen) < 10 else NEVER


def sender_of(posted: QueryDict) -> tuple[str, str]:
    """The sender as its script wrote it, and the window's name alone; both empty without a script."""
    sender = posted.get("sender", "")[:40].replace("\0", "")
    return sender, sender.partition(".")[0]


def _first(page: Typed) -> Any:
    return page.get("first", [page["at"], ""])
