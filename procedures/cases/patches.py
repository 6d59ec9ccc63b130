"""What a correction changed: a patch of path (`block.field`, `group[row].field`) to value, laid over answers."""

import copy
import re
from collections.abc import Iterable, Mapping
from typing import Any

PATH = re.compile(r"(?P<block>\w+)(?:\[(?P<row>[\w-]+)\])?(?:\.(?P<field>\w+))?")
PAPER = "paper."


class UnknownPath(ValueError):
    """A path that no answer has."""


def apply_patch(answers: Mapping[str, Any], patch: Mapping[str, Any]) -> dict[str, Any]:
    """New answers with each value of the patch in its place; papers are files, not answers, and are passed over.

    A whole block or group is replaced by its path alone; a row by `group[row]` (None removes it). Raises UnknownPath.
    """
    changed = copy.deepcopy(dict(answers))
    for path, value in patch.items():
        if not path.startswith(PAPER):
            _put(changed, path, value)
    return changed


def value_at(answers: Mapping[str, Any], path: str) -> Any:
    """The value at a path, or None where there is none."""
    block, row, field = parts(path)
    found: Any = answers.get(block)
    if row:
        found = next((each for each in found or () if each.get("_row") == row), None)
    return (found or {}).get(field) if field else found


def covers(reopened: Iterable[str], path: str) -> bool:
    """Whether a path lies within what was reopened: itself, its row, or its whole block or group."""
    if path.startswith(PAPER):
        return path in reopened or path.partition("[")[0] in reopened
    block, row, field = parts(path)
    enclosing = {path, block}
    if row:
        enclosing.add(f"{block}[{row}]")
    elif field:
        enclosing.add(f"{block}.{field}")
    return not enclosing.isdisjoint(reopened)


def parts(path: str) -> tuple[str, str, str]:
    """("stays", "k3f9", "country") of `stays[k3f9].country`; empty where a part is not named."""
    found = PATH.fullmatch(path)
    if found is None:
        raise UnknownPath(path)
    return found["block"], found["row"] or "", found["field"] or ""


def _put(answers: dict[str, Any], path: str, value: Any) -> None:
    block, row, field = parts(path)
    if not row and not field:
        answers[block] = copy.deepcopy(value)
    elif not row:
        held = answers.setdefault(block, {})
        if not isinstance(held, dict):
            raise UnknownPath(path)
        held[field] = value
    else:
        _put_in_row(answers, path, value)


def _put_in_row(answers: dict[str, Any], path: str, value: Any) -> None:
    block, row, field = parts(path)
    rows = answers.setdefault(block, [])
    held = next((each for each in rows if each.get("_row") == row), None)
    if field:
        if held is None:
            raise UnknownPath(path)
        held[field] = value
    elif value is None:
        answers[block] = [each for each in rows if each is not held]
    elif held is None:
        rows.append({"_row": row, **value})
    else:
        rows[rows.index(held)] = {"_row": row, **value}
