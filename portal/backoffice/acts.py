"""What may be done to a case: for each act its words, its form, and the service of the engine that does it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from portal.backoffice.correctable import correctable, notes_of_verdicts
from portal.backoffice.forms import (
    Assigning,
    Correction,
    Note,
    Nothing,
    Opinion,
    Preparing,
    Review,
    SendBack,
    picked_paths,
)
from portal.backoffice.opened import OpenedCase
from procedures import asking
from procedures.cases import services
from procedures.definition import Decision as DecisionStage
from procedures.definition import Kind, Text
from procedures.offices.models import Role
from procedures.offices.selectors import people_in

Data = MultiValueDict[str, str] | None


@dataclass
class Filled:
    """The forms of an act: its own, and one for each block that the stage asks."""

    own: Any
    blocks: Sequence[tuple[Any, Any]] = field(default=())  # (block, form)
    needs_blocks: bool = True  # a refusal grants nothing: what stands there is neither checked nor kept

    def all(self) -> list[forms.Form]:
        return [self.own, *(form for _block, form in self.blocks)]

    def are_valid(self) -> bool:
        if self.needs_blocks:
            faults = [form.errors for form in self.all()]  # of every form, so that the summary is whole
            return not any(faults)
        for _block, form in self.blocks:
            form.errors.clear()
        return bool(self.own.is_valid())

    def take(self, faults: Mapping[str, Sequence[str]]) -> None:
        """Put what the engine refused beside the field it belongs to, else above them all."""
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


def _plain(form: Callable[..., Any]) -> Callable[[OpenedCase, Data, MultiValueDict[str, str]], Filled]:
    return lambda opened, data, asked: Filled(form(data))


def _stage_blocks(opened: OpenedCase, data: Data) -> list[tuple[Any, Any]]:
    if opened.procedure is None:
        return []
    return [
        (block, asking.form_for(opened.procedure, block, data=data, initial=opened.proposed(block), prefix=block.code))
        for block in opened.stage_blocks
    ]


def _accept(opened: OpenedCase, version: int, filled: Filled) -> object:
    note = filled.own.cleaned_data["note"]
    return services.accept_completeness(case=opened.case, by=opened.reader, version=version, note=note)


def _correction(opened: OpenedCase, data: Data, asked: MultiValueDict[str, str]) -> Filled:
    notes = notes_of_verdicts(opened)
    picked = picked_paths(data if data is not None else asked)
    if data is None:
        picked += list(notes)
    return Filled(Correction(data, choices=correctable(opened), picked=picked, notes=notes))


def _ask(opened: OpenedCase, version: int, filled: Filled) -> object:
    return services.ask_correction(
        case=opened.case,
        by=opened.reader,
        version=version,
        items=filled.own.items(),
        note=filled.own.cleaned_data["message"],
    )


def _examination(opened: OpenedCase, data: Data, asked: MultiValueDict[str, str]) -> Filled:
    return Filled(Note(data), _stage_blocks(opened, data))


def _close(opened: OpenedCase, version: int, filled: Filled) -> object:
    return services.close_instruction(
        case=opened.case,
        by=opened.reader,
        version=version,
        answers=filled.answers(),
        note=filled.own.cleaned_data["note"],
    )


def _opinion(opened: OpenedCase, data: Data, asked: MultiValueDict[str, str]) -> Filled:
    roles = (Role.COMMISSION_MEMBER, Role.COMMISSION_SECRETARY)
    members = [person for role in roles for person in people_in(opened.case.office, role)]
    return Filled(Opinion(data, people={str(person.pk): str(person) for person in members}))


def _record(opened: OpenedCase, version: int, filled: Filled) -> object:
    said = filled.own.cleaned_data
    return services.record_opinion_of_commission(
        case=opened.case,
        by=opened.reader,
        version=version,
        held_on=said["held_on"],
        members=filled.own.members(),
        opinion=said["opinion"],
        note=said["text"],
    )


def _preparing(opened: OpenedCase, data: Data, asked: MultiValueDict[str, str]) -> Filled:
    stage = opened.stage
    kinds = [str(kind) for kind in stage.kinds] if isinstance(stage, DecisionStage) else []
    before = opened.sent_back
    initial = {"kind": before.kind, "reasons": before.reasons, "motivation": before.motivation} if before else None
    own = Preparing(data, kinds=kinds, reasons=opened.reasons, initial=initial)
    return Filled(own, _stage_blocks(opened, data), needs_blocks=own["kind"].value() != Kind.REFUSE)


def _prepare(opened: OpenedCase, version: int, filled: Filled) -> object:
    said = filled.own.cleaned_data
    return services.prepare_decision(
        case=opened.case,
        by=opened.reader,
        version=version,
        kind=said["kind"],
        reasons=said["reasons"],
        motivation=said["motivation"],
        answers=filled.answers(),
    )


def _sign(opened: OpenedCase, version: int, filled: Filled) -> object:
    return services.sign(case=opened.case, by=opened.reader, version=version)


def _send_back(opened: OpenedCase, version: int, filled: Filled) -> object:
    note = filled.own.cleaned_data["note"]
    return services.send_back(case=opened.case, by=opened.reader, version=version, note=note)


def _assigning(opened: OpenedCase, data: Data, asked: MultiValueDict[str, str]) -> Filled:
    record = opened.record
    people = people_in(record.office, record.role) if record else ()
    return Filled(Assigning(data, people={str(person.pk): str(person) for person in people}))


def _assign(opened: OpenedCase, version: int, filled: Filled) -> object:
    to = get_user_model().objects.get(pk=filled.own.cleaned_data["to"])
    return services.assign(case=opened.case, by=opened.reader, to=to)


def _review(opened: OpenedCase, version: int, filled: Filled) -> object:
    said = filled.own.cleaned_data
    return services.review_paper(
        case=opened.case,
        by=opened.reader,
        paper=said["paper"],
        row=said["row"],
        verdict=said["verdict"],
        note=said["note"],
    )


_ALL = (
    Act(
        "accept_completeness",
        "accept_completeness",
        _("Accept the file as complete"),
        _("Accept as complete"),
        _("The file is complete. Its delay runs from today."),
        _plain(Note),
        _accept,
    ),
    Act(
        "close_instruction",
        "close_instruction",
        _("Close the examination"),
        _("Close the examination"),
        _("The examination is closed."),
        _examination,
        _close,
    ),
    Act(
        "record_opinion",
        "record_opinion_of_commission",
        _("Record the opinion of the commission"),
        _("Record the opinion"),
        _("The opinion of the commission is recorded."),
        _opinion,
        _record,
    ),
    Act(
        "prepare_decision",
        "prepare_decision",
        _("Prepare the decision"),
        _("Prepare the decision"),
        _("The decision is prepared. Another person signs it."),
        _preparing,
        _prepare,
        template="backoffice/prepare_decision.html",
    ),
    Act(
        "sign",
        "sign",
        _("Sign the decision"),
        _("Sign this decision"),
        _("You have signed the decision."),
        _plain(Nothing),
        _sign,
        template="backoffice/sign.html",
        recent=True,
    ),
    Act(
        "send_back",
        "send_back",
        _("Send the decision back"),
        _("Send back"),
        _("The decision went back to be prepared again."),
        _plain(SendBack),
        _send_back,
        main=False,
    ),
    Act(
        "ask_correction",
        "ask_correction",
        _("Ask for a correction"),
        _("Send the request"),
        _("The request was sent. The delay stands still until the applicant answers."),
        _correction,
        _ask,
        template="backoffice/ask_correction.html",
    ),
    Act(
        "assign",
        "assign",
        _("Assign to a colleague"),
        _("Assign"),
        _("The case is assigned."),
        _assigning,
        _assign,
        main=False,
    ),
    Act(
        "review_paper",
        "review_paper",
        _("Verdict on a paper"),
        _("Save the verdict"),
        _("Your verdict is saved."),
        _plain(Review),
        _review,
        template="backoffice/review_paper.html",
    ),
)
ACTS = {act.slug: act for act in _ALL}
