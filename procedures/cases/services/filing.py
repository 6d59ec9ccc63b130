"""A filing becomes a case: number, snapshot, explanations, first stage, receipt, all in one transaction."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from procedures.appeals.services import contested
from procedures.audit.services import append
from procedures.cases import clock, numbers, routing, tracking
from procedures.cases.errors import NotAllowed, RulesBroken
from procedures.cases.folding import fold
from procedures.cases.models import Case, Confirmation, Counter, Snapshot
from procedures.cases.services.linking import link_cases, take_offer
from procedures.cases.services.moving import open_at
from procedures.cases.signatories import asked_of
from procedures.cases.states import State
from procedures.definition import Procedure
from procedures.events import announce
from procedures.jobs import services as jobs
from procedures.mandates.models import Mandate
from procedures.outline import outline_of
from procedures.representation import Represented, represented
from procedures.rules import Explanation, Situation
from procedures.snapshot import digest, take_snapshot


def file_case(
    *,
    draft_id: UUID,
    procedure: Procedure,
    answers: dict[str, Any],
    situation: Situation,
    applicant: Any,
    language: str,
    on: datetime,
    organisation: UUID | None = None,
    code: int | None = None,
    at_desk: Any = None,
    mandate: Mandate | None = None,
) -> Case:
    """File the answers of a draft; the same draft gives the same case, however often and at once it is filed.

    `procedure` is resolved for the day; `situation` holds the same answers; `organisation` is the public id of the body
    for which `applicant` files; `code` is the key of the one-time code that was given, where the act binds; `at_desk`
    is the officer who filed it for `applicant`, `mandate` that under which a proxy did. Raises RulesBroken where a rule
    does not hold, NotAllowed where `applicant` does not file for that body or
    an appeal is late, NoOffice where nobody can receive it.
    """
    with transaction.atomic():
        day = timezone.localdate(on)
        counter = numbers.hold_series(series=procedure.code, on=day)  # whoever files the same draft now waits here
        filed = Case.objects.filter(draft_id=draft_id).first()
        if filed:
            return filed
        body = _body(applicant, organisation, procedure)
        explanations = situation.explanations()
        blocking = [each for each in explanations if each.blocks]
        if blocking:
            raise RulesBroken(blocking)
        case = new_case(procedure, answers, explanations, counter, on)
        case.draft_id, case.applicant, case.language = draft_id, applicant, language
        case.outline = outline_of(situation)
        case.organisation, body_name = organisation, body.name if body else ""
        against = contested(draft_id, on=day) if procedure.contests else None
        name = against.applicant_name if against else applicant_name(answers)
        case.applicant_name = name or body_name[:130] or str(applicant)
        case.search = fold(f"{case.applicant_name} {other_names(answers)} {body_name} {case.number}")
        _open(case, procedure, situation, on)
        told = _told(case, code, at_desk, mandate)
        by = at_desk or (mandate.proxy if mandate else applicant)
        if against:
            link_cases(case=against, to=case, kind="appeal", by=by)  # from now on hidden from who decided
        append(action="case.file_case", subject=case, actor=by, data=told)
    return case


def _told(case: Case, code: int | None, at_desk: Any, mandate: Mandate | None) -> dict[str, Any]:
    """What the audit chain keeps of a filing: ids and codes."""
    told: dict[str, Any] = {"number": case.number, "snapshot": case.snapshot_id, "to": case.state}
    told |= {"organisation": str(case.organisation)} if case.organisation else {}
    if code:
        told["one_time_code"] = code
    if at_desk:
        told["at_desk_for"] = case.applicant_id
    if mandate:
        told |= {"mandate": mandate.pk, "for": case.applicant_id}
    return told


def submitted(case: Case, procedure: Procedure, situation: Situation, on: datetime) -> None:
    """The filing counts: its first stage opens, its receipt is promised, whoever listens is told.

    A file that the authority opens has no receipt: nobody filed it.
    """
    _open_first_stage(case, procedure, situation, on)
    take_offer(case)
    if case.opened_by_id is None:
        jobs.add(kind="cases.receipt", key=f"receipt:{case.pk}", payload={"case_id": case.pk})
    announce("case_submitted", key=str(case.pk), case_id=case.pk)


def _open(case: Case, procedure: Procedure, situation: Situation, on: datetime) -> None:
    """Send the case on its way, or let it wait for those who must confirm it first."""
    asked, day = asked_of(procedure, situation, situation.answers), timezone.localdate(on)
    if not asked:
        submitted(case, procedure, situation, on)
        return
    _index, stage = next(routing.stages_from(procedure, situation, 0))
    case.office, case.state = routing.office_of_stage(stage, procedure, situation), State.SIGNATORIES
    case.save()
    Confirmation.objects.bulk_create(
        Confirmation(case=case, code=each.signatory.code, row=each.row, email=each.email, due_on=each.due_on(day))
        for each in asked
    )
    announce("signatories_asked", key=str(case.pk), case_id=case.pk)


def _body(applicant: Any, organisation: UUID | None, procedure: Procedure) -> Represented | None:
    """The organisation in whose name the case is filed; asked again here, as roles end from one page to the next."""
    if organisation is None:
        return None
    body = represented(applicant, organisation)
    if body is None or not body.may_file(procedure):
        raise NotAllowed
    return body


def new_case(
    procedure: Procedure,
    answers: dict[str, Any],
    explanations: tuple[Explanation, ...],
    counter: Counter,
    on: datetime,
) -> Case:
    """The row of a case that nobody has stored yet: number, frozen procedure, answers, what the rules say."""
    day = timezone.localdate(on)
    content = take_snapshot(procedure, on=day)
    return Case(
        number=numbers.next_number(series=procedure.code, prefix=procedure.prefix, on=day, held=counter),
        procedure=procedure.code,
        procedure_version=procedure.version,
        snapshot=_kept_once(procedure, content),
        answers=answers,
        parameters={code: told["value"] for code, told in content["parameters"].items()},
        explanations=[each.as_json() for each in explanations],
        flags=list(dict.fromkeys(each.rule for each in explanations if each.flags)),
        tracking_code=tracking.new_code(),
        filed_at=on,
        version=1,
    )


def _open_first_stage(case: Case, procedure: Procedure, situation: Situation, on: datetime) -> None:
    """Where no completeness check lies ahead, the clock starts at filing."""
    index, stage = next(routing.stages_from(procedure, situation, 0))
    case.office = routing.office_of_stage(stage, procedure, situation)
    case.state = routing.kind_of(stage)
    case.save()
    if all(routing.kind_of(each) is not State.COMPLETENESS for each in situation.route()):
        clock.start(case, procedure, situation, on, because="filed")
    open_at(case, procedure, situation, index, stage, on, office=case.office)
    case.save(update_fields=["stage", "state", "office", "assignee", "complete_at", "due_on", "disclosed_at"])


def _kept_once(procedure: Procedure, content: dict[str, Any]) -> Snapshot:
    name = digest(content)
    if kept := Snapshot.objects.filter(pk=name).first():
        return kept
    snapshot = Snapshot(digest=name, procedure=procedure.code, version=procedure.version, content=content)
    Snapshot.objects.bulk_create([snapshot], ignore_conflicts=True)
    return Snapshot.objects.get(pk=name)


def applicant_name(answers: Mapping[str, Any]) -> str:
    """The name as filed: of the first person named in Arabic, of the legal person, else in Latin letters."""
    return _name(answers, "_ar") or _name(answers, "_lat", "_fr")


def other_names(answers: Mapping[str, Any]) -> str:
    """The name in Latin letters, so that a case is found by either."""
    return _name(answers, "_lat", "_fr")


def _name(answers: Mapping[str, Any], *scripts: str) -> str:
    for block in answers.values():
        if not isinstance(block, dict):
            continue
        for script in scripts:
            person = " ".join(filter(None, (block.get(f"first_name{script}"), block.get(f"last_name{script}"))))
            name = person or block.get(f"denomination{script}") or ""
            if name:
                return str(name)[:130]
    return ""
