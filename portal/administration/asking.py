"""One change asked for on one page: what it is about, its form, and the service that does it or says why not."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.administration.rooms import show
from procedures.refusal import Refusal
from registers.history.services import Refusal as HistoryRefusal

SEEN = "seen"  # the field that says what stood on the page when it was opened


@dataclass(frozen=True)
class Back:
    """The page from which a change is asked for."""

    url: str
    label: str


@dataclass(frozen=True)
class Question:
    """What stands around the form. `facts` are (label, value) of what is changed; `warning` what follows from it."""

    title: str
    button: str
    back: Back
    facts: Sequence[tuple[str, Any]] = ()
    lead: str = ""
    warning: str = ""


def fields_of(*names: str) -> Callable[[Any], dict[str, Any]]:
    """Reads these attributes of a thing into the fields that bear their names."""
    return lambda thing: {name: getattr(thing, name) for name in names}


@dataclass(frozen=True)
class Kept:
    """What a form changes as a whole, and how it reads it into its fields."""

    thing: Model
    read: Callable[[Any], dict[str, Any]]

    def locked(self) -> dict[str, Any]:
        """As it stands now; nobody else changes it before the transaction ends. Raises Http404 where it is gone."""
        return self.read(get_object_or_404(type(self.thing)._default_manager.select_for_update(), pk=self.thing.pk))


def ask(
    request: HttpRequest,
    kind: type[Any],
    question: Question,
    act: Callable[..., Any],
    done: str,
    *,
    initial: dict[str, Any] | None = None,
    kept: Kept | None = None,
    leads_to: Callable[[Any], str] | None = None,
    template: str = "administration/ask.html",
    more: dict[str, Any] | None = None,
    **given: Any,
) -> HttpResponse:
    """Show a form of `kind` (made with what is `given`); once it is right, `act` on what it describes and lead on.

    What was typed stays whatever is refused. What a colleague saved since the page was opened is told before it is
    replaced, where the form changes something as a whole (`kept`).
    """
    form = kind(initial=kept.read(kept.thing) if kept else initial, **given)
    if request.method == "POST":
        with transaction.atomic():
            form = kind(request.POST, initial=kept.locked() if kept else initial, **given)
            if form.is_valid() and not _was_overtaken(request, form):
                try:
                    result = act(by=request.user, **form.described())
                except (Refusal, HistoryRefusal) as refused:
                    refuse(form, refused)
                else:
                    messages.success(request, done)
                    return redirect(leads_to(result) if leads_to else question.back.url)
    context = {"form": form, "question": question, SEEN: _mark(form.initial) if kept else ""}
    return show(request, template, context | (more or {}))


def do(request: HttpRequest, act: Callable[[], Any], done: str, address: str) -> HttpResponse:
    """A change that a button makes without a page of its own; a refusal is told on the page it leads back to."""
    try:
        act()
    except (Refusal, HistoryRefusal) as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, done)
    return redirect(address)


def refuse(form: Any, refused: Exception) -> None:
    """Put a refusal beside the field that it is about, else above the form."""
    field = getattr(refused, "field", "since" if isinstance(refused, HistoryRefusal) else "")
    form.add_error(field if field in form.fields else None, str(refused))


def _was_overtaken(request: HttpRequest, form: Any) -> bool:
    """Whether a colleague saved something else meanwhile; the form then says what stands there now."""
    seen = request.POST.get(SEEN, "")
    if seen in ("", _mark(form.initial)) or not form.changed_data:
        return False
    now = pgettext("list", ", ").join(_in_words(form, name) for name in form.changed_data)
    words = _("A colleague changed this while you had it open. There stands now: %(now)s. Save again to replace it.")
    form.add_error(None, words % {"now": now})
    return True


def _in_words(form: Any, name: str) -> str:
    value = form.initial.get(name, "")
    choices = dict(getattr(form.fields[name], "choices", ()))
    return f"{form.fields[name].label} \u2068{choices.get(value, value)}\u2069"


def _mark(initial: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(initial, default=str, sort_keys=True).encode()).hexdigest()[:16]
