"""Rows of a group added, removed, opened and pasted by plain buttons: the page comes back with them."""

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from procedures.asking import new_row_id, row_ids
from procedures.definition import Group, Step, blocks_of
from procedures.wizard.sheets import pasted


def changed(step: Step, posted: QueryDict, data: MultiValueDict[str, str]) -> str:
    """Change the rows in `data` as the pressed button says; the id of the place to go back to, "" where none was.

    Raises Refusal where pasted rows are not taken; `data` is then as it was.
    """
    if place := pasted(step, posted, data):
        return place
    groups = {block.code: block for block in blocks_of(step) if isinstance(block, Group) and not block.fixed}
    added = groups.get(str(posted.get("add", "")))
    if added:
        return _added(added, data)
    code, _, row = str(posted.get("remove", "")).partition(".")
    return _removed(groups[code], row, data) if code in groups else ""


def row_of(place: str) -> str:
    """The row that a place names, to be shown open; "" where it names a block."""
    return place.rpartition("-")[2] if place.startswith("row-") else ""


def _added(group: Group, data: MultiValueDict[str, str]) -> str:
    ids = row_ids(data, group.code)
    if len(ids) >= group.most:
        return f"block-{group.code}"
    new = new_row_id()
    data.setlist(f"{group.code}-row", [*ids, new])
    return f"row-{group.code}-{new}"


def _removed(group: Group, row: str, data: MultiValueDict[str, str]) -> str:
    data.setlist(f"{group.code}-row", [each for each in row_ids(data, group.code) if each != row])
    for name in [name for name in data if name.startswith(f"{group.code}-{row}-")]:
        del data[name]
    return f"block-{group.code}"
