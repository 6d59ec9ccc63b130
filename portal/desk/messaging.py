"""Messages about a case as both sides see and write them, and the files that came with them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from design.forms import QallalineForm
from portal.desk.casefile import OwnCase
from portal.desk.correcting import SeveralFiles
from portal.desk.telling import tell_of_message
from procedures.cases.access import acts_as_applicant, own_case, writes_for_office
from procedures.cases.models import Case, CaseMessage
from procedures.cases.services import CaseError, Refused, send_message
from procedures.cases.services.messaging import LONGEST
from procedures.cases.states import CLOSED
from procedures.evidence.models import Upload
from procedures.evidence.opening import open_paper


class Several(forms.FileField):
    """Any number of files, none too; the engine looks at what they are."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        clean = super().clean
        return [clean(each, initial) for each in data or ()]


class Writing(QallalineForm, forms.Form):
    """A message and its files; what was typed stays, the files must be chosen again."""

    text = forms.CharField(
        label=_("New message"),
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": _("Write the message first.")},
    )
    attached = Several(
        label=_("Files to attach"),
        help_text=_("PDF, JPEG or PNG. Several files may be chosen at once."),
        required=False,
        allow_empty_file=True,  # the engine says how to mend it
    )


@dataclass(frozen=True)
class Letters:
    """The messages of a case as one side reads them, and the form with which it writes."""

    case: Case
    reader: Any
    form: Writing
    by_office: bool

    @property
    def messages(self) -> list[dict[str, Any]]:
        """Oldest first; `mine` are those of the reader's own side."""
        found = self.case.messages.select_related("author", "office").prefetch_related("files")
        return [
            {
                "message": each,
                "mine": (each.office_id is not None) == self.by_office,
                "own": each.author_id == self.reader.pk,
                "files": list(each.files.all()),
            }
            for each in found
        ]

    @property
    def may_write(self) -> bool:
        if self.case.state in CLOSED:
            return False
        return (writes_for_office if self.by_office else acts_as_applicant)(self.reader, self.case)


def letters(case: Case, reader: Any, *, by_office: bool = False, form: Writing | None = None) -> Letters:
    return Letters(case, reader, form or Writing(), by_office)


def written(request: HttpRequest, case: Case) -> Writing | None:
    """Send what was posted; the form with its faults, or None once it is sent."""
    form = Writing(request.POST, request.FILES)
    if not form.is_valid():
        return form
    try:
        message = send_message(
            case=case, by=request.user, text=form.cleaned_data["text"], files=form.cleaned_data["attached"]
        )
    except Refused as refused:
        for name, sentences in refused.faults.items():
            for sentence in sentences:
                form.add_error("attached" if name == "files" else name, sentence)
        return form
    except CaseError as closed:
        form.add_error(None, str(closed))
        return form
    tell_of_message(message)
    return None


def write(request: HttpRequest, case: UUID) -> HttpResponseBase:
    """The applicant's side: back to the case, or to its page with the fault beside what was typed."""
    own = own_case(request.user, case)
    form = written(request, own)
    if form is None:
        return redirect(f"{reverse('desk:case', kwargs={'case': own.public_id})}#messages")
    file = OwnCase(own, request.user)
    context = {"file": file, "case": own, "letters": letters(own, request.user, form=form), "form": form}
    return render(request, "desk/write.html", context)


def attachment(request: HttpRequest, case: UUID, upload: UUID) -> HttpResponseBase:
    return open_attachment(own_case(request.user, case), upload)


def open_attachment(case: Case, upload: UUID) -> HttpResponseBase:
    """A file of one of the messages of this very case; any other does not exist."""
    found = Upload.objects.filter(pk=upload, messages__in=CaseMessage.objects.filter(case=case)).first()
    if found is None:
        raise Http404
    response: HttpResponse = open_paper(found)  # type: ignore[assignment]  # a FileResponse is one
    return response
