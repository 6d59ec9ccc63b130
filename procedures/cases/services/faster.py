"""Whoever comes second is told who was first, what they did and when: one sentence an act."""

from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procedures.audit.selectors import entries_about
from procedures.cases.errors import StaleCase
from procedures.cases.models import Case
from procedures.cases.readings import OF_A_CASE

FASTER: dict[str, Promise | Any] = {
    "case.accept_completeness": gettext_lazy("Already accepted as complete by %(who)s at %(time)s."),
    "case.close_instruction": gettext_lazy("Examination already closed by %(who)s at %(time)s."),
    "case.record_opinion_of_commission": gettext_lazy("Opinion already recorded by %(who)s at %(time)s."),
    "case.record_visit": gettext_lazy("Visit already recorded by %(who)s at %(time)s."),
    "case.prepare_decision": gettext_lazy("Already decided by %(who)s at %(time)s."),
    "case.sign": gettext_lazy("Already signed by %(who)s at %(time)s."),
    "case.shelve": gettext_lazy("%(who)s shelved the case at %(time)s."),
    "case.send_back": gettext_lazy("Already sent back by %(who)s at %(time)s."),
    "case.ask_correction": gettext_lazy("A correction was already asked by %(who)s at %(time)s."),
    "case.return_correction": gettext_lazy("%(who)s returned the correction at %(time)s."),
    "case.keep_answers": gettext_lazy("%(who)s wrote in the checklist at %(time)s. Look at it before you go on."),
    "case.open_stage": gettext_lazy("The optional step was already opened by %(who)s at %(time)s."),
    "case.skip_stage": gettext_lazy("The optional step was already left out by %(who)s at %(time)s."),
    "case.record_opinion": gettext_lazy("Opinion already given by %(who)s at %(time)s."),
    "case.pass_over_opinion": gettext_lazy("%(who)s went on without the opinion at %(time)s."),
    "case.pass_by_silence": gettext_lazy(
        "The deadline of this step passed without an answer; %(who)s went on at %(time)s."
    ),
    "case.decide_rows": gettext_lazy("Rows were decided by %(who)s at %(time)s. Look at those that are left."),
    "case.decide_automatically": gettext_lazy("Already decided by %(who)s at %(time)s."),
    "case.decide_by_silence": gettext_lazy("The delay passed, and silence decided: recorded by %(who)s at %(time)s."),
    "case.declare_conflict": gettext_lazy("%(who)s left this case at %(time)s because of a conflict of interest."),
    "case.hand_to_office": gettext_lazy("%(who)s asked another office to take this case over at %(time)s."),
    "case.take_over": gettext_lazy("%(who)s took this case over for another office at %(time)s."),
    "case.give_back": gettext_lazy("%(who)s gave this case back at %(time)s."),
    "case.withdraw": gettext_lazy("%(who)s withdrew the case at %(time)s."),
}


def stale(case: Case) -> StaleCase:
    """Why the page that somebody has open is no longer current."""
    entries = entries_about(case).filter(action__startswith="case.").exclude(action__in=OF_A_CASE)
    last = entries.order_by("-seq").first()
    if last is None:
        return StaleCase(_("The case has changed. Look at it again."), who="", at=None, action="")
    person = get_user_model().objects.filter(pk=last.actor).first() if last.actor else None
    who = str(person) if person else _("the portal")
    sentence = FASTER.get(last.action, gettext_lazy("The case was changed by %(who)s at %(time)s."))
    told = {"who": who, "time": time_format(timezone.localtime(last.at), "H:i")}
    return StaleCase(str(sentence) % told, who=who, at=last.at, action=last.action)
