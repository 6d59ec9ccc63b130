"""The states of a case and who may move it: the one table; an illegal move raises."""

from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """Open states carry the name of the stage they stand in; the route of the snapshot says which stages there are."""

    SIGNATORIES = "signatories", pgettext_lazy("state", "Waiting for those who confirm it")
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
    RECORD_OPINION = "record_opinion_of_commission"
    PREPARE_DECISION = "prepare_decision"
    SIGN = "sign"
    SEND_BACK = "send_back"
    ASK_CORRECTION = "ask_correction"
    RETURN_CORRECTION = "return_correction"
    SHELVE = "shelve"
    WITHDRAW = "withdraw"
    FINISH_ISSUING = "finish_issuing"


class Who(StrEnum):
    OFFICER = "officer"  # holds the role of the stage, in the office where it stands
    SIGNER = "signer"  # an officer of the stage who neither prepared the decision nor signed it before
    APPLICANT = "applicant"
    ENGINE = "engine"


class To(StrEnum):
    """Where a move leads when it is not a fixed state."""

    SAME = "same"
    NEXT = "next stage"  # the next stage of the route that stays, or the end
    DECISION = "decision"  # back to the stage that prepared the decision
    BACK = "back"  # to the stage that asked


@dataclass(frozen=True)
class Move:
    who: Who
    to: State | To


OPEN = (
    State.SIGNATORIES,
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
CLOSED = (State.ISSUED, State.REFUSED, State.SHELVED, State.WITHDRAWN, State.UNCONFIRMED)
NOT_SUBMITTED = (State.SIGNATORIES, State.UNCONFIRMED)  # no office has it yet, or will have it

_handled = {
    Event.ASSIGN: Move(Who.OFFICER, To.SAME),
    Event.WITHDRAW: Move(Who.APPLICANT, State.WITHDRAWN),
}
_before_decision = {
    **_handled,
    Event.REVIEW_PAPER: Move(Who.OFFICER, To.SAME),
    Event.ASK_CORRECTION: Move(Who.OFFICER, State.CORRECTION),
}
TABLE: dict[State, dict[Event, Move]] = {
    State.SIGNATORIES: {
        Event.SUBMIT: Move(Who.ENGINE, To.NEXT),
        Event.LAPSE: Move(Who.ENGINE, State.UNCONFIRMED),
        Event.WITHDRAW: Move(Who.APPLICANT, State.WITHDRAWN),
    },
    State.COMPLETENESS: {**_before_decision, Event.ACCEPT_COMPLETENESS: Move(Who.OFFICER, To.NEXT)},
    State.INSTRUCTION: {**_before_decision, Event.CLOSE_INSTRUCTION: Move(Who.OFFICER, To.NEXT)},
    State.VISIT: _before_decision,
    State.OPINION: _before_decision,
    State.COMMISSION: {**_before_decision, Event.RECORD_OPINION: Move(Who.OFFICER, To.NEXT)},
    State.DECISION: {**_before_decision, Event.PREPARE_DECISION: Move(Who.OFFICER, To.NEXT)},
    State.SIGNATURE: {
        **_handled,
        Event.SIGN: Move(Who.SIGNER, To.NEXT),
        Event.SEND_BACK: Move(Who.SIGNER, To.DECISION),
    },
    State.CORRECTION: {
        Event.RETURN_CORRECTION: Move(Who.APPLICANT, To.BACK),
        Event.SHELVE: Move(Who.OFFICER, State.SHELVED),
        Event.WITHDRAW: Move(Who.APPLICANT, State.WITHDRAWN),
    },
    State.ISSUING: {Event.FINISH_ISSUING: Move(Who.ENGINE, State.ISSUED)},
    State.ISSUED: {},
    State.REFUSED: {},
    State.SHELVED: {},
    State.WITHDRAWN: {},
    State.UNCONFIRMED: {},
}
