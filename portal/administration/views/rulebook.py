"""Values of procedures from a day on, the wording of their reasons, and how far their numbers have come."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_safe

from cms_content.services import set_value, set_words, words_entered
from portal.administration.asking import Back, Question, ask
from portal.administration.forms.rulebook import Offering, Valuing, Wording
from portal.administration.rooms import changes, reads, show
from portal.administration.rulebook import Value, reasons_of, series, touched_by, values_of
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
def values(request: HttpRequest) -> HttpResponse:
    groups = [(code, procedure.title, values_of(procedure)) for code, procedure in procedures().items()]
    return show(request, "administration/values.html", {"groups": groups, "changes": _told(VALUES)})


@changes
@require_http_methods(METHODS)
def valuing(request: HttpRequest, procedure: str, part: str) -> HttpResponse:
    held = _value(procedure, part)
    touched = touched_by(procedure)
    drafts = ngettext("%(count)d open draft", "%(count)d open drafts", touched.drafts) % {"count": touched.drafts}
    cases = ngettext("%(count)d open case", "%(count)d open cases", touched.cases) % {"count": touched.cases}
    question = Question(
        title=_("Set a value from a day on"),
        button=_("Set the value"),
        back=Back(reverse("administration:values"), _("Rule parameters")),
        facts=(
            (_("Procedure"), procedures()[procedure].title),
            (_("Value"), held.title or part),
            (pgettext("value", "In force today"), held.now),
            (_("Default of the procedure"), held.default),
            (_("Takes it when it is filed"), drafts),
            (_("Keep what was in force when they were filed"), cases),
        ),
        lead=_("Without a text to rest on, the value is printed as an assumption."),
    )
    act = partial(set_value, procedure=procedure, path=part)
    return ask(request, Valuing, question, act, _("The value is set."), part=held.part)


@reads
@require_safe
def reasons(request: HttpRequest) -> HttpResponse:
    groups = [(code, procedure.title, reasons_of(code)) for code, procedure in procedures().items()]
    return show(request, "administration/reasons.html", {"groups": groups, "changes": _told(WORDS)})


@changes
@require_http_methods(METHODS)
def wording(request: HttpRequest, procedure: str, reason: str) -> HttpResponse:
    held = _reason(procedure, reason)
    question = Question(
        title=_("Word a reason"),
        button=_("Save the wording"),
        back=Back(reverse("administration:reasons"), _("Reasons")),
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
    held = _reason(procedure, reason)
    offered = any(each.code == reason for each in resolve(procedure).reasons)
    question = Question(
        title=_("Retire this reason") if offered else _("Offer this reason again"),
        button=_("Retire the reason") if offered else _("Offer the reason"),
        back=Back(reverse("administration:reasons"), _("Reasons")),
        facts=((_("Procedure"), procedures()[procedure].title), (_("Reason"), held.text)),
        lead=_("For applications filed from that day on; those filed before keep the reasons they were filed under."),
    )
    act = partial(_offer, procedure, reason, not offered)
    done = _("The reason is retired from that day on.") if offered else _("The reason is offered from that day on.")
    return ask(request, Offering, question, act, done, initial={"since": timezone.localdate()})


@reads
@require_safe
def numbering(request: HttpRequest) -> HttpResponse:
    return show(request, "administration/numbering.html", {"rows": series()})


def _word(procedure: str, reason: str, *, text: Any, mend: Any, by: Any) -> None:
    for part, texts in (("text", text), ("mend", mend)):
        try:
            set_words(procedure=procedure, path=f"reason.{reason}.{part}", texts=texts, by=by)
        except Refusal as refused:
            raise Refusal(str(refused), refused.field.replace("text", part)) from None


def _offer(procedure: str, reason: str, offered: bool, *, since: Any, by: Any) -> None:
    if not offered:
        left = [each for each in resolve(procedure, on=since).reasons if Kind.REFUSE in each.on and each.code != reason]
        if not left:
            raise Refusal(_("This is the last reason to refuse. A procedure that refuses needs one."))
    set_value(procedure=procedure, path=f"reason.{reason}.offered", value=offered, since=since, by=by)


def _value(procedure: str, part: str) -> Value:
    found = procedures().get(procedure)
    held = next((each for each in values_of(found) if each.path == part), None) if found else None
    if held is None or not held.is_changeable:
        raise Http404
    return held


def _reason(procedure: str, reason: str) -> Any:
    found = procedures().get(procedure)
    held = next((each for each in found.reasons if each.code == reason), None) if found else None
    if held is None:
        raise Http404
    return held


def _told(kind: str) -> Any:
    return changes_of((kind, set(Entry.objects.filter(subject_type=kind).values_list("subject_id", flat=True))))
