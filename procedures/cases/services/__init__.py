"""Everything that changes a case: one function a transition, keyword-only, one transaction each.

`by` is the person who acts. `version` is `Case.version` as that person saw it: StaleCase names who was faster and when.
A wrong role or office raises NotAllowed, a wrong state IllegalMove, an answer that will not do Refused; then nothing
has changed. The `case` that was handed in holds the new state afterwards.
"""

from procedures.cases.errors import CaseError, IllegalMove, NotAllowed, Refused, RulesBroken, StaleCase
from procedures.cases.services.closing import finish_issuing, shelve, withdraw
from procedures.cases.services.confirming import confirm, decline
from procedures.cases.services.correcting import ask_correction, return_correction
from procedures.cases.services.deciding import prepare_decision, send_back, sign
from procedures.cases.services.filing import file_case
from procedures.cases.services.handing_over import hand_over
from procedures.cases.services.handling import (
    accept_completeness,
    assign,
    close_instruction,
    record_opinion_of_commission,
    review_paper,
)
from procedures.cases.services.messaging import send_message

__all__ = [
    "CaseError",
    "IllegalMove",
    "NotAllowed",
    "Refused",
    "RulesBroken",
    "StaleCase",
    "accept_completeness",
    "ask_correction",
    "assign",
    "close_instruction",
    "confirm",
    "decline",
    "file_case",
    "finish_issuing",
    "hand_over",
    "prepare_decision",
    "record_opinion_of_commission",
    "return_correction",
    "review_paper",
    "send_back",
    "send_message",
    "shelve",
    "sign",
    "withdraw",
]
