"""What is done to a case on its way: an opinion, an optional step, a checklist, a conflict, another office."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from portal.backoffice.acting import Act, Data, Filled, plain, stage_blocks
from portal.backoffice.forms import Nothing
from portal.backoffice.opened import OpenedCase
from portal.backoffice.stage_forms import Because, DecidingRows, HandingToOffice, Leaving, RowShown, Words
from procedures import asking, reading
from procedures.cases import services
from procedures.cases.decided_rows import rows_to_decide
from procedures.cases.parties import missed_opinion
from procedures.cases.situations import situation_of
from procedures.definition import Block, Concerned, Evidence, Opinion
from procedures.definition import Decision as DecisionStage
from procedures.offices.models import Office
from procedures.offices.selectors import offices_for, people_in

Asked = MultiValueDict[str, str]


def rows_form(opened: OpenedCase, stage: DecisionStage, data: Data) -> DecidingRows:
    """The rows that wait for a person, each with what it says and the rules that flag it."""
    rows = rows_to_decide(opened.case, stage)
    sections = {each.row: each for each in opened.sections if each.code == stage.each}
    shown = [_shown(opened, row, sections[row.row]) for row in rows if not row.kind and row.row in sections]
    kinds = [str(kind) for kind in stage.kinds]
    return DecidingRows(data, rows=shown, kinds=kinds, reasons=opened.reasons, done=len(rows) - len(shown))


def _shown(opened: OpenedCase, row: Any, section: reading.Section) -> RowShown:
    cells = [(item.label, item.text) for item in section.items if item.text]
    flags = [_sentence(opened, rule, row.row) for rule in row.flags]
    return RowShown(row.row, cells[0][1] if cells else str(section.number), cells[1:4], flags)


def _sentence(opened: OpenedCase, rule: str, row: str) -> str:
    told = [each for each in opened.case.explanations if each["rule"] == rule]
    found = next((each for each in told if each.get("row") == row), told[0] if told else None)
    return reading.text(found["says"], opened.language) if found else rule


def _keeping(opened: OpenedCase, data: Data, asked: Asked) -> Filled:
    return Filled(Nothing(data), stage_blocks(opened, data, needed=False))


def _keep(opened: OpenedCase, version: int, filled: Filled) -> object:
    return services.keep_answers(case=opened.case, by=opened.reader, version=version, answers=filled.answers())


def _open(opened: OpenedCase, version: int, filled: Filled) -> object:
    note = filled.own.cleaned_data["note"]
    return services.open_stage(case=opened.case, by=opened.reader, version=version, note=note)


def _skip(opened: OpenedCase, version: int, filled: Filled) -> object:
    note = filled.own.cleaned_data["note"]
    return services.skip_stage(case=opened.case, by=opened.reader, version=version, note=note)


def _opinion(opened: OpenedCase, data: Data, asked: Asked) -> Filled:
    blocks = stage_blocks(opened, data)
    return Filled(Words(data, alone=not blocks), blocks)


def _give(opened: OpenedCase, version: int, filled: Filled) -> object:
    said = filled.own.cleaned_data["note"]
    return services.record_opinion(
        case=opened.case, by=opened.reader, version=version, answers=filled.answers(), note=said
    )


def hears_on_paper(opened: OpenedCase) -> bool:
    """Whether those concerned are heard here, and have no account: what they answer is written down for them."""
    record, stage = opened.record, opened.stage
    if record is None or record.is_of_concerned or not isinstance(stage, Opinion):
        return False
    return opened.is_file and isinstance(stage.at, Concerned)


def _papers_of_answer(opened: OpenedCase) -> Sequence[Evidence]:
    if opened.procedure is None or opened.stage is None:
        return ()
    return situation_of(opened.case, opened.procedure).papers_at(opened.stage.name)


def _hearing(opened: OpenedCase, data: Data, asked: Asked) -> Filled:
    return Filled(Nothing(data), stage_blocks(opened, data))


def _hear(opened: OpenedCase, version: int, filled: Filled) -> object:
    given = filled.papers.given() if filled.papers else {}
    return services.record_opinion(
        case=opened.case, by=opened.reader, version=version, answers=filled.answers(), papers=given
    )


def _late_blocks(opened: OpenedCase) -> Sequence[Block]:
    record = missed_opinion(opened.case)
    if record is None or opened.procedure is None:
        return ()
    return asking.blocks_of(opened.procedure.route[record.position])


def _late(opened: OpenedCase, data: Data, asked: Asked) -> Filled:
    blocks = stage_blocks(opened, data, blocks=_late_blocks(opened))
    return Filled(Words(data, alone=not blocks), blocks)


def _add_late(opened: OpenedCase, version: int, filled: Filled) -> object:
    said = filled.own.cleaned_data["note"]
    return services.add_late_opinion(case=opened.case, by=opened.reader, answers=filled.answers(), note=said)


def _pass_over(opened: OpenedCase, version: int, filled: Filled) -> object:
    note = filled.own.cleaned_data["note"]
    return services.pass_over_opinion(case=opened.case, by=opened.reader, version=version, note=note)


def _leaving(opened: OpenedCase, data: Data, asked: Asked) -> Filled:
    record = opened.record
    people = people_in(record.office, record.role).exclude(pk=opened.reader.pk) if record else ()
    return Filled(Leaving(data, people={str(person.pk): str(person) for person in people}))


def _leave(opened: OpenedCase, version: int, filled: Filled) -> object:
    said = filled.own.cleaned_data
    to = get_user_model().objects.get(pk=said["to"]) if said["to"] else None
    return services.declare_conflict(case=opened.case, by=opened.reader, reason=said["reason"], to=to)


def _handing(opened: OpenedCase, data: Data, asked: Asked) -> Filled:
    offices = offices_for(opened.record.office) if opened.record else ()
    return Filled(HandingToOffice(data, offices={office.code: str(office) for office in offices}))


def _hand(opened: OpenedCase, version: int, filled: Filled) -> object:
    said = filled.own.cleaned_data
    to = Office.objects.get(code=said["to"])
    return services.hand_to_office(case=opened.case, by=opened.reader, version=version, to=to, reason=said["reason"])


def _take(opened: OpenedCase, version: int, filled: Filled) -> object:
    return services.take_over(case=opened.case, by=opened.reader, version=version)


def _give_back(opened: OpenedCase, version: int, filled: Filled) -> object:
    note = filled.own.cleaned_data["note"]
    return services.give_back(case=opened.case, by=opened.reader, version=version, note=note)


ACTS = (
    Act(
        "keep_answers",
        "keep_answers",
        _("Fill in the checklist"),
        _("Keep what is written"),
        _("The checklist is kept. You can change it until you close the step."),
        _keeping,
        _keep,
        fits=lambda opened: bool(opened.stage_blocks),
    ),
    Act(
        "open_stage",
        "open_stage",
        _("Go through this optional step"),
        _("Open the step"),
        _("The step is open."),
        plain(Because),
        _open,
    ),
    Act(
        "skip_stage",
        "skip_stage",
        _("Leave this step out"),
        _("Leave it out"),
        _("The step was left out. The case went on."),
        plain(Because),
        _skip,
    ),
    Act(
        "give_opinion",
        "record_opinion",
        _("Give your opinion"),
        _("Send the opinion"),
        _("The opinion is given. The case went on."),
        _opinion,
        _give,
        fits=lambda opened: opened.record is None or not (opened.record.is_of_concerned or hears_on_paper(opened)),
    ),
    Act(
        "hear_on_paper",
        "record_opinion",
        _("Write down what they answer"),
        _("Keep the answer"),
        _("The answer is with the file. The file went on."),
        _hearing,
        _hear,
        template="backoffice/hear_on_paper.html",
        fits=hears_on_paper,
        papers=_papers_of_answer,
    ),
    Act(
        "pass_over_opinion",
        "pass_over_opinion",
        _("Go on without the opinion"),
        _("Go on without it"),
        _("The case went on without the opinion."),
        plain(Because),
        _pass_over,
    ),
    Act(
        "add_late_opinion",
        "add_late_opinion",
        _("Add the opinion that comes late"),
        _("Add the opinion"),
        _("The opinion is kept with the case. The case goes on as it was."),
        _late,
        _add_late,
    ),
    Act(
        "hand_to_office",
        "hand_to_office",
        _("Hand over to another office"),
        _("Ask the other office"),
        _("The other office was asked. The case stays with you until it accepts."),
        _handing,
        _hand,
        main=False,
    ),
    Act(
        "take_over",
        "take_over",
        _("Take this case over"),
        _("Take it over"),
        _("Your office handles this case from now on."),
        plain(Nothing),
        _take,
    ),
    Act(
        "give_back",
        "give_back",
        _("Give this case back"),
        _("Give it back"),
        _("The case stays with the other office."),
        plain(Because),
        _give_back,
    ),
    Act(
        "declare_conflict",
        "declare_conflict",
        _("Declare a conflict of interest"),
        _("Leave this case"),
        _("You no longer act on this case. You may still read it, and each reading is recorded."),
        _leaving,
        _leave,
        main=False,
    ),
)
