"""One page of questions as formtools sees it: several fieldsets and groups of rows that are valid together or not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from procedures.asking import form_for, formset_for, stored
from procedures.definition import Block, Group, Procedure, Step, Text, blocks_of
from procedures.rules import Explanation, Situation
from procedures.wizard.sheets import Line, is_sheet, lines


@dataclass
class Part:
    """A block of the page: its legend, and the fieldset, or the fieldsets of its rows."""

    block: Block
    asked: Any

    @property
    def is_group(self) -> bool:
        return isinstance(self.block, Group)

    @property
    def legend(self) -> Text:
        return getattr(self.asked, "legend", "") or self.block.asks.legend

    @property
    def forms(self) -> Sequence[Any]:
        return self.asked.forms if self.is_group else (self.asked,)

    # Of a table of rows

    @property
    def is_sheet(self) -> bool:
        return is_sheet(self.block)

    @cached_property
    def lines(self) -> list[Line]:
        return list(lines(self))

    @property
    def shut_count(self) -> int:
        return sum(not line.is_open for line in self.lines)

    @property
    def faulty(self) -> list[Line]:
        return [line for line in self.lines if line.errors and not line.is_open]

    @property
    def sound(self) -> list[Line]:
        return [line for line in self.lines if not line.errors and not line.is_open]

    @property
    def faulty_count(self) -> int:
        return len(self.faulty)

    @property
    def titles(self) -> list[Text]:
        return [question.label for question in self.block.asks.questions().values()]

    @property
    def columns(self) -> str:
        return pgettext("between two columns", ", ").join(map(str, self.titles))


class Page:
    """The questions of one step, bound to what was typed; what is asked follows from what is answered on it, too."""

    def __init__(
        self,
        procedure: Procedure,
        step: Step,
        answers: Mapping[str, Any],
        *,
        on: date,
        data: MultiValueDict[str, str] | None = None,
        shown: Sequence[str] | None = None,
        later: bool = False,
    ) -> None:
        self.procedure, self.step, self.data = procedure, step, data
        self.shown, self.later = shown, later
        self.answers: dict[str, Any] = dict(answers)
        self.answers |= self._understood()
        self.situation = Situation(procedure, self.answers, on=on)
        self.parts = [self._part(block, self.situation) for block in self.situation.asked_blocks(step)]
        self.failed: tuple[Explanation, ...] = ()
        self.refused = self.refused_text = self.refused_block = ""  # rows that were pasted and not taken

    def is_valid(self) -> bool:
        """Whether every question asked is answered well; rules are put by `judge`."""
        valid = [part.asked.is_valid() for part in self.parts]  # every part, so that all errors show at once
        return self.data is not None and all(valid) and not self._stopped

    @property
    def _stopped(self) -> bool:
        return any(explanation.blocks for explanation in self.failed)

    def judge(self, earlier: set[str]) -> None:
        """Put the rules that this page makes ready to be put; those that stop the filing become errors of the page."""
        mine = {part.block.code for part in self.parts}
        ready = self.situation.explanations(needs_within=earlier | mine)
        self.failed = tuple(
            each
            for each in ready
            if each.outcome == "failed" and mine & {need.partition(".")[0] for need in each.needs}
        )
        for each in self.failed:
            if each.blocks:
                self._put_error(each, mine)

    def patch(self) -> dict[str, Any]:
        """The answers of this page, JSON-native; hidden questions keep what they had."""
        return {
            part.block.code: self.answers[part.block.code] for part in self.parts if part.block.code in self.answers
        }

    def hide_first_errors(self) -> None:
        """A question that was not on the page when it was sent, or a blank left on purpose, is no error yet."""
        for form in (form for form in self.every_form() if not form.shut):
            for bound in form:
                unseen = self.shown is not None and bound.html_name not in self.shown
                if bound.name in form.errors and (unseen or (self.later and not bound.value())):
                    del form.errors[bound.name]

    @property
    def new_questions(self) -> bool:
        """Whether the answers opened questions that the person has not seen."""
        return self.shown is not None and any(name not in self.shown for name in self.names())

    def names(self) -> list[str]:
        """The questions that are on the page; not the cells of a table."""
        return [bound.html_name for form in self.every_form() if not form.shut for bound in form]

    def every_form(self) -> Iterator[Any]:
        for part in self.parts:
            yield from part.forms

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Every error of the page with the id of the control that mends it, for the summary."""
        refused = [(f"pasted-{self.refused_block}", self.refused)] if self.refused else []
        return [*refused, *(error for part in self.parts for error in _errors_of(part))]

    def refuse_pasted(self, block: str, sentence: str, text: str) -> None:
        """Rows that were pasted and not taken: say why, and keep the text."""
        self.refused_block, self.refused, self.refused_text = block, sentence, text

    def _understood(self) -> dict[str, Any]:
        """What can be read of the page as typed, so that its own conditions see it; wrong values count as blank."""
        if self.data is None:
            return {}
        found: dict[str, Any] = {}
        for block in blocks_of(self.step):
            asked = self._bound(block, None)
            asked.is_valid()
            found[block.code] = asked.stored() if isinstance(block, Group) else stored(asked)
        return found

    def _part(self, block: Block, situation: Situation) -> Part:
        return Part(block, self._bound(block, situation))

    def _bound(self, block: Block, situation: Situation | None) -> Any:
        if isinstance(block, Group):
            rows = self.answers.get(block.code) or () if situation else ()
            return formset_for(self.procedure, block, data=self.data, initial=rows, situation=situation)
        initial = self.answers.get(block.code) if situation else None
        return form_for(self.procedure, block, data=self.data, initial=initial, situation=situation)

    def _put_error(self, explanation: Explanation, mine: set[str]) -> None:
        """Beside the first question of this page that the rule needs, in its row where it has one."""
        sentence = explanation.sentence(get_language() or "ar")
        for need in explanation.needs:
            block, _, name = need.partition(".")
            for part in self.parts:
                if part.block.code != block:
                    continue
                for form in part.forms:
                    if name in form.fields and getattr(form, "row_id", "") == explanation.row * part.is_group:
                        form.add_error(name, forms.ValidationError(sentence, code=explanation.rule))
                        return
        next(self.every_form()).add_error(None, forms.ValidationError(sentence, code=explanation.rule))


def _errors_of(part: Part) -> Iterator[tuple[str, str]]:
    if part.is_group:
        yield from ((f"block-{part.block.code}", sentence) for sentence in part.asked.non_form_errors())
    for number, form in enumerate(part.forms, 1):
        entry = _("Entry %(number)s: ") % {"number": number} if part.is_group else ""
        yield from (("", f"{entry}{sentence}") for sentence in form.non_field_errors())
        for bound in form:
            place = f"row-{part.block.code}-{form.row_id}" if form.shut else bound.first_control
            yield from ((place, f"{entry}{sentence}") for sentence in bound.errors)
