"""Read cases: the officer's inbox, a person's own, their answers and what happened to them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from procedures.audit.models import Entry
from procedures.audit.selectors import entries_about
from procedures.cases.folding import fold
from procedures.cases.models import (
    Case,
    CaseLink,
    Confirmation,
    ConflictOfInterest,
    Decision,
    OfficeHandOver,
    SignatureAct,
    StageRecord,
)
from procedures.cases.patches import apply_patch
from procedures.cases.readings import OF_A_CASE
from procedures.cases.states import CLOSED, NOT_SUBMITTED, OPEN, TABLE, State, Who
from procedures.mandates.selectors import drafts_under, proxy_of
from procedures.offices.models import Office, Role
from procedures.offices.selectors import seats
from procedures.representation import people_of, readable_by, represented_by

SHOWN = Q(opened_by=None) | Q(disclosed_at__isnull=False)  # to those whom a case belongs to or concerns
APPLICANTS_ACTS = frozenset({"case.file_case", "case.hand_over", "case.renew_tracking_code"}) | {
    f"case.{event}" for moves in TABLE.values() for event, move in moves.items() if move.who is Who.APPLICANT
}
CASEWORK = (
    Role.DESK_OFFICER,
    Role.INSPECTOR,
    Role.REGIONAL_DIRECTOR,
    Role.CENTRAL_OFFICER,
    Role.COMMISSION_SECRETARY,
    Role.MINISTER_DELEGATE,
    Role.EXPERT,
)


@dataclass(frozen=True)
class Happening:
    """One thing that happened to a case; `actor` is None where the engine acted or the account is erased."""

    at: datetime
    action: str  # "case.sign"
    actor: Any
    by_applicant: bool
    data: dict[str, Any]
    in_name_of: Any = None  # who was away, where the actor acted by their delegation


def visible_to(user: Any, *, held: Collection[tuple[int, str]] | None = None) -> QuerySet[Case]:
    """Cases a member of staff may open: those that stand or stood in an office they serve; an auditor, every case.

    Whoever has read what they hold at this moment, as (office, role), spares the question.

    A member of a commission opens cases from the sessions to which they were called, and nowhere else.
    The minister's delegate sees what waits for signature in the central services, and what they signed.
    Nobody sees an appeal against a decision that they took.
    """
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return Case.objects.none()
    now = _held(user) if held is None else held
    return Case.objects.all() if Role.AUDITOR in {role for _office, role in now} else _of_casework(user, now)


def of_casework(user: Any, *, held: Collection[tuple[int, str]] | None = None) -> QuerySet[Case]:
    """The same without what only an auditor reads: cases of the offices in which this person handles any."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return Case.objects.none()
    return _of_casework(user, _held(user) if held is None else held)


def _held(user: Any) -> list[tuple[int, str]]:
    return list(seats(user).values_list("office", "role"))


def _of_casework(user: Any, held: Collection[tuple[int, str]]) -> QuerySet[Case]:
    """The offices stand in the question as they were read: asked again in each part, they took longer than the rest."""
    offices = sorted({office for office, role in held if role in CASEWORK})
    passed = StageRecord.objects.filter(case=OuterRef("pk"), office__in=offices)
    offered = OfficeHandOver.objects.filter(answer="", to_office__in=offices).values("case")
    allowed: Q = Q(office__in=offices) | Q(Exists(passed)) | Q(pk__in=offered)
    submitted = ~Q(state__in=NOT_SUBMITTED)
    if Role.MINISTER_DELEGATE in {role for _office, role in held}:
        signed = SignatureAct.objects.filter(decision__case=OuterRef("pk"), signed_by=user)
        allowed |= Q(state=State.SIGNATURE, office__kind=Office.Kind.CENTRAL) | Q(Exists(signed))
    return Case.objects.filter(submitted, allowed).exclude(pk__in=barred_from(user))


def barred_from(user: Any) -> QuerySet[CaseLink, int | None]:
    """Appeals against decisions that this person took part in: to them these cases do not exist."""
    appeals = CaseLink.objects.filter(kind=CaseLink.Kind.APPEAL, to__isnull=False)
    return appeals.filter(Exists(_taken_by(user))).values_list("to", flat=True)


def kept_from(user: Any) -> QuerySet[CaseLink, int]:
    """Cases that were reopened on appeal against a decision of this person: others decide them, and they may read."""
    annulled = _taken_by(user).filter(effective_at__isnull=False, sent_back_at__isnull=False)
    appeals = CaseLink.objects.filter(kind=CaseLink.Kind.APPEAL, to__isnull=False)
    return appeals.filter(Exists(annulled)).values_list("case", flat=True)


