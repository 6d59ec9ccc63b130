"""Somebody whom a case concerns answers what the administration asks them, or is heard, from their own account."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from design.forms import QallalineForm, error_summary
from portal.desk.casefile import OwnCase
from portal.desk.papers_asked import Papers
from procedures import asking
from procedures.cases.models import Case, StageRecord
from procedures.cases.selectors import opinions_asked
from procedures.cases.services import CaseError, Refused, add_late_opinion, record_opinion
from procedures.cases.situations import procedure_of, situation_of
from procedures.definition import Audience, Procedure


class Said(QallalineForm, forms.Form):
    note = forms.CharField(
        label=_("What you have to say"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 6})
    )

    def __init__(self, data: Any = None, *, alone: bool) -> None:
        super().__init__(data)
        self.fields["note"].required = alone
        self.fields["note"].error_messages["required"] = _("Write what you have to say.")


def hearing(request: HttpRequest, case: UUID) -> HttpResponse:
    """The questions put to those concerned; for everybody else the page does not exist."""
    record = get_object_or_404(opinions_asked(request.user).filter(case__public_id=case))
    procedure, data = procedure_of(record.case), request.POST if request.method == "POST" else None
    blocks = asking.blocks_of(procedure.route[record.position])
    asked = [(block, asking.form_for(procedure, block, data=data)) for block in blocks]
    own, papers = Said(data, alone=not blocks), _papers(request, record, procedure)
    every = [*(form for _block, form in asked), own, papers]
    wrong = [form.errors for form in every]  # of every form, so that the summary is whole
    if data is not None and not any(wrong):
        faults = _send(request, record, {block.code: asking.stored(form) for block, form in asked}, own, papers)
        if faults is None:
            return redirect("desk:home")
        for name, sentences in papers.take(faults).items():
            owner = next((form for form in every if name in form.fields), own)
            owner.add_error(name if name in owner.fields else None, list(sentences))
    context = {"record": record, "asked": asked, "own": own, "papers": papers}
    context |= {"file": OwnCase(record.case, request.user), "measures": record.case.opened_by_id is not None}
    context |= {"sections": _sections(record, procedure, request.user)}
    context["error_summary"] = error_summary(*every) if data is not None else ""
    return render(request, "desk/hearing.html", context)


def _papers(request: HttpRequest, record: StageRecord, procedure: Procedure) -> Papers:
    """Those that go with the answer; none with one that comes late."""
    stage = procedure.route[record.position].name
    asked = situation_of(record.case, procedure).papers_at(stage) if record.closed_at is None else ()
    sent: tuple[Any, Any] = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return Papers(*sent, asked=asked, language=get_language() or "ar")


def _send(
    request: HttpRequest, record: StageRecord, answers: dict[str, Any], own: Said, papers: Papers
) -> Mapping[str, Any] | None:
    """What the engine refused, by field; None where it took the answer, or somebody else had answered before."""
    said = own.cleaned_data["note"]
    case = Case.objects.get(pk=record.case_id)
    try:
        if record.closed_at is None:
            given = papers.given()
            record_opinion(case=case, by=request.user, version=None, answers=answers, note=said, papers=given)
        else:
            add_late_opinion(case=case, by=request.user, answers=answers, note=said)
    except Refused as refused:
        return refused.faults
    except CaseError as error:
        messages.error(request, str(error))
        return None
    messages.success(request, _("Your answer is with the administration."))
    return None


def _sections(record: StageRecord, procedure: Procedure, person: Any) -> list[Any]:
    """What the case says, where it is theirs or the administration's own; another person's answers stay hidden."""
    own = record.case.applicant_id == person.pk or (
        record.organisation is not None and record.organisation == record.case.organisation
    )
    if not own and Audience.AUTHORITY not in {each.audience for each in procedure.applicants}:
        return []
    file = OwnCase(record.case, person)
    hidden = {block["code"] for block in file.snapshot["blocks"] if block["confidential"]}
    return [each for each in file.sections if own or each.code not in hidden]
