"""Which files an officer may open about a structure, a document or a pair of entries: for links from their pages."""

from typing import Any

from procedures.cases.services import may_open
from procedures.definition import Procedure
from procedures.documents.questions import DocumentField
from procedures.registry import procedures
from registers.people.questions import ProposalField
from registers.structures.questions import StructureField

STRUCTURE, DOCUMENT, PAIR = StructureField, DocumentField, ProposalField


def openable_about(person: Any, kind: type[Any]) -> list[Procedure]:
    """The procedures whose files this officer opens today and that are about an object of this kind."""
    return [found for found in procedures().values() if is_about(found, kind) and may_open(person, found)]


def is_about(procedure: Procedure, *kinds: type[Any]) -> bool:
    """Whether the question that says what a file is about points at an object of one of these kinds."""
    block, _dot, name = str(procedure.about).rstrip("?").partition(".")
    placed = procedure.blocks.get(block)
    return placed is not None and isinstance(placed.block.asks.questions().get(name), kinds)


def fits(procedure: Procedure, about: str) -> bool:
    """Whether a file of this procedure can be about what a link names: a number or a code in the form of its kind."""
    if not is_about(procedure, STRUCTURE, DOCUMENT, PAIR):
        return False
    block, _dot, name = str(procedure.about).rstrip("?").partition(".")
    question = procedure.blocks[block].block.asks.questions()[name]
    return question.names_of(question.tidy(about)) != ("", "")
