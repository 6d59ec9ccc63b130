"""What the engine announces, told to the applicant: in the portal's inbox and by e-mail, once by event and case."""

from typing import Any

from django.utils import formats, timezone, translation

from notifications.catalogue import message, of_session, to_others
from notifications.confirming import ask_to_confirm
from notifications.deciding import send_decision
from notifications.delegating import tell_of_delegation
from notifications.services import notify
from procedures.cases.models import Case, Correction, Decision, StageRecord
from procedures.cases.selectors import people_behind
from procedures.commissions.models import Session, SessionChange
from procedures.commissions.selectors import agenda_of, called_to
from procedures.definition import Kind
from procedures.documents.models import Document
from procedures.documents.publishing import is_published, publishes
from procedures.hookspecs import hookimpl
from procedures.recipients import told_of
from procedures.registry import UnknownProcedure, procedure
from procedures.representation import people_of
from procedures.timekeeping.models import DateMove
from procedures.visits.models import Visit

NEWS = {Kind.REFUSE: "case_refused", Kind.NOTICE: "case_notice", Kind.REFER: "case_referred"}
REFUSAL = "refusal"  # a link opens it without logging in; the news that it is refused came before
RECEIPT = "receipt"  # comes with the news that the case is filed


@hookimpl
def case_submitted(case_id: int) -> None:
    """Of a file that the authority opens, those concerned hear when they are heard, or a decision takes effect."""
    case = Case.objects.select_related("applicant").get(pk=case_id)
    if case.opened_by_id is None:
        _tell("case_submitted", case, part=str(case_id))


@hookimpl
def signatories_asked(case_id: int) -> None:
    case = Case.objects.select_related("applicant").get(pk=case_id)
    _tell("filing_waits", case, part=str(case_id))
    for confirmation in case.confirmations.filter(answer=""):
        ask_to_confirm(confirmation)


@hookimpl
def filing_lapsed(case_id: int) -> None:
    _tell("filing_lapsed", Case.objects.select_related("applicant").get(pk=case_id), part=str(case_id))


@hookimpl
def correction_asked(case_id: int, correction_id: int) -> None:
    asked = Correction.objects.select_related("case__applicant").get(pk=correction_id, case=case_id)
    _tell("correction_asked", asked.case, part=str(correction_id), due_on=asked.due_on)


@hookimpl
def hearing_asked(case_id: int, record_id: int) -> None:
    """Those asked: the person, or all who file for the organisation."""
    record = StageRecord.objects.select_related("case", "person").get(pk=record_id, case=case_id)
    people: list[Any] = list(people_of(record.organisation)) if record.organisation is not None else [record.person]
    event = "hearing_asked" if record.case.opened_by_id is not None else "opinion_asked"
    for person in people:
        _tell_one(person, event, record.case, key=f"{event}:{record_id}:{person.pk}", due_on=record.due_on)


@hookimpl
def deadline_moved(case_id: int, move_id: int) -> None:
    """Told where the date is later than before; an earlier one harms nobody, and the page tells of it."""
    move = DateMove.objects.select_related("case__applicant").get(pk=move_id, case=case_id)
    if move.now > move.was:
        _tell("deadline_moved", move.case, part=str(move_id), due_on=move.now)


@hookimpl
def visit_planned(case_id: int, visit_id: int) -> None:
    visit = Visit.objects.select_related("case__applicant").get(pk=visit_id, case=case_id)
    off, changes = visit.state == Visit.State.CALLED_OFF, visit.changes.count()
    event = "visit_called_off" if off else "visit_moved" if changes else "visit_planned"
    _tell(event, visit.case, part=f"{visit_id}:{changes}", due_on=visit.planned_on)


@hookimpl
def session_convened(session_id: int) -> None:
    """Each who was called, and each applicant whose case is on the agenda; again where it was moved or cancelled."""
    session = Session.objects.select_related("commission").get(pk=session_id)
    changes = list(session.changes.filter(at__gt=session.convened_at))
    last = changes[-1] if changes else None
    off = session.state == Session.State.CANCELLED
    event = "session_cancelled" if off else "session_moved" if last else "session_convened"
    for attendance in called_to(session):
        person = attendance.seat.person
        values = _of_session(session, person.language) | {"reason": last.reason if last else ""}
        notify(
            key=f"{event}:{session.pk}:{len(changes)}:{person.pk}" if last else f"{event}:{session.pk}:{person.pk}",
            event=event,
            person=person,
            case=None,
            language=person.language,
            message=of_session(event, session, language=person.language, values=values),
        )
    _tell_applicants(session, event, last, len(changes))


