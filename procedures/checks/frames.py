"""Faults of what an output is printed as: a frame that is told too little, or something it does not print."""

from __future__ import annotations

from collections.abc import Iterator

from procedures.definition import Duplicate, NominalList, Output, Procedure
from procedures.definition.walking import groups


def frame_faults(procedure: Procedure, output: Output) -> Iterator[str]:
    """A sentence for each fault."""
    frame = output.frame
    if isinstance(frame, Duplicate) and not output.replaces:
        yield "A duplicate needs the document it repeats. Write the address of its code in replaces."
    if isinstance(frame, Duplicate) and output.body:
        yield "A duplicate prints the words of the document it repeats. Leave body out."
    if output.replaces and not isinstance(frame, Duplicate):
        yield "Only a duplicate replaces a document. Give it frame=p.Duplicate(reason=...), or leave replaces out."
    if output.english and not frame.speaks_english:
        yield f"The frame {frame.code} prints no English. Leave english out."
    group, columns = frame.columns_of()
    if group and group not in groups(procedure):
        yield f"{group} is no group, so it has no rows to print. Name a group."
    elif stray := [address for address in columns if address.partition(".")[0] != group]:
        yield f"{stray[0]} is no question of the group {group}, whose rows are printed."
    if group and output.each:
        yield "It prints every row on one sheet, so it cannot be given once a row. Leave each out."
    if isinstance(frame, NominalList) and len(frame.columns) > NominalList.MOST_COLUMNS:
        yield f"A sheet has room for {NominalList.MOST_COLUMNS} columns beside the names. Leave some out."
