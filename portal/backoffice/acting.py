"""An act on a case, whatever it is: its words, its forms, and the service of the engine that does it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from portal.backoffice.opened import OpenedCase
from portal.desk.papers_asked import Papers
from procedures import asking
from procedures.definition import Block, Evidence, Text

Data = MultiValueDict[str, str] | None


@dataclass
class Filled:
    """The forms of an act: its own, and one for each block that the stage asks."""

    own: Any
    blocks: Sequence[tuple[Any, Any]] = field(default=())  # (block, form)
    needs_blocks: bool = True  # a refusal grants nothing: what stands there is neither checked nor kept
    papers: Papers | None = None  # that go with the act

    def all(self) -> list[forms.Form]:
        return [self.own, *(form for _block, form in self.blocks), *((self.papers,) if self.papers else ())]

    def are_valid(self) -> bool:
        if self.needs_blocks:
            faults = [form.errors for form in self.all()]  # of every form, so that the summary is whole
            return not any(faults)
        for _block, form in self.blocks:
            form.errors.clear()
        return bool(self.own.is_valid())

    def take(self, faults: Mapping[str, Sequence[str]]) -> None:
        """Put what the engine refused beside the field it belongs to, else above them all."""
        faults = self.papers.take(faults) if self.papers else faults
        for name, sentences in faults.items():
            owner = next((form for form in self.all() if name in form.fields), self.own)
            for sentence in sentences:
                owner.add_error(name if name in owner.fields else None, sentence)

    def answers(self) -> dict[str, Any]:
        return {block.code: asking.stored(form) for block, form in self.blocks} if self.needs_blocks else {}


@dataclass(frozen=True)
class Act:
    slug: str  # in the address
    service: str  # in `cases.services`, and in what `actions_open_to` answers
    title: Text
    button: Text
    done: Text
    fill: Callable[[OpenedCase, Data, MultiValueDict[str, str]], Filled]
    perform: Callable[[OpenedCase, int, Filled], object]
    template: str = "backoffice/act.html"
    recent: bool = False  # demands that the person has proved who they are within five minutes
    main: bool = True  # stands on the bar; the others lie in its menu
    fits: Callable[[OpenedCase], bool] = lambda opened: True  # whether there is anything to do it with
    papers: Callable[[OpenedCase], Sequence[Evidence]] = lambda opened: ()  # that may be handed in with it


def plain(form: Callable[..., Any]) -> Callable[[OpenedCase, Data, MultiValueDict[str, str]], Filled]:
    return lambda opened, data, asked: Filled(form(data))


def stage_blocks(
    opened: OpenedCase, data: Data, *, blocks: Sequence[Block] | None = None, needed: bool = True
) -> list[tuple[Any, Any]]:
    """A form for each block that the present stage asks (or `blocks`), any of which may be empty unless `needed`."""
    if opened.procedure is None:
        return []
    forms_of = [
        (block, asking.form_for(opened.procedure, block, data=data, initial=opened.proposed(block), prefix=block.code))
        for block in (opened.stage_blocks if blocks is None else blocks)
    ]
    if not needed:
        for _block, form in forms_of:
            for field in form.fields.values():
                field.required = False
    return forms_of
