"""The page on which a person takes what is already known: nothing is taken but by ticking it and pressing a button."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from procedures.consents.services import give_consent
from procedures.consents.texts import REUSE, in_force
from procedures.evidence.refusals import PaperRefused
from procedures.refusal import Refusal
from procedures.sources.cases import wants_consent
from procedures.sources.offering import Offer, offers_for
from procedures.sources.papers import papers_for, take_paper
from procedures.sources.services import note_taken
from procedures.wizard.access import is_at_desk
from procedures.wizard.plan import PAPERS
from procedures.wizard.services import StaleDraft
from procedures.wizard.views import StepView


class KnownView(StepView):
    """The same door and the same plan as the page that it fills in."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return super().dispatch(request, *args, **kwargs)

    def get(self, *args: Any, **kwargs: Any) -> HttpResponseBase:
        step = self._turned(kwargs["step"])
        asked: dict[str, Any] = {
            "step_url": self.get_step_url(step),
            "consent": in_force(REUSE) if wants_consent(self.draft) else None,
        }
        if step == PAPERS:
            return self.show("sources/papers.html", papers=list(papers_for(self.plan)), **asked)
        offered = offers_for(self.plan, self.plan.steps[step], self.request.user)
        return self.show("sources/known.html", offered=offered, **asked)

    def post(self, *args: Any, **kwargs: Any) -> HttpResponseBase:
        step = self._turned(kwargs["step"])
        if "agree" in self.request.POST:
            return self._agree(self.request.POST["agree"])
        wanted = set(self.request.POST.getlist("take"))
        if step == PAPERS:
            return self._take_papers(wanted)
        offered = offers_for(self.plan, self.plan.steps[step], self.request.user)
        ticked = [offer for each in offered for offer in each.offers if offer.key in wanted]
        offers = list({offer.path: offer for offer in reversed(ticked)}.values())  # ticked twice: the nearer source
        if not offers:
            messages.warning(self.request, _("Nothing was ticked, and nothing was taken."))
            return redirect(self.request.path)
        try:
            self._take(step, offers)
        except StaleDraft:
            messages.warning(
                self.request, _("The page was changed elsewhere meanwhile. Nothing was taken: look again.")
            )
            return redirect(self.request.path)
        self._say(len(offers))
        return redirect(self.get_step_url(step))

    def _agree(self, version: str) -> HttpResponseBase:
        """From now on what was filed before is offered; nothing is taken by agreeing."""
        try:
            give_consent(person=self.request.user, code=REUSE, version=int(version) if version.isdecimal() else 0)
        except Refusal as refused:
            messages.warning(self.request, str(refused))
        return redirect(self.request.path)

    def _turned(self, step: str) -> str:
        """Not at a desk: what a person's earlier cases hold is not for whoever types for them."""
        if is_at_desk(self.request, self.draft) or not self._is_mine:
            raise Http404
        self.turn_to(step)
        if step != PAPERS and step not in self.plan.steps:
            raise Http404
        return step

    @property
    def _is_mine(self) -> bool:
        return self.draft.organisation is not None or self.draft.owner_id == self.request.user.pk

    def _take(self, step: str, offers: list[Offer]) -> None:
        """Lay the answers over the page as it was last typed, and remember it as if the person had left it there."""
        typed: Any = self.plan.page(step).data or {}
        data: MultiValueDict[str, str] = MultiValueDict(typed)
        for offer in offers:
            for name, values in offer.data.items():
                data.setlist(name, values)
        page = self.page_of(step, data, later=True)
        page.judge(self.plan.blocks_before(step))
        self.storage.keep(step, data, later=True)
        self.remember(step, page, good=page.is_valid())
        note_taken(draft=self.draft, taken=[(offer.path, offer.origin, offer.value) for offer in offers])

    def _take_papers(self, wanted: set[str]) -> HttpResponseBase:
        taken = 0
        for again in [each for each in papers_for(self.plan) if each.key in wanted]:
            try:
                upload = take_paper(plan=self.plan, again=again, by=self.request.user)
            except PaperRefused as refusal:
                messages.warning(self.request, str(refusal.message))
            else:
                taken += 1
                note_taken(draft=self.draft, taken=[(f"paper.{again.paper.code}", again.origin, upload.sha256)])
        self._say(taken)
        return redirect(self.get_step_url(PAPERS))

    def _say(self, number: int) -> None:
        sentence = ngettext(
            "One answer was taken. Check it before you go on.",
            "%(number)s answers were taken. Check them before you go on.",
            number,
        )
        if number:
            messages.success(self.request, sentence % {"number": number})
