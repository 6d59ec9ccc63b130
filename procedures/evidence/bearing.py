"""Whose name a paper must bear, as the answers write it."""

from collections.abc import Mapping
from typing import Any

from procedures.definition import Evidence
from procedures.evidence.words import Names

SCRIPTS = ("ar", "lat")


def names_on(paper: Evidence, row: str, answers: Mapping[str, Any]) -> Names:
    """The person's name in each script that was answered; none where the paper bears none."""
    given = answers.get(paper.bears) if paper.bears else None
    if isinstance(given, list):
        given = next((each for each in given if each.get("_row") == row), None)
    if not isinstance(given, Mapping):
        return ()
    pairs = [(str(given.get(f"last_name_{each}", "")), str(given.get(f"first_name_{each}", ""))) for each in SCRIPTS]
    return tuple(pair for pair in pairs if all(pair))
