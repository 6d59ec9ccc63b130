"""Reasons of refusals and notices: their wording, those that are added, and which are offered from which day on."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from cms_content.models import ProcedureValue
from cms_content.services import add_reason, say_of_reason, set_value, set_words, words_entered
from cms_content.wording import pick
from portal.administration.asking import Back, Question, ask
from portal.administration.forms.rulebook import AddingReason, Offering, Wording, WordingAdded
from portal.administration.rooms import changes, reads, show
from portal.administration.rulebook import added_reason, reasons_of
from portal.administration.telling import changes_of
from portal.administration.views.people import METHODS
from procedures.audit.models import Entry
from procedures.definition import Kind
from procedures.refusal import Refusal
from procedures.registry import procedures
from procedures.resolving import resolve

VALUES, WORDS = "cms_content.procedurevalue", "cms_content.procedurewords"


@reads
@require_safe
def reasons(request: HttpRequest) -> HttpResponse:
    groups = [(code, procedure.title, reasons_of(code)) for code, procedure in procedures().items()]
    return show(
        request, "administration/reasons.html", {"groups": groups, "changes": _changes(), "today": timezone.localdate()}
    )


@changes
@require_http_methods(METHODS)
def adding(request: HttpRequest, procedure: str) -> HttpResponse:
    found = procedures().get(procedure)
    if found is None:
        raise Http404
    question = Question(
        title=_("Add a reason"),
        button=_("Add the reason"),
        back=_back(),
        facts=((_("Procedure"), found.title),),
        lead=_(
            "Officers choose it for applications filed from that day on, and letters print it. It is never deleted: "
            "it is retired. Without a text to rest on, it is printed as an assumption."
        ),
    )
    initial = {"since": timezone.localdate()}
    act = partial(add_reason, procedure=procedure)
    return ask(request, AddingReason, question, act, _("The reason is added."), initial=initial)


@changes
@require_http_methods(METHODS)
def wording(request: HttpRequest, procedure: str, reason: str) -> HttpResponse:
    if added := added_reason(procedure, reason):
        return _wording_added(request, added)
    held = _reason(procedure, reason)
    question = Question(
        title=_("Word a reason"),
        button=_("Save the wording"),
        back=_back(),
        facts=(
            (_("Procedure"), procedures()[procedure].title),
            (pgettext("wording", "The reason, by default"), held.text),
            (_("What would mend it, by default"), held.mend or "–"),
        ),
        lead=_("Used by letters to come. What is left empty keeps the words of the procedure."),
    )
    rows = words_entered(procedure, f"reason.{reason}.")
    initial = {
        f"{part}_{language}": text
        for part in ("text", "mend")
        if (row := rows.get(f"reason.{reason}.{part}"))
        for language, text in row.texts.items()
    }
    act = partial(_word, procedure, reason)
    return ask(request, Wording, question, act, _("The wording is saved."), initial=initial)


@changes
@require_http_methods(METHODS)
def offering(request: HttpRequest, procedure: str, reason: str) -> HttpResponse:
    """Retire a reason, or offer again one that was retired."""
    added = added_reason(procedure, reason)
    text = pick(added.value["text"]) if added else _reason(procedure, reason).text
    offered = added.value["offered"] if added else any(each.code == reason for each in resolve(procedure).reasons)
    question = Question(
        title=_("Retire this reason") if offered else _("Offer this reason again"),
        button=_("Retire the reason") if offered else _("Offer the reason"),
        back=_back(),
        facts=((_("Procedure"), procedures()[procedure].title), (_("Reason"), text)),
        lead=_("For applications filed from that day on; those filed before keep the reasons they were filed under."),
    )
    act = partial(_offer, procedure, reason, not offered, added)
    done = _("The reason is retired from that day on.") if offered else _("The reason is offered from that day on.")
    day = max(timezone.localdate(), added.since) if added else timezone.localdate()
    return ask(request, Offering, question, act, done, initial={"since": day})


def _wording_added(request: HttpRequest, held: ProcedureValue) -> HttpResponse:
    """Another wording of an added reason holds from a day on, as its first one does."""
    question = Question(
        title=_("Word a reason"),
        button=_("Save the wording"),
        back=_back(),
        facts=((_("Procedure"), procedures()[held.procedure].title), (_("Reason"), pick(held.value["text"]))),
        lead=_("For applications filed from that day on; those filed before keep the reasons they were filed under."),
    )
    initial = {f"{part}_{language}": text for part in ("text", "mend") for language, text in held.value[part].items()}
    initial["since"] = max(timezone.localdate(), held.since)
    act = partial(say_of_reason, held=held)
    return ask(request, WordingAdded, question, act, _("The wording is saved."), initial=initial)


def _word(procedure: str, reason: str, *, text: Any, mend: Any, by: Any) -> None:
    for part, texts in (("text", text), ("mend", mend)):
        try:
            set_words(procedure=procedure, path=f"reason.{reason}.{part}", texts=texts, by=by)
        except Refusal as refused:
            raise Refusal(str(refused), refused.field.replace("text", part)) from None


def _offer(procedure: str, reason: str, offered: bool, added: ProcedureValue | None, *, since: Any, by: Any) -> None:
    if not offered:
        left = [each for each in resolve(procedure, on=since).reasons if Kind.REFUSE in each.on and each.code != reason]
        if not left:
            raise Refusal(_("This is the last reason to refuse. A procedure that refuses needs one."))
    if added is not None:
        say_of_reason(held=added, since=since, offered=offered, by=by)
    else:
        set_value(procedure=procedure, path=f"reason.{reason}.offered", value=offered, since=since, by=by)


def _back() -> Back:
    return Back(reverse("administration:reasons"), _("Reasons"))


def _reason(procedure: str, reason: str) -> Any:
    found = procedures().get(procedure)
    held = next((each for each in found.reasons if each.code == reason), None) if found else None
    if held is None:
        raise Http404
    return held


def _changes() -> Any:
    """What was done to the words of procedures, and to their reasons from a day on."""
    entries = Entry.objects.filter(subject_type__in=(VALUES, WORDS)).values_list("subject_type", "subject_id", "data")
    told = [(kind, number) for kind, number, data in entries if data.get("path", "").startswith("reason.")]
    return changes_of(*((kind, {number for of, number in told if of == kind}) for kind in (VALUES, WORDS)))
