"""Before the first page and instead of the last: start or resume a draft, discard one."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from procedures.amounts import terms_of
from procedures.cases.access import own_case
from procedures.cases.models import Case
from procedures.definition import Procedure
from procedures.mandates.selectors import held_by
from procedures.registry import UnknownProcedure
from procedures.representation import represented_by
from procedures.resolving import resolve
from procedures.sources.renewing import begin_from
from procedures.wizard.access import own_draft
from procedures.wizard.filing import receipt_of
from procedures.wizard.limits import has_too_many
from procedures.wizard.models import Draft
from procedures.wizard.plan import Plan
from procedures.wizard.selectors import open_drafts
from procedures.wizard.services import discard_draft, start_draft


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, code: str) -> HttpResponseBase:
    """GET: what is needed, and the drafts that wait. POST: a new draft, then its first page."""
    procedure = _procedure(code)
    if procedure.is_opened_by_authority:
        raise Http404  # an officer opens it, in the office
    if procedure.contests:
        return _from_its_case(request, procedure)
    full = request.method == "POST" and procedure.open and has_too_many(request)
    bodies = {str(each.organisation): each for each in represented_by(request.user) if each.may_file(procedure)}
    given = request.POST if request.method == "POST" else request.GET
    like = _like(request, given.get("like", ""), code)
    asked = str(like.organisation or "") if like else given.get("organisation", "")
    body = bodies.get(asked)
    mandates = {str(each.public_id): each for each in held_by(request.user) if each.procedure in ("", code)}
    mandate = mandates.get(asked)
    if asked and body is None and mandate is None:
        raise Http404
    if request.method == "POST" and procedure.open and not full:
        organisation = body.organisation if body else None
        draft = start_draft(request=request, procedure=procedure, organisation=organisation, mandate=mandate)
        if like:
            begin_from(draft=draft, plan=Plan(draft, procedure), case=like)
        return redirect("wizard:step", draft=draft.pk, step=Plan(draft, procedure).codes[0])
    drafts = list(open_drafts(request, code))
    saved = request.GET.get("saved", "")
    context = {
        "procedure": procedure,
        "drafts": [
            (draft, _resume_step(draft, procedure), bodies.get(str(draft.organisation or ""))) for draft in drafts
        ],
        "saved": next((draft for draft in drafts if str(draft.pk) == saved), None),
        "terms": terms_of(procedure),
        "bodies": bodies.values(),
        "body": body,
        "mandates": mandates.values(),
        "mandate": mandate,
        "like": like,
        "full": full,
    }
    return render(request, "wizard/start.html", context, status=429 if full else 200)


def _from_its_case(request: HttpRequest, procedure: Procedure) -> HttpResponse:
    """An appeal begins from the page of the case whose decision it contests: there the time limit is known."""
    status = 200 if request.method in ("GET", "HEAD") else 409
    return render(request, "wizard/from_its_case.html", {"procedure": procedure}, status=status)


def _like(request: HttpRequest, public_id: str, code: str) -> Case | None:
    """The case to begin from: one's own or of an organisation for which one files, and of the same procedure."""
    if not public_id:
        return None
    case = own_case(request.user, public_id)
    if case.procedure != code or (case.organisation is None and case.applicant_id != request.user.pk):
        raise Http404
    return case


def resume(request: HttpRequest, draft: UUID) -> HttpResponseBase:
    """To the page at which the person stopped, or to what became of the draft."""
    own = own_draft(request, draft)
    if own.filed_at:
        return redirect(receipt_of(own, request.user))
    return redirect("wizard:step", draft=own.pk, step=_resume_step(own, _procedure(own.procedure)))


@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, draft: UUID) -> HttpResponseBase:
    """GET asks whether one is sure; POST deletes the draft and its files."""
    own = own_draft(request, draft)
    if own.filed_at:
        raise Http404
    procedure = _procedure(own.procedure)
    if request.method == "POST":
        discard_draft(draft=own)
        return redirect("wizard:start", code=procedure.code)
    return _sure(request, own, procedure)


def _sure(request: HttpRequest, draft: Draft, procedure: Procedure) -> HttpResponse:
    return render(request, "wizard/discard.html", {"draft": draft, "procedure": procedure})


def _resume_step(draft: Draft, procedure: Procedure) -> str:
    plan = Plan(draft, procedure, on=timezone.localdate())
    return plan.first_incomplete() or plan.codes[-1]


def _procedure(code: str) -> Procedure:
    try:
        return resolve(code)
    except UnknownProcedure:
        raise Http404 from None