def _tell_applicants(session: Session, event: str, last: SessionChange | None, changes: int) -> None:
    """They need not come: of another hour or place they are not told."""
    day = timezone.localdate(session.starts_at)
    if event == "session_moved" and last is not None and timezone.localdate(last.was_at) == day:
        return
    told = {"session_cancelled": "commission_cancelled", "session_moved": "commission_moved"}
    items = session.items.filter(pk__in=last.items) if last and event == "session_cancelled" else agenda_of(session)
    for item in items:
        part = f"{item.pk}:{changes}" if last else str(item.pk)
        _tell(told.get(event, "before_commission"), item.case, part=part, day=day)


def _of_session(session: Session, language: str) -> dict[str, str]:
    moment = timezone.localtime(session.starts_at)
    with translation.override(language):
        return {
            "commission": session.commission.named(language),
            "number": str(session.number),
            "year": str(session.year),
            "day": formats.date_format(moment, "DATE_FORMAT"),
            "time": formats.time_format(moment, "H:i"),
            "place": session.place,
        }


@hookimpl
def delegation_changed(delegation_id: int) -> None:
    tell_of_delegation(delegation_id, today=timezone.localdate())


@hookimpl
def case_decided(case_id: int, decision_id: int) -> None:
    case = Case.objects.select_related("applicant").get(pk=case_id)
    decision = Decision.objects.get(pk=decision_id, case=case_id)
    is_last = case.decisions.filter(sent_back_at=None, pk__gt=decision_id).count() == 0 and bool(case.outcome)
    event = NEWS.get(Kind(decision.kind), "case_accepted") if is_last else "case_goes_on"
    if case.opened_by_id is not None:
        event = "file_decided" if is_last else "file_measure"
    _tell(event, case, part=str(case_id) if is_last else f"{case_id}:{decision_id}")
    if not publishes(case, decision):
        _tell_others(case, decision, published=False)


@hookimpl
def case_reopened(case_id: int, decision_id: int) -> None:
    case = Case.objects.select_related("applicant").get(pk=case_id)
    _tell("case_reopened", case, part=f"{case_id}:{decision_id}", due_on=case.due_on)


@hookimpl
def document_issued(document_id: int) -> None:
    document = Document.objects.select_related("case__applicant").get(pk=document_id)
    if document.case and document.output == REFUSAL:
        for person in people_behind(document.case):
            key = f"document_issued:{document.public_id}:{person.pk}"
            if person.email:
                send_decision(document, person)
            else:
                _tell_one(person, "document_issued", document.case, key=key, due_on=None)
    elif document.case and is_published(document):
        _tell_others(document.case, document.case.decisions.latest("effective_at"), published=True)
    elif document.case and document.output != RECEIPT:
        event = "document_issued" if document.case.opened_by_id is None else "file_document"
        _tell(event, document.case, part=document.public_id)


@hookimpl
def document_revoked(document_id: int) -> None:
    document = Document.objects.select_related("case__applicant").get(pk=document_id)
    if document.case:
        changes = document.periods.count()  # one message a change of status
        _tell("document_revoked", document.case, part=f"{document.public_id}:{changes}")


def _tell_others(case: Case, decision: Decision, *, published: bool) -> None:
    """Whom the procedure names beyond those whose case it is, once a decision: the first message that names them."""
    for said, people in told_of(case, decision):
        for person in people:
            notify(
                key=f"others:{decision.pk}:{person.pk}",
                event="others",
                person=person,
                case=None,
                language=person.language,
                message=to_others(said.title, case, published=published, language=person.language),
            )


def _tell(event: str, case: Case, *, part: str, due_on: Any = None, day: Any = None) -> None:
    """The person who filed; of an organisation's case, whoever is in charge of it, else all who file for it today."""
    if case.organisation is None and case.opened_by_id is None:
        _tell_one(case.applicant, event, case, key=f"{event}:{part}", due_on=due_on, day=day)
        return
    for person in people_behind(case):
        _tell_one(person, event, case, key=f"{event}:{part}:{person.pk}", due_on=due_on, day=day)


def _tell_one(person: Any, event: str, case: Case, *, key: str, due_on: Any, day: Any = None) -> None:
    """In the language of the person's account, which may have changed since they filed."""
    with translation.override(person.language):
        values = {
            "procedure": _title(case),
            "due_on": formats.date_format(due_on, "DATE_FORMAT") if due_on else "",
            "day": formats.date_format(day, "DATE_FORMAT") if day else "",
        }
        notify(
            key=key,
            event=event,
            person=person,
            case=case.public_id,
            language=person.language,
            message=message(event, language=person.language, case=case, values=values),
        )


def _title(case: Case) -> str:
    try:
        return str(procedure(case.procedure).title)
    except UnknownProcedure:
        return case.number
