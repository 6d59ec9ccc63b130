"""From the answers of a sample to what a person would type in the form at hand."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from bs4 import Tag

from portal.journey.visiting import names

Answers = Mapping[str, Any]
YES = ("yes", "true", "on", "1")
NO = ("no", "false", "0")


def typed(form: Tag, answers: Answers) -> dict[str, Any]:
    """Values for the fields of `form`: names are `block-field` or `group-row-field`, dates have three boxes.

    A field the sample does not answer is left as it stands."""
    found: dict[str, Any] = {}
    for name in names(form):
        known, value = answer_to(name, form, answers)
        if known and value is not None:
            found[name] = offered(form, name, value)
    return found


def answer_to(name: str, form: Tag, answers: Answers) -> tuple[bool, Any]:
    """Whether the sample answers the field called `name`, and what."""
    block, _, rest = name.partition("-")
    if block not in answers or not rest:
        return False, None
    held, field = answers[block], rest
    if isinstance(held, list):
        row, _, field = rest.partition("-")
        position = row_ids(form, block).index(row) if row in row_ids(form, block) else -1
        if not field or not 0 <= position < len(held):
            return False, None
        held = held[position]
    box = re.fullmatch(r"(.+)_(day|month|year)", field)
    if box and box[1] in held and field not in held:
        day = date.fromisoformat(held[box[1]])
        return True, getattr(day, box[2])
    return field in held, held.get(field)


def row_ids(form: Tag, group: str) -> list[str]:
    """The rows of a group that stand in the form, in order."""
    return [str(hidden["value"]) for hidden in form.find_all("input", attrs={"name": f"{group}-row"})]


def offered(form: Tag, name: str, value: Any) -> Any:
    """The value in the form's own words: an option that it offers, or the text itself."""
    if isinstance(value, list):
        return [offered(form, name, one) for one in value]
    if not isinstance(value, bool):
        return listed(form, name, value)
    options = [str(option.get("value", "on")) for option in form.find_all(None, {"name": name})]
    wanted = YES if value else NO
    return next((option for option in options if option.lower() in wanted), "on" if value else [])


def listed(form: Tag, name: str, value: Any) -> Any:
    """The value, or the first that a list offers where it lacks this one: registers differ from site to site."""
    chooser = form.find("select", attrs={"name": name}) or form.find("datalist", id=f"id_{name}_list")
    offers = [str(option.get("value", "")) for option in chooser.find_all("option")] if isinstance(chooser, Tag) else []
    return value if not offers or str(value) in offers else next(filter(None, offers), value)
