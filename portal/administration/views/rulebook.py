"""Values of procedures from a day on, and how far their numbers have come."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_safe

from cms_content.services import set_value
from portal.administration.asking import Back, Question, ask
from portal.administration.forms.rulebook import Valuing
from portal.administration.rooms import changes, reads, show
from portal.administration.rulebook import Value, series, touched_by, values_of
from portal.administration.telling import changes_of
from portal.administration.views.people import METHODS
from procedures.audit.models import Entry
from procedures.registry import procedures

VALUES = "cms_content.procedurevalue"


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
def numbering(request: HttpRequest) -> HttpResponse:
    return show(request, "administration/numbering.html", {"rows": series()})


def _value(procedure: str, part: str) -> Value:
    found = procedures().get(procedure)
    held = next((each for each in values_of(found) if each.path == part), None) if found else None
    if held is None or not held.is_changeable:
        raise Http404
    return held


def _told(kind: str) -> Any:
    return changes_of((kind, set(Entry.objects.filter(subject_type=kind).values_list("subject_id", flat=True))))
