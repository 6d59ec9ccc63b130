"""The states of a case and who may move it: the one table; an illegal move raises."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.translation import pgettext_lazy

from procedures.definition import Kind


class State(models.TextChoices):
    """Open states carry the name of the stage they stand in; the route of the snapshot says which stages there are."""

    SIGNATORIES = "signatories", pgettext_lazy("state", "Waiting for those who confirm it")
    CHOICE = "choice", pgettext_lazy("state", "A step that may be left out")
    COMPLETENESS = "completeness", pgettext_lazy("state", "Completeness check")
    INSTRUCTION = "instruction", pgettext_lazy("state", "Examination")
    VISIT = "visit", pgettext_lazy("state", "Visit")
    OPINION = "opinion", pgettext_lazy("state", "Opinion")
    COMMISSION = "commission", pgettext_lazy("state", "Commission")
    DECISION = "decision", pgettext_lazy("state", "Decision")
    SIGNATURE = "signature", pgettext_lazy("state", "Signature")
    CORRECTION = "correction", pgettext_lazy("state", "Waiting for your correction")
    ISSUING = "issuing", pgettext_lazy("state", "Document being made")
    ISSUED = "issued", pgettext_lazy("state", "Decided: granted")
    NOTIFIED = "notified", pgettext_lazy("state", "Decided: notice given")
    REFERRED = "referred", pgettext_lazy("state", "Decided: referred to another procedure")
    REFUSED = "refused", pgettext_lazy("state", "Decided: refused")
    SHELVED = "shelved", pgettext_lazy("state", "Shelved")
    WITHDRAWN = "withdrawn", pgettext_lazy("state", "Withdrawn")
    UNCONFIRMED = "unconfirmed", pgettext_lazy("state", "Not confirmed")


class Event(StrEnum):
    """What may happen to a case: each is one service of the same name, and one action of the audit chain."""

    SUBMIT = "submit"
    LAPSE = "lapse"
    REVIEW_PAPER = "review_paper"
    ASSIGN = "assign"
    ACCEPT_COMPLETENESS = "accept_completeness"
    CLOSE_INSTRUCTION = "close_instruction"
    KEEP_ANSWERS = "keep_answers"
    OPEN_STAGE = "open_stage"
    SKIP_STAGE = "skip_stage"
    GIVE_OPINION = "record_opinion"
    PASS_OVER_OPINION = "pass_over_opinion"
    ADD_LATE_OPINION = "add_late_opinion"
    PASS_BY_SILENCE = "pass_by_silence"
    RECORD_OPINION = "record_opinion_of_commission"
    DECIDE_ROWS = "decide_rows"
    DECIDE_AUTOMATICALLY = "decide_automatically"
    DECIDE_BY_SILENCE = "decide_by_silence"
    RECORD_VISIT = "record_visit"
    PREPARE_DECISION = "prepare_decision"
    SIGN = "sign"
    SEND_BACK = "send_back"
    DECLARE_CONFLICT = "declare_conflict"
    HAND_TO_OFFICE = "hand_to_office"
    TAKE_OVER = "take_over"
    GIVE_BACK = "give_back"
    ASK_CORRECTION = "ask_correction"
    RETURN_CORRECTION = "return_correction"
    SHELVE = "shelve"
    WITHDRAW = "withdraw"
    FINISH_ISSUING = "finish_issuing"
    REOPEN = "reopen_case"


class Who(StrEnum):
    OFFICER = "officer"  # holds the role of the stage, in the office where it stands
    ASSIGNER = "assigner"  # an officer of the stage, or whoever directs the office where it stands
    SIGNER = "signer"  # an officer of the stage who neither prepared the decision nor signed it before
    ASKED = "asked"  # whose opinion the stage asks: an office, or those concerned
    ASKED_BEFORE = "asked before"  # whose opinion was asked and passed over, and still comes
    ASKER = "asker"  # an officer of the office that asked, once the deadline of the opinion has passed
    RECEIVER = "receiver"  # an officer of the office to which the case is being handed over
    APPLICANT = "applicant"
    ENGINE = "engine"


class To(StrEnum):
    """Where a move leads when it is not a fixed state."""

    SAME = "same"
    NEXT = "next stage"  # the next stage of the route that stays, or the end
    DECISION = "decision"  # back to the stage that prepared the decision
    BACK = "back"  # to the stage that asked
    CHOSEN = "chosen"  # the optional stage before which the case stands
    OUTCOME = "outcome"  # where a decision of its kind leaves the case


@dataclass(frozen=True)
class Move:
    who: Who
    to: State | To


OPEN = (
    State.SIGNATORIES,
    State.CHOICE,
    State.COMPLETENESS,
    State.INSTRUCTION,
    State.VISIT,
    State.OPINION,
    State.COMMISSION,
    State.DECISION,
    State.SIGNATURE,
    State.CORRECTION,
    State.ISSUING,
)
ENDS: dict[str, State] = {  # where a decision of each kind leaves a case; any other kind grants
    Kind.REFUSE: State.REFUSED,
    Kind.NOTICE: State.NOTIFIED,
    Kind.REFER: State.REFERRED,
}
CLOSED = (
    State.ISSUED,
    State.NOTIFIED,
    State.REFERRED,
    State.REFUSED,
    State.SHELVED,
    State.WITHDRAWN,
    State.UNCONFIRMED,
)
DECIDED = (State.ISSUED, State.NOTIFIED, State.REFERRED, State.REFUSED)  # by a decision that an appeal may annul
NOT_SUBMITTED = (State.SIGNATORIES, State.UNCONFIRMED)  # no office has it yet, or will have it

NOT_OF_A_FILE = frozenset(  # opened by the authority, a case is neither withdrawn by those concerned nor corrected
    {Event.WITHDRAW, Event.ASK_CORRECTION, Event.DECIDE_BY_SILENCE, Event.DECIDE_AUTOMATICALLY, Event.DECIDE_ROWS}
)

_handled = {
    Event.ASSIGN: Move(Who.ASSIGNER, To.SAME),
    Event.DECLARE_CONFLICT: Move(Who.OFFICER, To.SAME),
    Event.WITHDRAW: Move(Who.APPLICANT, State.WITHDRAWN),
}
_before_decision = {
    **_handled,
    Event.REVIEW_PAPER: Move(Who.OFFICER, To.SAME),
    Event.ASK_CORRECTION: Move(Who.OFFICER, State.CORRECTION),
    Event.HAND_TO_OFFICE: Move(Who.OFFICER, To.SAME),
    Event.TAKE_OVER: Move(Who.RECEIVER, To.SAME),
    Event.GIVE_BACK: Move(Who.RECEIVER, To.SAME),
    Event.ADD_LATE_OPINION: Move(Who.ASKED_BEFORE, To.SAME),
    Event.DECIDE_BY_SILENCE: Move(Who.ENGINE, To.NEXT),
}
_examined = {
    **_before_decision,
    Event.KEEP_ANSWERS: Move(Who.OFFICER, To.SAME),
    Event.PASS_BY_SILENCE: Move(Who.ENGINE, To.NEXT),
}
TABLE: dict[State, dict[Event, Move]] = {
    State.SIGNATORIES: {
        Event.SUBMIT: Move(Who.ENGINE, To.NEXT),
        Event.LAPSE: Move(Who.ENGINE, State.UNCONFIRMED),
        Event.WITHDRAW: Move(Who.APPLICANT, State.WITHDRAWN),
    },
    State.CHOICE: {
        **_before_decision,
        Event.OPEN_STAGE: Move(Who.OFFICER, To.CHOSEN),
        Event.SKIP_STAGE: Move(Who.OFFICER, To.NEXT),
    },
    State.COMPLETENESS: {**_before_decision, Event.ACCEPT_COMPLETENESS: Move(Who.OFFICER, To.NEXT)},
    State.INSTRUCTION: {**_examined, Event.CLOSE_INSTRUCTION: Move(Who.OFFICER, To.NEXT)},
    State.VISIT: {**_examined, Event.RECORD_VISIT: Move(Who.OFFICER, To.NEXT)},
    State.OPINION: {
        **_before_decision,
        Event.GIVE_OPINION: Move(Who.ASKED, To.NEXT),
        Event.PASS_OVER_OPINION: Move(Who.ASKER, To.NEXT),
        Event.PASS_BY_SILENCE: Move(Who.ENGINE, To.NEXT),
    },
    State.COMMISSION: {
        **_before_decision,
        Event.RECORD_OPINION: Move(Who.OFFICER, To.NEXT),
        Event.PASS_BY_SILENCE: Move(Who.ENGINE, To.NEXT),
    },
    State.DECISION: {
        **_before_decision,
        Event.PREPARE_DECISION: Move(Who.OFFICER, To.NEXT),
        Event.DECIDE_ROWS: Move(Who.ENGINE, To.SAME),
        Event.DECIDE_AUTOMATICALLY: Move(Who.ENGINE, To.NEXT),
    },
    State.SIGNATURE: {
        **_handled,
        Event.SIGN: Move(Who.SIGNER, To.NEXT),
        Event.SEND_BACK: Move(Who.SIGNER, To.DECISION),
        Event.ADD_LATE_OPINION: Move(Who.ASKED_BEFORE, To.SAME),
    },
    State.CORRECTION: {
        Event.RETURN_CORRECTION: Move(Who.APPLICANT, To.BACK),
        Event.SHELVE: Move(Who.OFFICER, State.SHELVED),
        Event.WITHDRAW: Move(Who.APPLICANT, State.WITHDRAWN),
    },
    State.ISSUING: {Event.FINISH_ISSUING: Move(Who.ENGINE, To.OUTCOME)},
    **{state: {} for state in CLOSED},
    **{state: {Event.REOPEN: Move(Who.ENGINE, To.DECISION)} for state in DECIDED},
}


def moves_of(state: str, *, opened: bool) -> Mapping[Event, Move]:
    """What may happen in a state; `opened` where the authority opened the case about somebody."""
    moves = TABLE[State(state)]
    return {event: move for event, move in moves.items() if event not in NOT_OF_A_FILE} if opened else moves
