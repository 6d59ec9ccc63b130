"""What an account offers to the questions of a procedure: addresses that its owner has confirmed."""

from typing import Any
from uuid import UUID

from procedures.hookspecs import hookimpl
from procedures.sources.known import Known, Origin


@hookimpl
def known_facts(person: Any, organisation: UUID | None) -> list[Known]:
    facts = {"person.email": person.email, "person.phone": person.phone if person.phone_verified else ""}
    return [Known(Origin("account"), {fact: value for fact, value in facts.items() if value})]
