"""The page of papers: a section for each that is asked; files are added and removed without script."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from procedures.definition import Evidence, Text
from procedures.evidence.bearing import names_on
from procedures.evidence.formats import MEGABYTE
from procedures.evidence.models import Upload
from procedures.evidence.names import shown_name
from procedures.evidence.previews import open_preview, pages_shown
from procedures.evidence.refusals import PaperRefused
from procedures.evidence.selectors import paper_of_draft
from procedures.evidence.services import open_paper, receive_paper, remove_paper
from procedures.wizard.access import own_draft
from procedures.wizard.models import Draft
from procedures.wizard.plan import CHECK, PAPERS, Plan

if TYPE_CHECKING:
    from procedures.wizard.views import StepView


@dataclass
class Refusal:
    """A file that was not kept, and why."""

    name: str
    message: str


@dataclass
class PaperSection:
    """One paper asked: what it is, why, what has been received, what was refused just now."""

    paper: Evidence
    row: str
    uploads: list[Upload]
    refusals: list[Refusal] = field(default_factory=list)
    missing: bool = False

    @property
    def input_name(self) -> str:
        return f"paper-{self.paper.code}-{self.row}" if self.row else f"paper-{self.paper.code}"

    @property
    def received(self) -> list[Upload]:
        return [upload for upload in self.uploads if upload.state != Upload.State.REFUSED]

    @property
    def may_add(self) -> bool:
        return len(self.received) < self.paper.files

    @property
    def because(self) -> Text:
        return self.paper.when.says if self.paper.when else ""

    @property
    def state(self) -> str:
        """The class of its row: something to mend, to wait for, to look at again, received, or nothing yet."""
        if self.refusals or self.missing or any(upload.state == Upload.State.REFUSED for upload in self.uploads):
            return "bad"
        if any(upload.state == Upload.State.AWAITING_SCAN for upload in self.received):
            return "wait"
        if any(upload.checks for upload in self.received):
            return "warn"
        return "ok" if self.received else "empty"


def sections(plan: Plan) -> list[PaperSection]:
    return [PaperSection(paper, row, plan.uploads.get((paper.code, row), [])) for paper, row in plan.papers]


def ready(listed: list[PaperSection]) -> str:
    """How many of the papers are here, in a sentence."""
    return render_to_string(
        "wizard/ready.html", {"ready": sum(bool(each.received) for each in listed), "sections": listed}
    )


def show(view: StepView, shown: list[PaperSection] | None = None) -> HttpResponse:
    listed = shown or sections(view.plan)
    errors = [(each.input_name, message) for each in listed for message in _messages(each)]
    return view.show(
        "wizard/papers.html",
        sections=listed,
        errors=errors,
        error_summary=bool(errors),
        ready=ready(listed),
        megabytes=settings.TAKWIN_UPLOAD_MAX_BYTES // MEGABYTE,
    )


def receive(view: StepView) -> HttpResponseBase:
    """Keep every good file that was sent, whatever happens to the others; then remove, stay, leave or go on."""
    request, draft = view.request, view.draft
    listed = sections(view.plan)
    for section in listed:
        section.refusals = list(_received(view, section))
    removed = _removed(request, draft)
    Draft.objects.filter(pk=draft.pk).update(saved_at=timezone.now())
    view.plan_for(own_draft(request, draft.pk))
    refused = {(each.paper.code, each.row): each.refusals for each in listed if each.refusals}
    if refused:
        fresh = sections(view.plan)
        for section in fresh:
            section.refusals = refused.get((section.paper.code, section.row), [])
        return show(view, fresh)
    if "later" in request.POST:
        return redirect(view.leaving_url())
    if removed or "add" in request.POST:
        return redirect(view.get_step_url(PAPERS))
    missing = {(paper.code, row) for paper, row in view.plan.missing_papers()}
    if missing:
        fresh = sections(view.plan)
        for section in fresh:
            section.missing = (section.paper.code, section.row) in missing
        return show(view, fresh)
    return redirect(view.get_step_url(CHECK))


def file_of_a_draft(request: HttpRequest, draft: UUID, upload: UUID) -> HttpResponseBase:
    """GET shows the private file to whoever owns the draft; POST takes it out of the draft."""
    found = _own_paper(request, draft, upload)
    if request.method == "POST":
        remove_paper(upload=found)
        return redirect("wizard:step", draft=draft, step=PAPERS)
    return open_paper(found, inline=True)


@require_safe
def preview(request: HttpRequest, draft: UUID, upload: UUID, page: int) -> HttpResponseBase:
    """A page of a paper as a picture, for whoever owns the draft."""
    return open_preview(_own_paper(request, draft, upload), page)


@require_safe
def pages_of_a_paper(request: HttpRequest, draft: UUID, upload: UUID) -> HttpResponse:
    """The paper as it arrived, page by page, with what a first look found."""
    found = _own_paper(request, draft, upload)
    if found.state != Upload.State.CLEAN:
        raise Http404
    context = {"upload": found, "draft": draft, "pages": range(1, pages_shown(found) + 1)}
    return render(request, "wizard/pages.html", context)


def _own_paper(request: HttpRequest, draft: UUID, upload: UUID) -> Upload:
    own = own_draft(request, draft)
    found = paper_of_draft(own, upload)
    if found is None or own.filed_at:
        raise Http404
    return found


def _received(view: StepView, section: PaperSection) -> Iterator[Refusal]:
    for file in view.request.FILES.getlist(section.input_name):
        try:
            keep(view, section, file)
        except PaperRefused as refusal:
            yield Refusal(shown_name(file.name or ""), refusal.message)


def keep(view: StepView, section: PaperSection, file: UploadedFile[Any]) -> None:
    """Receive one file for a paper of the draft; raise PaperRefused where it is not kept."""
    receive_paper(
        draft=view.draft,
        paper=section.paper.code,
        row=section.row,
        file=file,
        by=view.request.user,
        most=section.paper.files,
        names=names_on(section.paper, section.row, view.plan.situation.kept_answers()),
    )


def _removed(request: HttpRequest, draft: Draft) -> bool:
    wanted = request.POST.get("remove", "")
    try:
        found = paper_of_draft(draft, UUID(wanted)) if wanted else None
    except ValueError:
        found = None
    if found:
        remove_paper(upload=found)
    return bool(wanted)


def _messages(section: PaperSection) -> Iterator[str]:
    for refusal in section.refusals:
        yield refusal.message
    if section.missing:
        yield _("Add: %(paper)s") % {"paper": section.paper.title}
