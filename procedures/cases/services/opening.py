"""The authority opens a file about somebody: an officer of the competent office, instead of a person who applies."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from procedures.audit.services import append
from procedures.cases import numbers, routing
from procedures.cases.errors import NotAllowed, Refused, RulesBroken
from procedures.cases.folding import fold
from procedures.cases.models import Case
from procedures.cases.party_papers import attach, kept_papers
from procedures.cases.services.filing import new_case, submitted
from procedures.definition import Evidence, Procedure
from procedures.offices.models import Office
from procedures.offices.selectors import NoOffice, offices_of, roles_of
from procedures.outline import outline_of
from procedures.representation import people_of, represented
from procedures.rules import Missing, Situation


def may_open(person: Any, procedure: Procedure) -> bool:
    """Whether an officer may open files of this procedure today, in some office."""
    return procedure.is_opened_by_authority and procedure.open and not _roles(procedure).isdisjoint(roles_of(person))


def open_file(
    *,
    draft_id: UUID,
    procedure: Procedure,
    answers: dict[str, Any],
    situation: Situation,
    by: Any,
    language: str,
    on: datetime,
    papers: Mapping[str, Sequence[UploadedFile[Any]]] | None = None,
) -> Case:
    """Open a file of the authority; the same `draft_id` of an officer gives the same case, however often sent.

    `procedure` is resolved for the day, `situation` holds the same answers, `papers` are files by code of the paper.
    Those concerned see nothing of it before they are heard or a decision takes effect. Raises NotAllowed where `by`
    does not open this procedure in the competent office or has an interest in it, RulesBroken, Refused for papers,
    NoOffice.
    """
    _refuse_missing(situation, papers or {})
    own = uuid5(draft_id, f"{procedure.code}:{by.pk}")  # never the draft of somebody else, whose filing would find this
    with kept_papers(papers or {}, by) as kept, transaction.atomic():
        day = timezone.localdate(on)
        counter = numbers.hold_series(series=procedure.code, on=day)
        opened = Case.objects.filter(draft_id=own).first()
        if opened:
            return opened
        office = _competent(procedure, situation, by)
        explanations = situation.explanations()
        blocking = [each for each in explanations if each.blocks]
        if blocking:
            raise RulesBroken(blocking)
        case = new_case(procedure, answers, explanations, counter, on)
        case.draft_id, case.opened_by, case.language, case.tracking_code = own, by, language, ""
        case.outline = outline_of(situation)
        names = names_about(procedure, situation)
        case.applicant_name = (names[0] or str(situation.value(procedure.about)))[:130]
        case.search = fold(" ".join([*names, case.number]))
        _address(case, procedure, situation, by)
        submitted(case, procedure, situation, on)
        attach(kept, case)
        data = {"number": case.number, "snapshot": case.snapshot_id, "to": case.state, "office": office.code}
        append(action="case.open_file", subject=case, actor=by, data=data | {"papers": len(kept)})
    return case


def names_about(procedure: Procedure, situation: Situation) -> tuple[str, str]:
    """The names of what a file is about, in Arabic and in Latin letters, as the register has them today."""
    block, _dot, name = str(procedure.about).partition(".")
    names: tuple[str, str] = (
        procedure.blocks[block].block.asks.questions()[name].names_of(situation.value(procedure.about))
    )
    return names


def _roles(procedure: Procedure) -> frozenset[str]:
    return frozenset(role for applicant in procedure.applicants for role in applicant.roles)


def _competent(procedure: Procedure, situation: Situation, by: Any) -> Office:
    """The office to which the file belongs, where `by` serves in a role that opens it."""
    if not may_open(by, procedure):
        raise NotAllowed
    office = routing.office_for(procedure.authority, situation)
    if not any(offices_of(by, role).filter(pk=office.pk).exists() for role in _roles(procedure)):
        raise NotAllowed(_("This file belongs to another office: %(office)s.") % {"office": office})
    return office


def _address(case: Case, procedure: Procedure, situation: Situation, by: Any) -> None:
    """Whom the file concerns: an account, an organisation, or a row that stands for who has no account."""
    found = situation.value(procedure.concerned) if procedure.concerned else ""
    if isinstance(found, Missing):
        raise NoOffice("concerned")
    kind, _colon, pk = str(found or "").partition(":")
    if kind == "account":
        case.applicant = get_user_model().objects.get(pk=pk)
    elif found:
        case.organisation = UUID(str(found))
        case.applicant = next(iter(people_of(case.organisation)), None) or _without_account(case)
    else:
        case.applicant = _without_account(case)
    served = case.organisation is not None and represented(by, case.organisation) is not None
    if case.applicant == by or served:
        raise NotAllowed(_("You have an interest in this file: a colleague opens it."))


def _without_account(case: Case) -> Any:
    """A row that stands for whoever is concerned; nobody logs in with it before a desk gives it an address."""
    return get_user_model().objects.create_user(None, name=case.applicant_name, language=case.language)


def _refuse_missing(situation: Situation, papers: Mapping[str, Sequence[Any]]) -> None:
    asked: dict[str, Evidence] = {paper.code: paper for paper, _row in situation.asked_papers()}
    faults = {
        code: [_("Add this paper: the file rests on it.")]
        for code, paper in asked.items()
        if not paper.optional and not papers.get(code)
    }
    faults |= {
        code: [_("Add at most %(most)s files.") % {"most": asked[code].files}]
        for code, files in papers.items()
        if code in asked and len(files) > asked[code].files
    }
    if faults:
        raise Refused(faults)
