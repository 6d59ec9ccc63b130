"""States and happenings of a case as the person who filed it reads them."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from procedures.cases.states import State


@dataclass(frozen=True)
class Standing:
    """A state in plain words: what it is, what happens next, and how its tag looks."""

    name: Any
    next: Any
    tone: str = ""


STANDINGS = {
    State.SIGNATORIES: Standing(
        _("Waiting to be confirmed"),
        _("Others must confirm it before it counts. We wrote to them; below it says who has answered."),
        "warn",
    ),
    State.UNCONFIRMED: Standing(
        _("Not confirmed"), _("Somebody declined, or did not answer in time. You may file again."), "off"
    ),
    State.COMPLETENESS: Standing(
        _("Being checked"),
        _("We check that nothing is missing. If something is, we write to you, and you mend only that."),
    ),
    State.CHOICE: Standing(
        _("Being examined"), _("An officer looks whether one more step is needed. You have nothing to do.")
    ),
    State.INSTRUCTION: Standing(_("Being examined"), _("An officer examines your file. You have nothing to do.")),
    State.VISIT: Standing(_("Visit"), _("The administration prepares a visit and tells you its date.")),
    State.OPINION: Standing(_("Opinion asked"), _("Another service gives its opinion. You have nothing to do.")),
    State.COMMISSION: Standing(
        _("Before the commission"), _("The advisory commission gives its opinion, then the decision is prepared.")
    ),
    State.DECISION: Standing(_("Decision being prepared"), _("The decision is being written. Then it is signed.")),
    State.SIGNATURE: Standing(_("Waiting for signature"), _("The decision is written. It waits for its signature.")),
    State.CORRECTION: Standing(
        _("Waiting for your correction"), _("Mend what is asked below. The time limit stands still until then."), "warn"
    ),
    State.ISSUING: Standing(
        _("Document being made"), _("The decision is signed. Your document will be here in a moment."), "ok"
    ),
    State.ISSUED: Standing(_("Accepted"), _("Your document is ready. You can download it at any time."), "ok"),
    State.NOTIFIED: Standing(
        _("Notice given"), _("The notice says what is wrong and what is asked of you. Read it below."), "warn"
    ),
    State.REFERRED: Standing(
        _("Referred"), _("Your application needs another procedure. You can start it from this page."), "warn"
    ),
    State.REFUSED: Standing(
        _("Refused"),
        _("Below are the reasons, what would mend each, and what you can do now. The letter says the same."),
        "bad-t",
    ),
    State.SHELVED: Standing(
        _("Shelved"), _("No correction came in time. You may file again: start from the page of the service."), "off"
    ),
    State.WITHDRAWN: Standing(
        _("Withdrawn"), _("You withdrew this application. You may file again whenever you wish."), "off"
    ),
}

OF_A_FILE = {  # that the authority opened about those who read it
    State.VISIT: Standing(_("Visit"), _("The administration visits you.")),
    State.OPINION: Standing(
        _("Your answer is asked"), _("Answer in writing before the last day. Then the administration decides."), "warn"
    ),
    State.DECISION: Standing(_("Decision being prepared"), _("Your answer is read, and the decision is prepared.")),
    State.SIGNATURE: Standing(
        _("Waiting for signature"), _("Someone who neither opened the file nor prepared the decision signs it.")
    ),
    State.ISSUING: Standing(_("Document being made"), _("The decision is signed. Its document will be here soon.")),
    State.ISSUED: Standing(_("Closed"), _("Nothing is held against you any more. The decision is below."), "ok"),
    State.NOTIFIED: Standing(
        _("Decided"), _("The decision says what was found, what follows, and before whom you may contest it."), "bad-t"
    ),
    State.REFERRED: Standing(
        _("Goes on"), _("The file is closed and another one may follow: you are heard in it too."), "warn"
    ),
}
OF_AN_ACT = OF_A_FILE | {  # that is no measure against anybody
    State.ISSUED: Standing(_("Closed"), _("The register is in order. A document that was made of it is below."), "ok"),
}

OPENED = pgettext_lazy("stage of a file", "Opened")
FILED = pgettext_lazy("stage of a case", "Filed")

# What the person is told of what happened; the administration's own steps between these are not theirs to follow.
HAPPENINGS = {
    "case.file_case": (
        _("You filed your application"),
        "done",
        _("The receipt bears its number and the day."),
    ),
    "case.submit": (_("All have confirmed it: your application counts"), "done", ""),
    "case.lapse": (_("Your application was not confirmed"), "done", _("Nobody examines it.")),
    "case.accept_completeness": (_("Your file is complete"), "done", _("The time limit runs from this day.")),
    "case.ask_correction": (
        _("You were asked for a correction"),
        "wait",
        _("The time limit stands still until you answer."),
    ),
    "case.return_correction": (_("You sent your correction"), "done", _("The time limit runs again.")),
    "case.close_instruction": (_("The examination is finished"), "done", ""),
    "case.record_opinion_of_commission": (
        _("The commission gave its opinion"),
        "done",
        _("The administration decides in the light of it."),
    ),
    "case.recount": (
        _("The date was counted again"),
        "done",
        _("The working calendar was corrected. “Why this date?” shows the old date, the new one and the reason."),
    ),
    "case.record_opinion": (_("The opinion that was asked for has come"), "done", ""),
    "case.pass_over_opinion": (_("Your case went on without the opinion that was asked for"), "done", ""),
    "case.pass_by_silence": (_("Nobody answered in time: your case went on"), "done", ""),
    "case.take_over": (_("Another office handles your case now"), "done", ""),
    "case.decide_automatically": (
        _("The decision was taken automatically"),
        "done",
        _("What is demanded was found, so nobody had to examine it."),
    ),
    "case.decide_by_silence": (_("The delay passed: silence decided, as a text says"), "done", ""),
    "case.sign": (_("The decision was signed"), "done", ""),
    "case.finish_issuing": (_("Your document was issued"), "done", _("Anyone can check it on this portal.")),
    "case.shelve": (_("Your file was shelved: no correction came in time"), "done", ""),
    "case.notified": (_("You were notified of the decision"), "done", _("The time to appeal runs from this day.")),
    "case.reopen_case": (
        _("Your appeal was accepted: the decision is annulled"),
        "done",
        _("Other people decide anew."),
    ),
    "case.withdraw": (_("You withdrew your application"), "done", _("Nobody works on it any more.")),
    "case.hand_over": (_("The case was handed over to a colleague"), "done", ""),
    "case.renew_tracking_code": (_("You asked for a new code to follow the case"), "done", ""),
}

TOLD_OF_A_FILE = HAPPENINGS | {
    "case.open_file": (_("The administration opened this file"), "done", ""),
    "case.record_opinion": (_("You answered in writing"), "done", _("Your answer is read before it is decided.")),
    "case.pass_by_silence": (_("The time to answer passed"), "done", _("The file went on without your answer.")),
    "case.sign": (
        _("A decision was signed"),
        "done",
        _("By someone who neither opened the file nor prepared the decision."),
    ),
    "case.finish_issuing": (_("The document of the decision was sealed"), "done", ""),
}

WHAT_IS_WRONG = {
    "incorrect": _("It is not correct."),
    "incomplete": _("It is not complete."),
    "unreadable": _("It cannot be read."),
    "outdated": _("It is too old."),
    "missing": _("It is missing."),
}

WORTH = {
    "valid": (_("Valid"), "ok"),
    "suspended": (_("Suspended"), "warn"),
    "revoked": (_("Revoked"), "bad-t"),
    "replaced": (_("Replaced by a later document"), "off"),
    "expired": (_("No longer valid"), "off"),
}
