"""Two versions of a procedure side by side: what came, what went, what changed, from their snapshots alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Json = Mapping[str, Any]

# Keys whose change alters words only, never who is asked what or what follows from it.
WORDS = frozenset({"label", "help", "title", "summary", "legend", "says", "text", "mend", "body"})
PARTS = ("steps", "papers", "rules", "reasons", "signatories", "outputs")
ORDERED = ("steps", "route")
WHOLE = ("fee", "deadlines", "authority", "legal_basis", "retention", "effects", "appeal")


@dataclass(frozen=True)
class Difference:
    """One part of a definition that differs; `path` is its address, `keys` what of it changed.

    `what` is added, removed or changed; `title` is {"ar", "fr", "en"}, empty where the part has none.
    """

    part: str
    path: str
    what: str
    title: Mapping[str, str] = field(default_factory=dict, hash=False)
    keys: tuple[str, ...] = ()
    before: Any = field(default=None, hash=False)
    after: Any = field(default=None, hash=False)

    @property
    def words_only(self) -> bool:
        return self.what == "changed" and set(self.keys) <= WORDS


def differences(before: Json, after: Json) -> tuple[Difference, ...]:
    """What differs between two contents of `snapshot.take_snapshot`, in the order of a procedure's page.

    A key that the older one does not know is passed over: a snapshot that says more is no other procedure.
    """
    return tuple(_all(before, after))


def _all(before: Json, after: Json) -> Iterator[Difference]:
    yield from _of_one("procedure", "", before["procedure"], _less(after["procedure"], "version"))
    yield from _order("steps", before, after)
    yield from _parts("fields", _fields(before), _fields(after))
    yield from _parts("blocks", _blocks(before), _blocks(after))
    for part in PARTS:
        yield from _parts(part, _by_code(before[part]), _by_code(after[part]))
    yield from _parts("parameters", before["parameters"], after["parameters"])
    yield from _order("route", before, after)
    yield from _parts("route", _by_code(before["route"]), _by_code(after["route"]))
    for part in WHOLE:
        if part in before and not _alike(before[part], after.get(part)):
            yield Difference(part, part, "changed", keys=(part,), before=before[part], after=after.get(part))


def _parts(part: str, before: Mapping[str, Json], after: Mapping[str, Json]) -> Iterator[Difference]:
    for path in [*before, *(path for path in after if path not in before)]:
        yield from _of_one(part, path, before.get(path), after.get(path))


def _of_one(part: str, path: str, before: Json | None, after: Json | None) -> Iterator[Difference]:
    if before is None or after is None:
        there = after or before or {}
        yield Difference(part, path, "added" if before is None else "removed", _title(there), (), before, after)
        return
    keys = tuple(key for key in before if key != "version" and not _alike(before[key], after.get(key)))
    if keys:
        old, new = ({key: side.get(key) for key in keys} for side in (before, after))
        yield Difference(part, path, "changed", _title(after), keys, old, new)


def _order(part: str, before: Json, after: Json) -> Iterator[Difference]:
    """The same parts in another order; what came or went is told apart."""
    old, new = ([each["code"] for each in side[part]] for side in (before, after))
    if [code for code in old if code in new] != [code for code in new if code in old]:
        yield Difference(part, "", "changed", keys=("order",), before={"order": old}, after={"order": new})


def _alike(before: Any, after: Any) -> bool:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        return all(key in after and _alike(value, after[key]) for key, value in before.items())
    if isinstance(before, list) and isinstance(after, list):
        return len(before) == len(after) and all(map(_alike, before, after))
    return bool(before == after)


def _fields(content: Json) -> dict[str, Json]:
    return {
        f"{block['code']}.{each['name']}": _less(each, "options") | each.get("options", {})
        for block in content["blocks"]
        for each in block["fields"]
    }


def _blocks(content: Json) -> dict[str, Json]:
    return {block["code"]: _less(block, "fields") for block in content["blocks"]}


def _by_code(parts: list[Json]) -> dict[str, Json]:
    return {each["code"]: _less(each, "blocks") for each in parts}


def _less(content: Json, *keys: str) -> dict[str, Any]:
    return {key: value for key, value in content.items() if key not in keys}


def _title(part: Json) -> Mapping[str, str]:
    texts = (part.get(key) for key in ("title", "label", "legend", "text", "says"))
    return next((text for text in texts if isinstance(text, Mapping) and any(text.values())), {})
