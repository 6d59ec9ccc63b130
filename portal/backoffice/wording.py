"""States, outcomes and acts in the words of the office; a person who files reads other words for the same state."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.backoffice.forms import WHAT_IS_WRONG
from procedures.cases import selectors
from procedures.cases.models import Case, StageRecord
from procedures.cases.states import State
from procedures.documents.models import Document
from procedures.documents.selectors import status_of
from procedures.documents.status_changes import REASONS

LOOKS = {
    State.CORRECTION: "warn",
    State.SIGNATURE: "ok",
    State.ISSUING: "ok",
    State.ISSUED: "ok",
    State.NOTIFIED: "off",
    State.REFERRED: "off",
    State.REFUSED: "off",
    State.SHELVED: "off",
    State.WITHDRAWN: "off",
    State.UNCONFIRMED: "off",
}
LOOKS_OF_STANDING = {"valid": "ok", "suspended": "warn", "revoked": "bad-t", "replaced": "off", "expired": "off"}


def state_in_words(state: str) -> str:
    if state == State.CORRECTION:
        return pgettext("office", "With the applicant")
    return str(State(state).label)


def look_of(state: str) -> str:
    return LOOKS.get(State(state), "")


def who_acts(state: str) -> str:
    """Who a case in this state waits for."""
    return {
        State.SIGNATORIES: _("This case waits for those who must confirm it."),
        State.COMPLETENESS: _("This case waits for the desk officer of its office."),
        State.CHOICE: _("This case waits for the officer who opens an optional step, or leaves it out."),
        State.INSTRUCTION: _("This case waits for the officer who examines it."),
        State.VISIT: _("This case waits for the inspector who goes there."),
        State.OPINION: _("This case waits for the opinion that was asked for."),
        State.COMMISSION: _("This case waits for the commission: it gives its opinion in session."),
        State.DECISION: _("This case waits for the officer who prepares the decision."),
        State.SIGNATURE: _("This case waits for the person who signs."),
        State.CORRECTION: _("This case waits for the applicant, who was asked for a correction."),
        State.ISSUING: _("The document is being made. It is issued by itself, unless its reading back holds it."),
    }.get(State(state), _("This case is closed."))


def ending_in_words(record: StageRecord) -> str:
    """How a passage ended where nobody answered what it asks; empty where somebody did."""
    if record.ending == StageRecord.Ending.SILENCE:
        return {
            "favours": _("Nobody answered in time: by the route, silence counts as a favourable opinion."),
            "refuses": _("Nobody answered in time: by the route, silence counts as an unfavourable opinion."),
        }.get(record.silence, _("Nobody answered in time: the case went on without an answer."))
    return {
        "passed_over": _("The case went on without this opinion, for the reason below."),
        "opened": _("This optional step was opened, for the reason below."),
        "skipped": _("This optional step was left out, for the reason below."),
        "handed_over": _("Another office took the case over in this step, for the reason below."),
        "decided": _("The delay of the case passed in this step: silence decided, as a text says."),
    }.get(record.ending, "")


def wrong_in_words(code: str) -> str:
    return str(WHAT_IS_WRONG.get(code, code))


def standing_in_words(standing: str) -> str:
    return {
        "valid": pgettext("document", "Valid"),
        "suspended": pgettext("document", "Suspended"),
        "revoked": pgettext("document", "Revoked"),
        "replaced": pgettext("document", "Replaced"),
        "expired": pgettext("document", "Expired"),
    }[standing]


def standing_of(document: Document, worth: str = "") -> str:
    """What a document of a case is worth (`worth`, where it was read with others), or how far its making is."""
    if document.state == Document.State.PREPARING:
        return _("Being made")
    if document.state == Document.State.HELD:
        return _("Held: a person must look at it")
    return standing_in_words(worth or status_of(document))


def reason_of_status(code: str) -> str:
    return str(REASONS.get(code, code))


def reasons_of_status() -> dict[str, str]:
    return {code: str(words) for code, words in REASONS.items()}


@dataclass(frozen=True)
class Event:
    at: datetime
    who: str
    what: str
    in_name_of: str = ""  # who was away, where it was done by their delegation


def events_of(case: Case) -> list[Event]:
    """What happened, the latest first."""
    return [
        Event(each.at, str(each.actor or ""), action_in_words(each.action), str(each.in_name_of or ""))
        for each in reversed(selectors.history(case))
    ]


def action_in_words(action: str) -> str:
    """An action of the audit chain as colleagues say it."""
    return {
        "case.file_case": _("filed the case"),
        "case.open_file": _("opened the file"),
        "case.review_paper": _("gave a verdict on a paper"),
        "case.assign": _("assigned the case"),
        "case.accept_completeness": _("accepted the file as complete"),
        "case.close_instruction": _("closed the examination"),
        "case.keep_answers": _("wrote in the checklist"),
        "case.open_stage": _("opened an optional step"),
        "case.skip_stage": _("left an optional step out"),
        "case.record_opinion": _("gave the opinion that was asked for"),
        "case.pass_over_opinion": _("went on without the opinion"),
        "case.add_late_opinion": _("added an opinion that came late"),
        "case.pass_by_silence": _("The deadline of a step passed without an answer: the case went on"),
        "case.decide_rows": _("The rows that no rule flags were decided by themselves"),
        "case.decide_automatically": _("The decision was taken by itself: its condition holds"),
        "case.decide_by_silence": _("The delay passed without an answer: silence decided, as a text says"),
        "case.declare_conflict": _("left the case because of a conflict of interest"),
        "case.hand_to_office": _("asked another office to take the case over"),
        "case.take_over": _("took the case over for another office"),
        "case.give_back": _("gave the case back to the office that asked"),
        "case.link": _("The case was linked to another"),
        "case.record_opinion_of_commission": _("recorded the opinion of the commission"),
        "case.prepare_decision": _("prepared the decision"),
        "case.sign": _("signed the decision"),
        "case.send_back": _("sent the decision back"),
        "case.ask_correction": _("asked for a correction"),
        "case.return_correction": _("returned the correction"),
        "case.shelve": _("shelved the case"),
        "case.withdraw": _("withdrew the case"),
        "case.submit": _("All signatories confirmed the filing"),
        "case.lapse": _("The filing was not confirmed"),
        "case.message": _("wrote a message"),
        "case.hand_over": _("handed the case over to a colleague of the organisation"),
        "case.renew_tracking_code": _("asked for a new code to follow the case"),
        "case.followed": _("follows the case"),
        "case.unfollowed": _("no longer follows the case"),
        "case.take_back": _("took back what was done to several cases"),
        "case.notified": _("The decision was notified"),
        "case.reopen_case": _("The decision was annulled on appeal: the case is decided anew"),
        "case.finish_issuing": _("The document was issued"),
        "case.recount": _("The calendar was corrected: the date was counted again"),
    }.get(action, action)