def _taken_by(user: Any) -> QuerySet[Decision]:
    """Decisions on the case of a link in which this person took part, themselves or through whoever stood in."""
    part = Q(prepared_by=user) | Q(in_name_of=user) | Q(signatures__signed_by=user) | Q(signatures__in_name_of=user)
    return Decision.objects.filter(part | Q(rows__by=user), case=OuterRef("case"))


def waiting_for(user: Any) -> QuerySet[Case]:
    """Open cases whose present stage stands in an office and role of this person, and those offered to their office.

    Not those with the applicant or with somebody concerned, nor those in which they declared a conflict of interest,
    nor those that are decided anew because a decision of theirs was annulled.
    """
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return Case.objects.none()
    held = seats(user)
    mine = held.filter(office=OuterRef("office"), role=OuterRef("role"))
    theirs = ~Q(person=None, organisation=None) & (Q(due_on=None) | Q(due_on__gte=timezone.localdate()))
    here = StageRecord.objects.filter(~theirs, case=OuterRef("pk"), closed_at=None)
    offered = OfficeHandOver.objects.filter(answer="").filter(
        Exists(held.filter(office=OuterRef("to_office"), role=OuterRef("role")))
    )
    allowed: Q = Q(Exists(here.filter(Exists(mine)))) | Q(pk__in=offered.values("case"))
    if held.filter(role=Role.MINISTER_DELEGATE).exists():
        central = here.filter(role=Role.MINISTER_DELEGATE, office__kind=Office.Kind.CENTRAL)
        allowed |= Q(Exists(central))
    kept_away = ConflictOfInterest.objects.filter(person=user).values("case")
    found = Case.objects.filter(allowed).exclude(state=State.CORRECTION)
    return found.exclude(pk__in=kept_away).exclude(pk__in=barred_from(user)).exclude(pk__in=kept_from(user))


def inbox(
    user: Any, *, state: str | None = None, procedure: str | None = None, q: str = "", office: Office | None = None
) -> QuerySet[Case]:
    """What waits for this officer, the most urgent first; `state`, `q` or `office` search all that they may open."""
    cases = visible_to(user) if state or q.strip() or office else waiting_for(user)
    if state:
        cases = cases.filter(state=state)
    if procedure:
        cases = cases.filter(procedure=procedure)
    if office:
        cases = cases.filter(office=office)
    for word in fold(q).split():
        cases = cases.filter(search__contains=word)
    return cases.select_related("office", "assignee").order_by(F("due_on").asc(nulls_last=True), "filed_at", "pk")


def counts(user: Any) -> dict[str, int]:
    """By state of what this person may open, besides `waiting` for them, `mine` (assigned) and `late`."""
    by_state = visible_to(user).order_by().values("state").annotate(number=Count("pk"))
    told = {row["state"]: row["number"] for row in by_state}
    waiting = waiting_for(user)
    late = waiting.filter(due_on__lt=timezone.localdate())
    mine = waiting.filter(assignee=user)
    return told | {"waiting": waiting.count(), "mine": mine.count(), "late": late.count()}


def cases_of(person: Any) -> QuerySet[Case]:
    """A person's own cases, the latest first; those they filed for an organisation belong to it."""
    own = Case.objects.filter(SHOWN, applicant=person, organisation=None)
    return own.select_related("office", "snapshot").order_by("-filed_at", "-pk")


def cases_for_others(person: Any) -> QuerySet[Case]:
    """Cases that a person filed for others under mandates that hold today, the latest first."""
    cases = Case.objects.filter(draft_id__in=drafts_under(person))
    return cases.select_related("office", "snapshot", "applicant").order_by("-filed_at", "-pk")


def cases_of_organisation(organisation: UUID) -> QuerySet[Case]:
    """The cases of an organisation, whoever filed them, the latest first; the caller has asked who reads them."""
    cases = Case.objects.filter(SHOWN, organisation=organisation)
    return cases.select_related("office", "snapshot").order_by("-filed_at", "-pk")


def open_to_applicant(person: Any) -> QuerySet[Case]:
    """A person's own cases, those of organisations for which they read, those filed by them under a mandate, today."""
    if not getattr(person, "is_authenticated", False):
        return Case.objects.none()
    own = Q(applicant=person, organisation=None) | Q(draft_id__in=drafts_under(person))
    return Case.objects.filter(SHOWN, own | Q(organisation__in=readable_by(person)))


def people_behind(case: Case) -> tuple[Any, ...]:
    """Whom to tell of a case: whose it is, and their proxy; of an organisation, the colleague in charge, or all who
    file for it. Nobody as long as a file of the authority is not shown to those whom it concerns."""
    if case.opened_by_id is not None and case.disclosed_at is None:
        return ()
    if case.organisation is None:
        return tuple(filter(None, (case.applicant, proxy_of(case.draft_id))))
    colleagues = tuple(people_of(case.organisation))
    return tuple(person for person in colleagues if person.pk == case.in_charge_id) or colleagues


