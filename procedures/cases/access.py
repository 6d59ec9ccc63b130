"""The few doors from a request to a case; what is another's does not exist."""

from typing import Any
from uuid import UUID

from django.db.models import Model
from django.http import Http404

from procedures.audit.services import append
from procedures.cases.models import Case, StageRecord
from procedures.cases.selectors import open_stage, open_to_applicant, standing_decision, visible_to
from procedures.cases.states import TABLE, Event, Move, State, Who
from procedures.mandates.selectors import acting_for
from procedures.offices.selectors import seat_of, serves
from procedures.representation import files_for, represented


def own_case(user: Any, public_id: UUID | str) -> Case:
    """The applicant's own case, or one of an organisation whose cases they read. Raises Http404 for any other."""
    return _found(open_to_applicant(user), public_id)


def case_for_staff(user: Any, public_id: UUID | str) -> Case:
    """A case that this member of staff may open; the reading goes on record. Raises Http404 otherwise."""
    case = _found(visible_to(user), public_id)
    record_reading(case, by=user, action="case.read")
    return case


def record_reading(
    case: Case | None, *, by: Any, action: str, subject: Model | None = None, data: dict[str, Any] | None = None
) -> None:
    """Note in the audit chain that a member of staff read a case or what belongs to it (`subject`), and from where.

    `action` is one of `readings.READINGS`: those and no others are shown to whom the case belongs.
    """
    about = subject or case
    if about is None:
        raise TypeError("A reading is of a case or of what is named.")
    append(action=action, subject=about, actor=by, data=seat_of(by, case.office_id if case else None) | (data or {}))


def actions_open_to(user: Any, case: Case) -> frozenset[str]:
    """Names of the services that this person may call on the case as it stands."""
    record = open_stage(case)
    moves = TABLE[State(case.state)]
    return frozenset(event.value for event in moves if may(user, case, event, moves[event], record))


def may(user: Any, case: Case, event: Event, move: Move, record: StageRecord | None) -> bool:
    """Whether the table lets this person make this move on this case."""
    if move.who is Who.ENGINE:
        return user is None
    if user is None or not user.is_active:
        return False
    if move.who is Who.APPLICANT:
        return acts_as_applicant(user, case)
    if is_interested(user, case) or record is None or not serves(user, record.office, record.role):
        return False
    return move.who is not Who.SIGNER or not _took_part(user, case)


def writes_for_office(user: Any, case: Case) -> bool:
    """Whether this officer handles the case where it stands: who does, writes to the applicant."""
    record = open_stage(case)
    return record is not None and not is_interested(user, case) and serves(user, record.office, record.role)


def is_interested(user: Any, case: Case) -> bool:
    """Whether it is this person's own case, or that of an organisation in which they serve: colleagues handle it."""
    if user.pk == case.applicant_id or is_proxy(user, case):
        return True
    return case.organisation is not None and represented(user, case.organisation) is not None


def acts_as_applicant(user: Any, case: Case) -> bool:
    """What was filed for an organisation stays with it, also when the one who filed it leaves.

    A proxy acts on what they began under a mandate, for as long as that holds.
    """
    if case.organisation is not None:
        return files_for(user, case.organisation)
    return user.pk == case.applicant_id or is_proxy(user, case)


def is_proxy(user: Any, case: Case) -> bool:
    """Whether this person filed it for its applicant under a mandate that holds today; asked once a reading."""
    known: dict[int, bool] = case.__dict__.setdefault("_proxies", {})
    if user.pk not in known:
        known[user.pk] = acting_for(user, case.draft_id) is not None
    return known[user.pk]


def _took_part(user: Any, case: Case) -> bool:
    """Nobody signs a decision that they prepared, nor signs it twice."""
    decision = standing_decision(case)
    return decision is None or decision.prepared_by_id == user.pk or decision.signatures.filter(signed_by=user).exists()


def _found(cases: Any, public_id: UUID | str) -> Case:
    try:
        wanted = public_id if isinstance(public_id, UUID) else UUID(str(public_id))
    except ValueError:
        raise Http404 from None
    case: Case | None = cases.select_related("office", "snapshot", "applicant").filter(public_id=wanted).first()
    if case is None:
        raise Http404
    return case
