"""Opening a file: which procedures an officer opens, the page that asks, and what was typed made a case."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.desk.papers_asked import Papers
from procedures.cases.errors import NotAllowed, Refused
from procedures.cases.models import Case
from procedures.cases.services import may_open, open_file
from procedures.definition import Procedure
from procedures.offices.selectors import NoOffice
from procedures.registry import UnknownProcedure, procedures
from procedures.resolving import resolve
from procedures.rules import Situation
from procedures.wizard.pages import Page
from procedures.wizard.storage import answers_in


def openable(person: Any) -> list[Procedure]:
    """The procedures whose files this officer opens today."""
    return [found for code in procedures() if may_open(person, found := resolve(code))]


def openable_by_code(person: Any, code: str) -> Procedure:
    """Raises Http404 for one that this officer does not open."""
    try:
        found = resolve(code)
    except UnknownProcedure:
        raise Http404 from None
    if not may_open(person, found):
        raise Http404
    return found


@dataclass
class Opening:
    """One request to the page: its questions and papers as they were sent, or empty about the object of the link."""

    request: HttpRequest
    procedure: Procedure
    refused: list[str] = field(default_factory=list)

    @property
    def posted(self) -> bool:
        return self.request.method == "POST"

    @cached_property
    def key(self) -> UUID:
        """What makes a file that is sent twice one file: made with the empty page, sent back with it."""
        try:
            return UUID(self.request.POST.get("key", ""))
        except ValueError:
            return uuid4()

    @cached_property
    def page(self) -> Page:
        (step,), today = self.procedure.steps, timezone.localdate()
        if self.posted:
            data, seen = answers_in(self.request.POST, step), self.request.POST.get("shown")
            shown = seen.replace("\0", "").split()[:1000] if seen is not None else None
            page = Page(self.procedure, step, {}, on=today, data=data, shown=shown)
            page.judge(set())
            return page
        return Page(self.procedure, step, {}, on=today, data=self._about(), shown=())

    def _about(self) -> MultiValueDict[str, str]:
        about = self.request.GET.get("about", "").strip()[:40]
        return MultiValueDict({str(self.procedure.about).replace(".", "-"): [about]} if about else {})

    @cached_property
    def papers(self) -> Papers:
        asked = tuple(paper for paper in self.procedure.papers if not paper.at)
        sent: tuple[Any, Any] = (self.request.POST, self.request.FILES) if self.posted else (None, None)
        return Papers(*sent, asked=asked, language=get_language() or "ar")

    def perform(self) -> Case | None:
        """The opened file, or None: what is to be mended stands beside the questions, or in `refused`."""
        if not (self.page.is_valid() and self.papers.is_valid()):
            return None
        answers = self.page.situation.kept_answers()
        try:
            return open_file(
                draft_id=self.key,
                procedure=self.procedure,
                answers=answers,
                situation=Situation(self.procedure, answers, on=timezone.localdate()),
                by=self.request.user,
                language=get_language() or "ar",
                on=timezone.now(),
                papers=self.papers.given(),
            )
        except Refused as refused:
            self.refused += [text for texts in self.papers.take(refused.faults).values() for text in texts]
        except NotAllowed as refusal:
            self.refused.append(str(refusal))
        except NoOffice:
            self.refused.append(_("No office can receive this file. An administrator opens the office first."))
        return None

    @property
    def errors(self) -> list[tuple[str, str]]:
        """For the summary above the page: the control that mends it, and the sentence."""
        papers = [(f"id_{name}", str(text)) for name, texts in self.papers.errors.items() for text in texts]
        return [*(("", text) for text in self.refused), *self.page.errors, *papers]
