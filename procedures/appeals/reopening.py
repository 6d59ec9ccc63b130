"""What a procedure of appeal does with the case whose decision it annuls."""

from procedures.deciding import DecidedCase
from procedures.definition.procedure import CONTESTED


def reopen_contested(case: DecidedCase) -> None:
    """Annul the contested decision; its case is decided anew by other people, in the transaction of the appeal's own.

    Raises cases.services.IllegalMove where the contested case has moved on: then the appeal is not decided either.
    """
    from procedures.cases.services.reopening import reopen_case  # words are read before any table

    reopen_case(number=str(case[CONTESTED]), appeal_id=case.case_id)
