"""What may be done to a case: for each act its words, its form, and the service of the engine that does it."""

from django.contrib.auth import get_user_model
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from portal.backoffice import passing
from portal.backoffice.acting import Act, Data, Filled, plain, stage_blocks
from portal.backoffice.correctable import correctable, notes_of_verdicts
from portal.backoffice.forms import (
    Assigning,
    Correction,
    Note,
    Nothing,
    Preparing,
    Review,
    SendBack,
    picked_paths,
)
from portal.backoffice.opened import OpenedCase
from portal.backoffice.stage_forms import DecidingRows
from procedures.cases import services
from procedures.definition import Decision as DecisionStage
from procedures.definition import Kind
from procedures.offices.selectors import people_in


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
    return Filled(Note(data), stage_blocks(opened, data))


def _close(opened: OpenedCase, version: int, filled: Filled) -> object:
    return services.close_instruction(
        case=opened.case,
        by=opened.reader,
        version=version,
        answers=filled.answers(),
        note=filled.own.cleaned_data["note"],
    )


def _preparing(opened: OpenedCase, data: Data, asked: MultiValueDict[str, str]) -> Filled:
    stage = opened.stage
    kinds = [str(kind) for kind in stage.kinds] if isinstance(stage, DecisionStage) else []
    if isinstance(stage, DecisionStage) and stage.each:
        return Filled(passing.rows_form(opened, stage, data), stage_blocks(opened, data))
    before = opened.sent_back
    initial = {"kind": before.kind, "reasons": before.reasons, "motivation": before.motivation} if before else None
    grounds, words = _grounds(opened, kinds), opened.kinds_in_words
    own = Preparing(data, kinds=kinds, reasons=grounds, words=words, opened=opened.is_file, initial=initial)
    return Filled(own, stage_blocks(opened, data), needs_blocks=own["kind"].value() != Kind.REFUSE)


def _grounds(opened: OpenedCase, kinds: list[str]) -> dict[str, str]:
    """Every ground; in a file of the authority those of what can be decided now."""
    if not opened.is_file or opened.procedure is None:
        return opened.reasons
    now = {reason.code for reason in opened.procedure.reasons if set(map(str, reason.on)) & set(kinds)}
    return {code: text for code, text in opened.reasons.items() if code in now}


def _prepare(opened: OpenedCase, version: int, filled: Filled) -> object:
    said = filled.own.cleaned_data
    return services.prepare_decision(
        case=opened.case,
        by=opened.reader,
        version=version,
        kind=said.get("kind", ""),
        reasons=said.get("reasons", ()),
        rows=filled.own.rows() if isinstance(filled.own, DecidingRows) else None,
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
        plain(Note),
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
        plain(Nothing),
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
        plain(SendBack),
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
        plain(Review),
        _review,
        template="backoffice/review_paper.html",
    ),
)
ACTS = {act.slug: act for act in (*_ALL, *passing.ACTS)}
