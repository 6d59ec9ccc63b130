"""Why an act is not open: whom the case waits for, and who moved it last."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from portal.backoffice.acting import Act
from portal.backoffice.acts import ACTS
from portal.backoffice.opened import OpenedCase
from portal.backoffice.passing import hears_on_paper
from portal.backoffice.wording import action_in_words, who_acts
from procedures.cases.selectors import history, kept_from
from procedures.cases.states import State

EXPECTED = {  # the act that each state waits for; a commission has a room of its own, a visit too
    State.COMPLETENESS: "accept_completeness",
    State.CHOICE: "open_stage",
    State.INSTRUCTION: "close_instruction",
    State.OPINION: "give_opinion",
    State.DECISION: "prepare_decision",
    State.SIGNATURE: "sign",
}


@dataclass(frozen=True)
class Moved:
    who: str
    at: datetime
    what: str
    in_name_of: str = ""


def last_move(opened: OpenedCase) -> Moved | None:
    """Who changed the case last, and what they did."""
    happened = history(opened.case)
    if not happened:
        return None
    last = happened[-1]
    return Moved(str(last.actor or ""), last.at, action_in_words(last.action), str(last.in_name_of or ""))


def why_closed(opened: OpenedCase, service: str) -> str:
    """One sentence on why this person cannot do this now."""
    decision = opened.decision
    if service == "sign" and opened.case.state == State.SIGNATURE and decision:
        if decision.prepared_by_id == opened.reader.pk:
            return _("You prepared this decision: another person signs it.")
        if decision.signatures.filter(signed_by=opened.reader).exists():
            return _("You have signed this decision already.")
    if kept_from(opened.reader).filter(case=opened.case).exists():
        return _("A decision in which you took part was annulled on appeal: other people decide anew.")
    if opened.procedure is None:
        return _("This procedure is no longer installed: the case can be read, and not decided.")
    return waits_for(opened)


def waits_for(opened: OpenedCase) -> str:
    """Whom the case waits for, in a sentence."""
    if hears_on_paper(opened):
        return _("Those concerned have no account here: the desk of the office writes down what they answer.")
    if opened.case.state == State.OPINION and opened.record is not None and opened.record.is_of_concerned:
        return _("This case waits for the answer of those whom it concerns.")
    return who_acts(opened.case.state)


def closed_acts(opened: OpenedCase) -> list[tuple[Act | None, str]]:
    """The act that the case waits for where this person may not do it, with the reason; or the reason alone."""
    slug = "hear_on_paper" if hears_on_paper(opened) else EXPECTED.get(State(opened.case.state))
    if slug is None:
        return [(None, waits_for(opened))]
    act = ACTS[slug]
    if not act.fits(opened):
        return [(None, waits_for(opened))]
    return [] if act.service in opened.actions else [(act, why_closed(opened, act.service))]
