"""The pages of one draft in their order, how far its person is, and what stands in the way of filing."""

from datetime import date
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from procedures.appeals.selectors import engine_of
from procedures.definition import Evidence, Procedure, Step
from procedures.evidence.models import Upload
from procedures.evidence.selectors import counted, papers_of
from procedures.rules import Situation
from procedures.wizard.models import Draft
from procedures.wizard.pages import Page

PAPERS, CHECK = "papers", "check"  # the engine's own pages, after those of the procedure


class Plan:
    """Worked out once a request, from one draft and one procedure."""

    def __init__(self, draft: Draft, procedure: Procedure, *, on: date | None = None) -> None:
        self.draft, self.procedure = draft, procedure
        self.on = on or timezone.localdate()
        self.situation = Situation(procedure, draft.answers, on=self.on, engine=engine_of(draft.pk, procedure))
        self._pages: dict[str, Page] = {}

    @cached_property
    def steps(self) -> dict[str, Step]:
        """Pages of questions that are asked, by code."""
        return {step.code: step for step in self.situation.asked_steps()}

    @cached_property
    def codes(self) -> list[str]:
        return [*self.steps, *([PAPERS] if self.papers else ()), CHECK]

    @cached_property
    def papers(self) -> tuple[tuple[Evidence, str], ...]:
        return self.situation.asked_papers()

    @cached_property
    def uploads(self) -> dict[tuple[str, str], list[Upload]]:
        return counted(papers_of(self.draft))

    def page(self, code: str) -> Page:
        """A page as it was last typed, or unbound where nothing was."""
        if code not in self._pages:
            typed: dict[str, Any] = self.draft.typed.get(code) or {}
            self._pages[code] = Page(
                self.procedure,
                self.steps[code],
                self.draft.answers,
                on=self.on,
                data=MultiValueDict(typed["data"]) if typed else None,
                shown=typed.get("shown"),
                later=bool(typed.get("later")),
            )
        return self._pages[code]

    def first_incomplete(self, *, before: str = "") -> str | None:
        """The first page that still lacks something, among those that come before `before` (all where it is empty)."""
        for code in self.codes:
            if code in (before, CHECK):
                return None
            if not self.is_complete(code):
                return code
        return None

    def is_complete(self, code: str) -> bool:
        """Saved without fault, and still without fault under the procedure as it is now."""
        if code == PAPERS:
            return not self.missing_papers()
        return code in self.draft.done_steps and self.page(code).is_valid()

    def missing_papers(self) -> list[tuple[Evidence, str]]:
        """Papers that must be handed in and are not; one that waits for the scanner is handed in."""
        refused = Upload.State.REFUSED
        return [
            (paper, row)
            for paper, row in self.papers
            if not paper.optional and all(upload.state == refused for upload in self.uploads.get((paper.code, row), ()))
        ]

    def blocks_before(self, code: str) -> set[str]:
        """Codes of the blocks asked on the pages before this one, whose answers a rule may already need."""
        found: set[str] = set()
        for earlier, step in self.steps.items():
            if earlier == code:
                break
            found |= {block.code for block in self.situation.asked_blocks(step)}
        return found
