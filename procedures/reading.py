"""A filing put into words from its snapshot alone: it stays readable when the plugin has moved on or is gone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from procedures.fields import Described, field_types
from procedures.stages import stage_title

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Item:
    """One answer: `path` addresses it ("stays[k3f9].country"), `text` is empty where nothing was answered.

    `direction` is "ltr" for identifiers and figures, "rtl" for Arabic, "auto" otherwise; `was` is the answer before a
    correction, where `changed` says that there was one.
    """

    path: str
    label: str
    text: str
    direction: str
    was: str = ""
    changed: bool = False


@dataclass(frozen=True)
class Section:
    """The answers of a block, or of one row of a group (`row` is its id, `number` its place from 1)."""

    code: str
    title: str
    items: tuple[Item, ...]
    row: str = ""
    number: int = 0
    stage: str = ""
    step: str = ""


@dataclass(frozen=True)
class Paper:
    """A paper that the procedure asks."""

    code: str
    title: str
    optional: bool
    files: int


def read_answers(
    snapshot: Json,
    answers: Json,
    *,
    language: str,
    changed: Collection[str] = frozenset(),
    before: Json | None = None,
) -> tuple[Section, ...]:
    """The answers in the order in which they were asked, labels and choices in `language`.

    Blocks without answers are left out, so officers' blocks appear once they are answered. `changed` are the paths
    that a correction touched; `before`, where given, are the answers before it.
    """
    old = before or {}
    sections: list[Section] = []
    for block in snapshot["blocks"]:
        given = answers.get(block["code"])
        if not given:
            continue
        rows = given if block["group"] else [given]
        for number, row in enumerate(rows, start=1):
            sections.append(_section(block, row, old.get(block["code"]), number, changed, language))
    return tuple(sections)


def read_value(snapshot: Json, address: str, value: Any, language: str) -> str:
    """One stored answer in words, by the address of its field."""
    block, _, name = address.partition(".")
    for field in _block(snapshot, block.partition("[")[0]).get("fields", ()):
        if field["name"] == name:
            return _shown(field, value, language)
    return str(value)


def read_label(snapshot: Json, path: str, language: str) -> str:
    """The label of what a path names: a field, a block, a row, a paper ("paper.transcripts")."""
    head, _, name = path.partition(".")
    if head == "paper":
        code = name.partition("[")[0]
        return next((text(each["title"], language) for each in snapshot["papers"] if each["code"] == code), code)
    block = _block(snapshot, head.partition("[")[0])
    labels = {field["name"]: field["label"] for field in block.get("fields", ())}
    found = labels.get(name) or block.get("legend")
    return text(found, language) if found else path


def read_papers(snapshot: Json, language: str) -> tuple[Paper, ...]:
    """The papers of the procedure, in order; which of them a case owes is the situation's to say."""
    return tuple(
        Paper(paper["code"], text(paper["title"], language), paper["optional"], paper["files"])
        for paper in snapshot["papers"]
    )


def read_reason(snapshot: Json, code: str, language: str) -> str:
    """The sentence of a reason, or of the failed rule of that code; the code itself where neither is known."""
    for reason in snapshot["reasons"]:
        if reason["code"] == code:
            return text(reason["text"], language)
    return next((text(rule["says"], language) for rule in snapshot["rules"] if rule["code"] == code), code)


def read_stage(snapshot: Json, index: int, language: str) -> str:
    """The name of a stage of the route."""
    return stage_title(snapshot["route"][index], language)


def text(content: Any, language: str) -> str:
    """A text of a snapshot in one language."""
    if isinstance(content, str):
        return content
    return str(content.get(language) or content.get("fr") or content.get("en") or "")


def _section(block: Json, row: Json, old: Any, number: int, changed: Collection[str], language: str) -> Section:
    row_id = str(row.get("_row", "")) if block["group"] else ""
    base = f"{block['code']}[{row_id}]" if row_id else block["code"]
    if isinstance(old, list):
        old = next((each for each in old if str(each.get("_row")) == row_id), {})
    return Section(
        code=block["code"],
        title=text(block["legend"], language),
        items=tuple(_items(block, base, row, old or {}, changed, language)),
        row=row_id,
        number=number if row_id else 0,
        stage=block["stage"],
        step=block["step"],
    )


def _items(block: Json, base: str, row: Json, old: Json, changed: Collection[str], language: str) -> Iterator[Item]:
    for field in block["fields"]:
        name = field["name"]
        if name not in row and name not in old:
            continue
        path, value, previous = f"{base}.{name}", row.get(name), old.get(name)
        touched = bool({path, base, block["code"]}.intersection(changed)) and (not old or previous != value)
        yield Item(
            path,
            text(field["label"], language),
            _shown(field, value, language),
            _type(field).direction,
            was=_shown(field, previous, language) if touched and old else "",
            changed=touched,
        )


def _shown(field: Json, value: Any, language: str) -> str:
    if value in (None, "", [], {}):
        return ""
    try:
        return _type(field).build({**field, "label": {}, "help": {}}).shown(value, language)
    except (ValueError, TypeError, KeyError, ArithmeticError):
        return str(value)


def _type(field: Json) -> type[Described]:
    return field_types().get(field["type"]) or field_types()["Text"]


def _block(snapshot: Json, code: str) -> Json:
    return next((block for block in snapshot["blocks"] if block["code"] == code), {})
