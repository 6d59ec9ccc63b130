"""What `procedure check` refuses."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """What is wrong with a definition, at which address, in a sentence that says how to mend it."""

    procedure: str
    address: str
    sentence: str


def faults_of_all() -> tuple[Fault, ...]:
    return ()
