"""Files that a script sends in parts: the answer says how far the file has come, or how its paper stands then."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone

from procedures.evidence.names import shown_name
from procedures.evidence.parcels import add_part, expect_parcel, forget_parcel, whole
from procedures.evidence.refusals import PaperRefused
from procedures.wizard.models import Draft
from procedures.wizard.papers import PaperSection, Refusal, keep, ready, sections
from procedures.wizard.views import StepView


class PartsView(StepView):
    """POST: `into` (the name of the input), `name`, `size`, `key`; with `at` and `part`, or without to ask how far."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return super().dispatch(request, *args, **kwargs, step="papers")

    def post(self, *args: Any, **kwargs: Any) -> JsonResponse:
        section = next((each for each in sections(self.plan) if each.input_name == self.request.POST.get("into")), None)
        if section is None:
            return JsonResponse({}, status=404)
        try:
            return self.taken(section)
        except PaperRefused as refusal:
            return self.shown(section, Refusal(shown_name(self.request.POST.get("name", "")), refusal.message))

    def taken(self, section: PaperSection) -> JsonResponse:
        """Keep the part; once the last has come, the file is received as the plain form's is."""
        told = self.request.POST
        parcel = expect_parcel(
            draft=self.draft,
            paper=section.paper.code,
            row=section.row,
            name=told.get("name", "").replace("\0", ""),
            size=_number(told.get("size", "")),
            key=told.get("key", "").replace("\0", ""),
        )
        if "part" in self.request.FILES:
            parcel = add_part(parcel=parcel, at=_number(told.get("at", "")), part=self.request.FILES["part"])
        if parcel.received < parcel.size:
            return JsonResponse({"at": parcel.received})
        try:
            keep(self, section, whole(parcel))
        finally:
            forget_parcel(parcel=parcel)
        Draft.objects.filter(pk=self.draft.pk).update(saved_at=timezone.now())
        return self.shown(section)

    def shown(self, section: PaperSection, *refusals: Refusal) -> JsonResponse:
        """The row of the paper as it stands now, and how many papers are here."""
        self.plan_for(self.draft)
        fresh = sections(self.plan)
        now = next(each for each in fresh if each.input_name == section.input_name)
        now.refusals = list(refusals)
        context = {"section": now, "draft": self.draft}
        html = render_to_string("wizard/paper.html", context, request=self.request)
        return JsonResponse({"html": html, "ready": str(ready(fresh))})


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else -1
