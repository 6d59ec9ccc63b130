"""Mend what an officer asked, and nothing else: only the named questions and the named papers are open again."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages as flash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from design.forms import QallalineForm, error_summary
from portal.desk.casefile import OwnCase
from portal.desk.wording import WHAT_IS_WRONG
from procedures import asking
from procedures.cases.access import own_case
from procedures.cases.patches import PAPER, covers, parts, value_at
from procedures.cases.selectors import answers_of
from procedures.cases.services import CaseError, return_correction
from procedures.cases.situations import procedure_of, situation_of
from procedures.definition import Block, Group, Procedure
from procedures.evidence.models import Upload
from procedures.evidence.selectors import current_papers
from procedures.evidence.services import PaperRefused, replace_papers


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class NewPaper(QallalineForm, forms.Form):
    """The file input of one paper; the files are received, and kept, before anything else is looked at."""

    file = forms.FileField(label=_("The new file"), required=False, widget=SeveralFiles)

    def __init__(self, title: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label = title
        self.fields["file"].required = True
        self.fields["file"].help_text = _("PDF, JPEG or PNG. Several files may be chosen at once.")


@dataclass
class Mending:
    """One thing to mend: what was asked and why, and either the form or the files that mend it."""

    path: str
    reason: Any
    note: str
    title: str = ""
    form: Any = None
    uploads: list[Upload] = field(default_factory=list)
    code: str = ""
    row: str = ""

    @property
    def is_paper(self) -> bool:
        return self.path.startswith(PAPER)

    @property
    def is_mended(self) -> bool:
        return bool(self.uploads)


def correction(request: HttpRequest, case: UUID) -> HttpResponse:
    file = OwnCase(own_case(request.user, case), request.user)
    if file.correction is None or not file.may_correct:
        return redirect("desk:case", case=file.case.public_id)
    if request.method == "POST":
        _receive_papers(request, file)
    mendings = list(_mendings(file, request))
    if request.method == "POST" and _all_mended(mendings):
        try:
            return_correction(case=file.case, by=request.user, patch=_patch(mendings))
        except CaseError as refusal:
            flash.warning(request, str(refusal))
        else:
            flash.success(request, _("Your correction is sent. The time limit runs again."))
            return redirect("desk:case", case=file.case.public_id)
    asked = [each.form for each in mendings if each.form is not None]
    summary = error_summary(*asked) if request.method == "POST" else ""
    context = {"file": file, "case": file.case, "mendings": mendings, "error_summary": summary}
    return render(request, "desk/correction.html", context)


def _mendings(file: OwnCase, request: HttpRequest) -> Iterator[Mending]:
    procedure = procedure_of(file.case)
    answers = answers_of(file.case)
    titles = {item.path: item.label for section in file.sections for item in section.items}
    for item in file.correction.items:
        asked = Mending(item["path"], WHAT_IS_WRONG.get(item["reason"], ""), item.get("note", ""))
        if asked.is_paper:
            yield _paper(asked, file, request)
        else:
            asked.form = _form(file, procedure, answers, asked.path, request)
            asked.title = titles.get(asked.path) or str(asked.form.legend)
            yield asked


def _form(file: OwnCase, procedure: Procedure, answers: dict[str, Any], path: str, request: HttpRequest) -> Any:
    """The block's own form, holding the answers as they stand, with only the fields that were reopened."""
    code, row, _name = parts(path)
    block = next(each for step in procedure.steps for each in asking.blocks_of(step) if each.code == code)
    initial = value_at(answers, f"{code}[{row}]" if row else code) or {}
    form = asking.form_for(
        procedure,
        block,
        data=request.POST if request.method == "POST" else None,
        initial=initial,
        prefix=f"{code}-{row}" if row else code,
        situation=situation_of(file.case, procedure),
        row=row,
    )
    for name in list(form.fields):
        if not covers([path], _address(block, row, name)):
            del form.fields[name]
    return form


def _address(block: Block, row: str, name: str) -> str:
    return f"{block.code}[{row}].{name}" if isinstance(block, Group) else f"{block.code}.{name}"


def _paper(asked: Mending, file: OwnCase, request: HttpRequest) -> Mending:
    asked.code, asked.row = _paper_of(asked.path)
    asked.title = file.paper_titles.get(asked.code, asked.code)
    since = current_papers(file.case).filter(paper=asked.code, row=asked.row, received_at__gt=file.correction.asked_at)
    asked.uploads = list(since)
    refused = getattr(request, "refused_papers", {}).get(asked.path)
    bound = request.method == "POST" and (bool(refused) or not asked.uploads)
    asked.form = NewPaper(asked.title, {} if bound else None, {} if bound else None, prefix=_prefix(asked.path))
    if refused:
        asked.form.fields["file"].required = False
        asked.form.add_error("file", refused)
    return asked


def _receive_papers(request: HttpRequest, file: OwnCase) -> None:
    """Take in every file at once, so that a fault elsewhere loses none; a refusal is told beside its paper."""
    refused: dict[str, str] = {}
    most = {paper.code: paper.files for paper in procedure_of(file.case).papers}
    for item in file.correction.items:
        path = item["path"]
        files = request.FILES.getlist(f"{_prefix(path)}-file") if path.startswith(PAPER) else []
        if not files:
            continue
        code, row = _paper_of(path)
        try:
            replace_papers(case=file.case, paper=code, row=row, files=files, by=request.user, most=most.get(code, 0))
        except PaperRefused as refusal:
            refused[path] = str(refusal.message)
    request.refused_papers = refused  # type: ignore[attr-defined]  # read again when the forms are drawn


def _all_mended(mendings: list[Mending]) -> bool:
    checked = [each.form.is_valid() if not each.is_paper else _is_settled(each) for each in mendings]
    return all(checked)


def _is_settled(paper: Mending) -> bool:
    return paper.is_mended and not paper.form.is_bound


def _patch(mendings: list[Mending]) -> dict[str, Any]:
    """Values by path, as cases/patches.py lays them over the answers; a new paper stands for itself."""
    patch: dict[str, Any] = {}
    for each in mendings:
        if each.is_paper:
            patch[each.path] = [str(upload.pk) for upload in each.uploads]
            continue
        block, row, _name = parts(each.path)
        start = f"{block}[{row}]" if row else block
        patch |= {f"{start}.{name}": value for name, value in asking.stored(each.form).items()}
    return patch


def _paper_of(path: str) -> tuple[str, str]:
    code, _bracket, row = path.removeprefix(PAPER).partition("[")
    return code, row.rstrip("]")


def _prefix(path: str) -> str:
    return path.replace(".", "-").replace("[", "-").rstrip("]")
