"""Work about people: likenesses are sought every day, and whenever an import asks for it."""

from procedures.jobs.registry import handles
from registers.people.duplicates import propose_duplicates


@handles("people.propose_duplicates", daily=True)
def seek(**_: object) -> None:
    """Each 500 people are a transaction of their own: work that is broken off goes on where it stopped."""
    propose_duplicates()
