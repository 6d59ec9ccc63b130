"""The one wizard: every page of every procedure, over the draft that its address names."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property
from formtools.wizard.views import NamedUrlWizardView

from procedures.definition import Procedure
from procedures.refusal import Refusal
from procedures.registry import UnknownProcedure
from procedures.resolving import resolve
from procedures.wizard import checking, papers, rows, saving, seeking, sheets, stale
from procedures.wizard.access import own_draft
from procedures.wizard.changes import sender_of
from procedures.wizard.copies import key_for
from procedures.wizard.filing import receipt_of
from procedures.wizard.models import Draft
from procedures.wizard.pages import Page
from procedures.wizard.plan import CHECK, PAPERS, Plan
from procedures.wizard.services import StaleDraft
from procedures.wizard.storage import DraftStorage, whole_answers


class StepView(NamedUrlWizardView):
    """formtools keeps the order of the pages, the draft everything else; the page comes from the address only."""

    storage_name = "procedures.wizard.storage.DraftStorage"
    template_name = "wizard/step.html"
    storage: DraftStorage

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        draft = own_draft(request, kwargs["draft"])
        if draft.filed_at:
            return redirect(receipt_of(draft, request.user))
        request.draft = draft  # type: ignore[attr-defined]  # the storage reads it there
        self.draft = draft
        self.plan_for(draft)
        try:
            return super().dispatch(request, *args, **kwargs)
        except StaleDraft:
            self.plan_for(own_draft(request, draft.pk))
            return stale.both_versions(self, kwargs["step"])

    def plan_for(self, draft: Draft) -> None:
        """Work out the pages anew: what was answered may have opened or closed some."""
        self.draft, self.plan = draft, Plan(draft, self.procedure)

    @cached_property
    def procedure(self) -> Procedure:
        """As it stands today, asked of the editors' changes once a request."""
        try:
            return resolve(self.draft.procedure)
        except UnknownProcedure:
            raise Http404 from None

    def get(self, *args: Any, **kwargs: Any) -> HttpResponseBase:
        step = kwargs["step"]
        elsewhere = self.turn_to(step)
        if elsewhere:
            return redirect(self.get_step_url(elsewhere))
        if step == PAPERS:
            return papers.show(self)
        if step == CHECK:
            return checking.show(self)
        page = self.get_form(step)
        if any(part.is_sheet for part in page.parts) and page.data is not None:
            page.judge(self.plan.blocks_before(step))  # a table says what is wrong in which row whenever it is shown
        sheets.shut(page, {self.request.GET.get("row", "")})
        page.hide_first_errors()
        return self.render(page)

    def post(self, *args: Any, **kwargs: Any) -> HttpResponseBase:
        step = kwargs["step"]
        elsewhere = self.turn_to(step)
        if step == CHECK:
            return redirect(self.get_step_url(elsewhere or CHECK))
        if step == PAPERS:
            return papers.receive(self)
        if step not in self.plan.steps:
            return redirect(self.get_step_url(elsewhere or CHECK))
        if "changed" in self.request.POST:
            return saving.save_typed(self, step)
        return self.receive_answers(step, elsewhere)

    def turn_to(self, step: str) -> str | None:
        """Make `step` the current page; the page to go to instead, where it is not asked or comes too early."""
        if step not in {each.code for each in self.procedure.steps} | {PAPERS, CHECK}:
            raise Http404
        if step not in self.plan.codes:
            return self.plan.first_incomplete() or CHECK
        self.storage.current_step = step
        return self.plan.first_incomplete(before=step)

    def receive_answers(self, step: str, elsewhere: str | None) -> HttpResponseBase:
        """Keep the page as typed, right or wrong, in one UPDATE; then go on, stay, or leave."""
        posted = self.request.POST
        data = whole_answers(posted, self.plan.steps[step], self.draft.typed.get(step))
        if stale.is_stale(self.storage, step, posted, data):
            return stale.both_versions(self, step)
        changed_rows, refused = self.change_rows(step, data)
        later = not {"later", "known", seeking.BUTTON}.isdisjoint(posted) or bool(changed_rows)
        page = self.page_of(
            step, data, shown=posted.get("shown", "").replace("\0", "").split()[:1000] or None, later=later
        )
        page.judge(self.plan.blocks_before(step))
        good = page.is_valid()
        shown = None if good or not page.shown else list(page.shown)
        self.storage.keep(step, data, shown=shown, later=later, sender=sender_of(posted)[0])
        self.remember(step, page, good=good)
        if elsewhere:
            return redirect(self.get_step_url(elsewhere))
        if refused:
            page.refuse_pasted(refused.field, str(refused), posted.get(f"pasted.{refused.field}", ""))
            return self.again(page, step)
        if changed_rows:
            return redirect(self.place_url(step, changed_rows))
        if seeking.BUTTON in posted:
            return self.again(page, step)
        if "known" in posted:
            return redirect("wizard:known", draft=self.draft.pk, step=step)
        if later:
            return redirect(self.leaving_url())
        return self.after(step, page, good=good)

    def remember(self, step: str, page: Page, *, good: bool) -> None:
        draft = self.draft
        draft.done_steps = [code for code in draft.done_steps if code != step] + [step] * good
        if good:
            draft.answers = draft.answers | page.patch()
            draft.procedure_version = self.procedure.version
        self.storage.save()

    def after(self, step: str, page: Page, *, good: bool) -> HttpResponseBase:
        if good:
            self.plan_for(self.draft)
            back = self.request.POST.get("back") == CHECK
            return redirect(self.get_step_url(CHECK if back else self.get_next_step(step) or CHECK))
        return self.again(page, step)

    def again(self, page: Page, step: str) -> HttpResponseBase:
        """The page once more with what is to be mended; fresh where only new questions were opened."""
        sheets.shut(
            page,
            {row for name in self.request.POST if name.endswith("-row") for row in self.request.POST.getlist(name)},
        )
        page.hide_first_errors()
        if not page.errors and not self.request.POST.get(seeking.BUTTON):
            return redirect(self.get_step_url(step))
        return self.render(page)

    def render(self, form: Any = None, **kwargs: Any) -> HttpResponse:
        seeking.offer(form, self.request.POST)
        return super().render(form, **kwargs)

    def change_rows(self, step: str, data: MultiValueDict[str, str]) -> tuple[str, Refusal | None]:
        """The place in the page where rows were changed, or why they were not."""
        try:
            return rows.changed(self.plan.steps[step], self.request.POST, data), None
        except Refusal as refused:
            return "", refused

    def place_url(self, step: str, place: str) -> str:
        """The address of a place in a page, its row open, and the way back to the check page kept."""
        row = {"row": found} if (found := rows.row_of(place)) else {}
        back = {"back": CHECK} if self.request.POST.get("back") == CHECK else {}
        query = urlencode(row | back)
        return f"{self.get_step_url(step)}{'?' if query else ''}{query}#{place}"

    def page_of(
        self, step: str, data: MultiValueDict[str, str], *, shown: list[str] | None = None, later: bool = False
    ) -> Page:
        return Page(
            self.procedure,
            self.plan.steps[step],
            self.draft.answers,
            on=self.plan.on,
            data=data,
            shown=shown,
            later=later,
        )

    # What formtools asks

    def get_form_list(self) -> dict[str, Any]:
        return dict.fromkeys(self.plan.codes, Page)

    def get_form(self, step: str | None = None, data: Any = None, files: Any = None) -> Any:
        return self.plan.page(step or self.steps.current)

    def get_step_url(self, step: str) -> str:
        return reverse("wizard:step", kwargs={"draft": self.draft.pk, "step": step})

    def done(self, form_list: Any, **kwargs: Any) -> HttpResponse:
        """Never called: a case is filed by a POST of its own, with the draft's id as its key."""
        raise Http404

    def get_context_data(self, form: Any, **kwargs: Any) -> dict[str, Any]:
        before = self.get_prev_step()
        return super().get_context_data(form=form, **kwargs) | {
            "page": form,
            "errors": form.errors if form else [],
            "error_summary": bool(form and form.errors),
            "draft": self.draft,
            "procedure": self.procedure,
            "step": self.plan.steps.get(self.steps.current),
            "typed": self.draft.typed.get(self.steps.current),
            "copy_key": key_for(self.request),
            "step_list": self.plan.codes,
            "position": self.get_step_index() + 1,
            "total": len(self.plan.codes),
            "back_url": self.get_step_url(before) if before else self.start_url(),
            "back": self.request.POST.get("back") or self.request.GET.get("back", ""),
            **kwargs,
        }

    def start_url(self) -> str:
        return reverse("wizard:start", kwargs={"code": self.draft.procedure})

    def leaving_url(self) -> str:
        """Where one goes who finishes later: the page that lists what waits to be resumed, and says how long."""
        return f"{self.start_url()}?saved={self.draft.pk}"

    def show(self, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
        """One of the engine's own pages, within the frame of the wizard."""
        return render(self.request, template, self.get_context_data(form=None, **context), status=status)


class FileView(StepView):
    """The POST that files: the same door, the same plan, no page of its own."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return super().dispatch(request, *args, **kwargs, step=CHECK)

    def post(self, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.storage.current_step = CHECK
        return checking.file(self.request, self)
