"""Questions built again from a snapshot, so that a correction asks what was asked, whatever the plugin asks today."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from procedures.definition import Block, Condition, Group, Procedure, worded
from procedures.definition.walking import every_condition, leaves
from procedures.fields import Described, Fieldset
from procedures.snapshot import condition_from_json


def block_from_snapshot(snapshot: Mapping[str, Any], code: str, *, loaded: Procedure | None = None) -> Block:
    """The block of `code` as it was at the filing, ready for `asking.form_for`; raises KeyError where there is none.

    `loaded` is the procedure as it is installed now, where it is: the functions of conditions are found in it by code.
    A condition whose function is gone is unknown, so its question stays hidden.
    """
    content = next((each for each in snapshot["blocks"] if each["code"] == code), None)
    if content is None:
        raise KeyError(code)
    known = _functions(loaded) if loaded else {}
    fieldset = _fieldset(content, known)
    when = condition_from_json(content["when"], known)
    if content["group"]:
        return Group(code, fieldset, when=when, confidential=content["confidential"], **content["group"])
    return Block(code, fieldset, when=when, confidential=content["confidential"])


def _fieldset(content: Mapping[str, Any], known: Mapping[str, Condition]) -> type[Fieldset]:
    name = "".join(part.capitalize() for part in content["code"].split("_"))
    body: dict[str, Any] = {"legend": worded(content["legend"]), "__module__": __name__}
    for declared in content["fields"]:
        body[declared["name"]] = Described.build(declared, when=condition_from_json(declared["when"], known))
    return type(name, (Fieldset,), body)


def _functions(procedure: Procedure) -> dict[str, Condition]:
    found = (leaf for standing in every_condition(procedure) for leaf in leaves(standing.condition))
    return {condition.code: condition for condition in found}