def open_cases() -> QuerySet[Case]:
    return Case.objects.filter(state__in=OPEN)


def is_closed(case: Case) -> bool:
    return case.state in CLOSED


def answers_of(case: Case) -> dict[str, Any]:
    """The applicant's answers as they stand: as filed, with every returned correction laid over them."""
    answers: dict[str, Any] = dict(case.answers)
    for patch in case.corrections.exclude(returned_at=None).order_by("pk").values_list("patch", flat=True):
        answers = apply_patch(answers, patch)
    return answers


def answers_of_officers(case: Case) -> dict[str, Any]:
    """What officers answered in the stages they closed, and with the decisions that stand: {"granted": {...}}."""
    told: dict[str, Any] = {}
    for record in case.stages.exclude(closed_at=None).order_by("pk"):
        told |= {
            block: given
            for block, given in record.answers.items()
            if isinstance(given, dict) or record.kind != State.COMMISSION
        }
    for decision in case.decisions.filter(sent_back_at=None).order_by("pk"):
        told |= decision.answers
    return told


def every_answer(case: Case) -> dict[str, Any]:
    """Applicant's and officers' answers in one namespace: what rules, claims and effects read."""
    return answers_of(case) | answers_of_officers(case)


def open_stage(case: Case) -> StageRecord | None:
    """Where the case stands, also while it waits for a correction; None once it is closed or being issued."""
    return case.stages.filter(closed_at=None).select_related("office", "asking_office").last()


def confirmations_asked(person: Any) -> QuerySet[Confirmation]:
    """Filings of others that wait for this account's confirmation, by the address that it holds."""
    email = getattr(person, "email", "")
    asked = Confirmation.objects.filter(answer="", case__state=State.SIGNATORIES, due_on__gte=timezone.localdate())
    return asked.filter(email=email).select_related("case__snapshot") if email else asked.none()


def open_correction(case: Case) -> Any:
    """The correction that waits for the applicant, or None."""
    return case.corrections.filter(returned_at=None).last() if case.state == State.CORRECTION else None


def standing_decision(case: Case) -> Any:
    """The decision that was prepared and not sent back, signed or not; None before there is one."""
    return case.decisions.filter(sent_back_at=None).select_related("prepared_by", "in_name_of").last()


def commission_of(case: Case) -> StageRecord | None:
    """The commission's record: answers hold held_on, members, opinion."""
    return case.stages.filter(kind=State.COMMISSION).exclude(closed_at=None).last()


def open_hand_over(case: Case) -> OfficeHandOver | None:
    """The office that was asked to take the case over and has not answered, or None."""
    return case.office_hand_overs.filter(answer="").select_related("from_office", "to_office", "asked_by").last()


def links_of(case: Case) -> tuple[CaseLink, ...]:
    """Cases and offered procedures that this case leads to, and the cases that it comes from."""
    found = CaseLink.objects.filter(Q(case=case) | Q(to=case)).select_related("case", "to")
    return tuple(found.order_by("pk"))


def opinions_asked(person: Any) -> QuerySet[StageRecord]:
    """Passages in which this account, or an organisation for which it files, is asked for its answer today."""
    if not getattr(person, "is_authenticated", False):
        return StageRecord.objects.none()
    bodies = [each.organisation for each in represented_by(person) if each.files]
    asked = Q(person=person) | Q(organisation__in=bodies)
    late = Q(ending__in=(StageRecord.Ending.SILENCE, StageRecord.Ending.PASSED_OVER), late_opinion=None)
    waiting = Q(closed_at=None, case__state=State.OPINION) | (late & Q(case__state__in=OPEN))
    return (
        StageRecord.objects.filter(asked, waiting).select_related("case__snapshot", "office").order_by("due_on", "pk")
    )


def history(case: Case) -> tuple[Happening, ...]:
    """What happened to the case, oldest first, from the audit chain; readings are told by `readings.who_read`."""
    entries = list(entries_about(case).filter(action__startswith="case.").exclude(action__in=OF_A_CASE))
    people = _people(entries)
    return tuple(
        Happening(
            entry.at,
            entry.action,
            people.get(entry.actor or 0),
            _is_applicants(entry, case),
            entry.data,
            people.get(entry.data.get("in_name_of", 0)),
        )
        for entry in entries
    )


def _is_applicants(entry: Entry, case: Case) -> bool:
    """Of an organisation, any colleague may act as the applicant."""
    return entry.action in APPLICANTS_ACTS if case.organisation else entry.actor == case.applicant_id


def _people(entries: list[Entry]) -> dict[int, Any]:
    told = {entry.actor for entry in entries} | {entry.data.get("in_name_of") for entry in entries}
    return get_user_model().objects.in_bulk({each for each in told if each})
