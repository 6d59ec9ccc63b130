"""Everything that changes a case: one function a transition, keyword-only, one transaction each.

`by` is the person who acts. `version` is `Case.version` as that person saw it: StaleCase names who was faster and when.
A wrong role or office raises NotAllowed, a wrong state IllegalMove, an answer that will not do Refused; then nothing
has changed. The `case` that was handed in holds the new state afterwards.
"""

from procedures.cases.errors import (
    AlreadyDone,
    CaseError,
    IllegalMove,
    NotAllowed,
    Refused,
    RulesBroken,
    StaleCase,
)
from procedures.cases.services.automatic import decide_automatically, decide_by_silence
from procedures.cases.services.between_offices import declare_conflict, give_back, hand_to_office, take_over
from procedures.cases.services.choosing import open_stage, skip_stage
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
    keep_answers,
    record_opinion_of_commission,
    review_paper,
)
from procedures.cases.services.linking import link_cases
from procedures.cases.services.messaging import send_message
from procedures.cases.services.opening import may_open, open_file
from procedures.cases.services.opinions import (
    add_late_opinion,
    pass_by_silence,
    pass_over_opinion,
    record_opinion,
)
from procedures.cases.services.reopening import reopen_case
from procedures.cases.services.visiting import record_visit

__all__ = [
    "AlreadyDone",
    "CaseError",
    "IllegalMove",
    "NotAllowed",
    "Refused",
    "RulesBroken",
    "StaleCase",
    "accept_completeness",
    "add_late_opinion",
    "ask_correction",
    "assign",
    "close_instruction",
    "confirm",
    "decide_automatically",
    "decide_by_silence",
    "declare_conflict",
    "decline",
    "file_case",
    "finish_issuing",
    "give_back",
    "hand_over",
    "hand_to_office",
    "keep_answers",
    "link_cases",
    "may_open",
    "open_file",
    "open_stage",
    "pass_by_silence",
    "pass_over_opinion",
    "prepare_decision",
    "record_opinion",
    "record_opinion_of_commission",
    "record_visit",
    "reopen_case",
    "return_correction",
    "review_paper",
    "send_back",
    "send_message",
    "shelve",
    "sign",
    "skip_stage",
    "take_over",
    "withdraw",
]
