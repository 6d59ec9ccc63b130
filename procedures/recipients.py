"""Whom a message of a procedure tells beyond those whose case it is: accounts, organisations, offices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.timezone import localdate

from procedures.definition import Message, Party
from procedures.registry import procedures
from procedures.representation import people_of
from procedures.resolving import resolve
from procedures.rules import Missing

if TYPE_CHECKING:
    from procedures.cases.models import Case, Decision

EVERY_OFFICE, CENTRAL_OFFICES = "offices:", "offices:central"


def told_of(case: Case, decision: Decision) -> Iterator[tuple[Message, list[Any]]]:
    """Each message of the procedure on this kind of decision, with the accounts that it goes to today.

    None where the plugin of the procedure is gone: what it had to say went with it.
    """
    from procedures.cases.situations import situation_of  # cases read procedures, and these recipients

    if case.procedure not in procedures():
        return
    procedure = resolve(case.procedure, on=localdate(case.filed_at))
    for message in procedure.messages:
        if decision.kind in message.on and not isinstance(message.to, Party):
            found = situation_of(case, procedure).value(message.to)
            yield message, [] if isinstance(found, Missing) else list(people_named(found))


def people_named(names: Iterable[str]) -> Iterator[Any]:
    """The accounts behind "account:<id>", "office:<code>", "place:<governorate>", the offices together, or the public
    id of an organisation; each once."""
    seen: set[int] = set()
    for name in names:
        for person in _people(*name.partition(":")):
            if person.pk not in seen:
                seen.add(person.pk)
                yield person


def _people(kind: str, colon: str, value: str) -> Iterable[Any]:
    from procedures.offices.selectors import officers_of, people_with  # the words of a procedure come before any table

    if not colon:
        return people_of(UUID(kind))
    if kind == "account":
        return people_with(value)
    return officers_of(kind, value)
