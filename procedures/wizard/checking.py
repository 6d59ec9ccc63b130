"""The last page: every answer to read again, what stands in the way, the declaration, and the button that files."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from design.forms import QallalineForm
from procedures.amounts import terms_of
from procedures.cases.errors import NotAllowed, RulesBroken
from procedures.offices.selectors import NoOffice
from procedures.reading import Section, read_answers
from procedures.snapshot import take_snapshot
from procedures.sources.renewing import changes_since
from procedures.sources.services import origins_of
from procedures.wizard.access import is_at_desk
from procedures.wizard.filing import NotReady, file_draft, receipt_of
from procedures.wizard.papers import PaperSection, sections
from procedures.wizard.plan import CHECK, PAPERS, Plan

if TYPE_CHECKING:
    from procedures.wizard.views import StepView


class Declaration(QallalineForm, forms.Form):
    """What the applicant stands for before filing."""

    true_and_complete = forms.BooleanField(
        label=_(
            "I declare that what I have written and handed in is true. I know that a false declaration is punished."
        ),
        error_messages={"required": _("Tick the declaration before you file.")},
    )


@dataclass
class Card:
    """One block of answers, and the page on which it is changed."""

    section: Section
    change_url: str


def show(
    view: "StepView",
    declaration: Declaration | None = None,
    *,
    changed: bool = False,
    closed: bool = False,
    refused: str = "",
) -> HttpResponse:
    form = declaration or Declaration()
    plan = view.plan
    failed = [each for each in plan.situation.explanations() if each.failed]
    language = get_language() or "ar"
    listed, papers = cards(view, plan, language), sections(plan)
    snapshot = take_snapshot(plan.procedure, on=plan.on)
    return view.show(
        "wizard/check.html",
        declaration=form,
        since=changes_since(view.draft, plan.situation.kept_answers(), snapshot, language),
        terms=terms_of(plan.procedure),
        errors=[("id_true_and_complete", each) for each in form["true_and_complete"].errors],
        error_summary=form.is_bound and not form.is_valid(),
        cards=listed,
        sections=papers,
        origins=_origins(view, listed, papers),
        papers_url=f"{view.get_step_url(PAPERS)}?back={CHECK}",
        blocking=[each.sentence(language) for each in failed if each.blocks],
        warnings=[each.sentence(language) for each in failed if not each.blocks],
        changed=changed,
        closed=closed,
        refused=refused,
        file_url=reverse("wizard:file", kwargs={"draft": view.draft.pk}),
    )


def _origins(view: "StepView", listed: list[Card], papers: list[PaperSection]) -> list[tuple[Any, Any]]:
    """Answers and papers that were taken from elsewhere, each by its label with where it comes from."""
    labels: dict[str, Any] = {item.path: item.label for card in listed for item in card.section.items}
    labels |= {card.section.code: card.section.title for card in listed if card.section.row}
    labels |= {f"paper.{each.paper.code}": each.paper.title for each in papers}
    found = origins_of(view.draft, view.draft.answers)
    return [(labels[path], origin) for path, origin in found.items() if path in labels]


def cards(view: "StepView", plan: Plan, language: str) -> list[Card]:
    """The answers as officers will read them, each with the page that asked."""
    snapshot = take_snapshot(plan.procedure, on=plan.on)
    found = read_answers(snapshot, plan.situation.kept_answers(), language=language)
    return [
        Card(section, f"{view.get_step_url(section.step)}?back={CHECK}#block-{section.code}")
        for section in found
        if section.step in plan.steps
    ]


def file(request: HttpRequest, view: "StepView") -> HttpResponseBase:
    """Answer to the button: login first where there is no account, then one case, however often it is pressed."""
    here, declaration = view.get_step_url(CHECK), Declaration(request.POST)
    changed = request.POST.get("version", "") != str(view.draft.version)
    if changed or not request.user.is_authenticated or not declaration.is_valid():
        elsewhere = view.plan.first_incomplete()
        if elsewhere:
            return redirect(view.get_step_url(elsewhere))
        if not request.user.is_authenticated:
            return redirect_to_login(here)
        return show(view, None if changed else declaration, changed=changed)
    if not view.procedure.open and not view.draft.filed_at:
        return show(view, declaration, closed=True)
    if view.procedure.binding and not view.draft.filed_at and not is_at_desk(request, view.draft):
        # the same POST goes on to the page that sends the code: the declaration travels with it
        return redirect("desk:confirm", draft=view.draft.pk, preserve_request=True)
    try:
        case = file_draft(draft=view.draft, procedure=view.procedure, by=request.user)
    except NotReady as obstacle:
        return redirect(view.get_step_url(obstacle.step))
    except RulesBroken:
        return redirect(here)
    except NoOffice:
        return show(view, declaration, closed=True)
    except NotAllowed as late:
        return show(view, declaration, refused=str(late))
    return redirect(receipt_of(view.draft, request.user, case))
