"""Checklists of visits: administrators prepare the next edition line by line, and publish it."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.administration.asking import Back, Kept, Question, ask, do, fields_of
from portal.administration.rooms import changes, reads, show
from portal.administration.telling import changes_of
from portal.visits.checklist_forms import Making, Rewriting, Titling
from procedures.visits import services
from procedures.visits.items import bounds
from procedures.visits.models import Checklist, Edition, Item
from procedures.visits.selectors import draft_edition, latest_edition

METHODS = ["GET", "HEAD", "POST"]


@reads
@require_safe
def checklists(request: HttpRequest) -> HttpResponse:
    found = Checklist.objects.all()
    rows = [(one, latest_edition(one), draft_edition(one)) for one in found]
    return show(request, "visits/checklists.html", {"rows": rows})


@changes
@require_http_methods(METHODS)
def making(request: HttpRequest) -> HttpResponse:
    question = Question(
        title=_("Make a list"),
        button=_("Make the list"),
        back=Back(reverse("checklists:checklists"), _("Lists of visits")),
        lead=_("It is offered once its first edition is published."),
    )
    done = _("The list is made. Add its lines, then publish it.")
    return ask(request, Making, question, services.make_checklist, done, leads_to=_address)


@reads
@require_safe
def checklist(request: HttpRequest, checklist: str) -> HttpResponse:
    held = _checklist(checklist)
    prepared, published = draft_edition(held), latest_edition(held)
    shown = prepared or published
    lines = [(item, bounds(item)) for item in shown.items.all()] if shown else []
    context: dict[str, Any] = {"checklist": held, "prepared": prepared, "published": published, "lines": lines}
    context |= {"changes": changes_of(held)}
    return show(request, "visits/checklist.html", context)


@changes
@require_http_methods(METHODS)
def changing(request: HttpRequest, checklist: str) -> HttpResponse:
    held = _checklist(checklist)
    question = Question(title=_("Change the titles"), button=_("Save the titles"), back=_back(held))
    kept = Kept(held, fields_of(*Titling.base_fields))
    act = partial(services.change_checklist, checklist=held)
    return ask(request, Titling, question, act, _("The titles are changed."), kept=kept)


@changes
@require_POST
def offering(request: HttpRequest, checklist: str) -> HttpResponseBase:
    held = _checklist(checklist)
    offered = not held.is_offered
    done = _("The list is offered for new visits.") if offered else _("The list is no longer offered.")
    act = partial(services.offer_checklist, checklist=held, by=request.user, offered=offered)
    return do(request, act, done, _address(held))


@changes
@require_POST
def preparing(request: HttpRequest, checklist: str) -> HttpResponseBase:
    held = _checklist(checklist)
    done = _("The next edition is prepared: nothing changes for visits until it is published.")
    return do(request, partial(services.begin_edition, checklist=held, by=request.user), done, _address(held))


@changes
@require_POST
def publishing(request: HttpRequest, checklist: str) -> HttpResponseBase:
    held = _checklist(checklist)
    edition = get_object_or_404(Edition, checklist=held, published_at=None)
    done = _("The edition is published. Visits that begin from now on are made with it.")
    return do(request, partial(services.publish_edition, edition=edition, by=request.user), done, _address(held))


@changes
@require_http_methods(METHODS)
def adding(request: HttpRequest, checklist: str) -> HttpResponse:
    held = _checklist(checklist)
    edition = get_object_or_404(Edition, checklist=held, published_at=None)
    question = Question(title=_("Add a line"), button=_("Add the line"), back=_back(held))
    return ask(request, Rewriting, question, partial(services.change_item, edition=edition), _("The line is added."))


@changes
@require_http_methods(METHODS)
def rewriting(request: HttpRequest, checklist: str, item: str) -> HttpResponse:
    held = _item(checklist, item)
    question = Question(title=_("Change the line"), button=_("Save the line"), back=_back(held.edition.checklist))
    kept = Kept(held, fields_of(*Rewriting.base_fields))
    act = partial(services.change_item, edition=held.edition, item=held)
    return ask(request, Rewriting, question, act, _("The line is changed."), kept=kept)


@changes
@require_POST
def removing(request: HttpRequest, checklist: str, item: str) -> HttpResponseBase:
    held = _item(checklist, item)
    act = partial(services.remove_item, item=held, by=request.user)
    return do(request, act, _("The line is taken out."), _address(held.edition.checklist))


def _checklist(code: str) -> Checklist:
    return get_object_or_404(Checklist, code=code)


def _item(checklist: str, code: str) -> Item:
    """A line of the edition that is prepared."""
    prepared = Item.objects.select_related("edition__checklist")
    return get_object_or_404(prepared, edition__checklist__code=checklist, edition__published_at=None, code=code)


def _address(held: Checklist) -> str:
    return reverse("checklists:checklist", args=(held.code,))


def _back(held: Checklist) -> Back:
    return Back(_address(held), str(held))
