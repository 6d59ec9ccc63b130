"""One change asked for on one page: what it is about, its form, and the service that does it or says why not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from portal.administration.rooms import show
from procedures.refusal import Refusal
from registers.history.services import Refusal as HistoryRefusal


@dataclass(frozen=True)
class Question:
    """What stands around the form. `facts` are (label, value) of what is changed; `warning` what follows from it."""

    title: str
    button: str
    back: str  # the address of the page from which it is asked
    back_label: str
    facts: Sequence[tuple[str, Any]] = ()
    lead: str = ""
    warning: str = ""
    upload: bool = False


def ask(
    request: HttpRequest,
    form: Any,
    question: Question,
    perform: Callable[[dict[str, Any]], Any],
    done: str,
    *,
    leads_to: Callable[[Any], str] | None = None,
    template: str = "administration/ask.html",
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show the form; once it is right, perform and lead on. What was typed stays whatever is refused."""
    if request.method == "POST" and form.is_valid():
        try:
            result = perform(form.cleaned_data)
        except (Refusal, HistoryRefusal) as refused:
            refuse(form, refused)
        else:
            messages.success(request, done)
            return redirect(leads_to(result) if leads_to else question.back)
    return show(request, template, {"form": form, "question": question} | (more or {}))


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
