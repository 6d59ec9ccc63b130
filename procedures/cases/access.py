"""The few doors from a request to a case; what is another's does not exist."""

from typing import Any
from uuid import UUID

from django.db.models import Model
from django.http import Http404

from procedures.audit.services import append
from procedures.cases.models import Case, StageRecord
from procedures.cases.selectors import open_stage, open_to_applicant, visible_to
from procedures.cases.standing import Standing, acts_as_applicant, is_interested, is_proxy
from procedures.cases.states import Move, Who, moves_of
from procedures.offices.delegating import Capacity
from procedures.offices.selectors import seat_of

__all__ = [
    "actions_open_to",
    "acts_as_applicant",
    "capacity_for",
    "case_for_staff",
    "case_to_follow",
    "in_whose_name",
    "is_interested",
    "is_proxy",
    "may_handle",
    "own_case",
    "record_reading",
    "standing_of",
    "writes_for_office",
]


def own_case(user: Any, public_id: UUID | str) -> Case:
    """The applicant's own case, or one of an organisation whose cases they read. Raises Http404 for any other."""
    return _found(open_to_applicant(user), public_id)


def case_for_staff(user: Any, public_id: UUID | str) -> Case:
    """A case that this member of staff may open; the reading goes on record. Raises Http404 otherwise."""
    case = _found(visible_to(user), public_id)
    record_reading(case, by=user, action="case.read")
    return case


def case_to_follow(user: Any, public_id: UUID | str) -> Case:
    """A case that this member of staff may open, of which nothing is shown. Raises Http404 otherwise."""
    return _found(visible_to(user), public_id)


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


def standing_of(user: Any, case: Case) -> Standing:
    """How this person stands to the case as it stands; whoever asks several things about it hands it on."""
    return Standing(user, case, open_stage(case))


def actions_open_to(user: Any, case: Case, standing: Standing | None = None) -> frozenset[str]:
    """Names of the services that this person may call on the case as it stands."""
    standing = standing or standing_of(user, case)
    moves = moves_of(case.state, opened=case.opened_by_id is not None)
    return frozenset(event.value for event, move in moves.items() if standing.capacity(move.who))


def in_whose_name(user: Any, case: Case, standing: Standing | None = None) -> Any:
    """The colleague in whose name this person would act on the case as it stands, or None for their own."""
    standing = standing or standing_of(user, case)
    asked = [move.who for move in moves_of(case.state, opened=case.opened_by_id is not None).values()]
    first = [who for who in (Who.SIGNER, Who.OFFICER) if who in asked]
    ways = (standing.capacity(who) for who in dict.fromkeys(first + asked))
    return next((way.in_name_of for way in ways if way is not None), None)


def capacity_for(user: Any, case: Case, move: Move, record: StageRecord | None) -> Capacity | None:
    """How this person makes this move on this case, or None where the table does not let them."""
    return Standing(user, case, record).capacity(move.who)


def writes_for_office(user: Any, case: Case) -> bool:
    """Whether this officer handles the case where it stands: who does, writes to the applicant.

    Nobody writes about a file of the authority that is not shown yet to those whom it concerns.
    """
    if case.opened_by_id is not None and case.disclosed_at is None:
        return False
    return Standing(user, case, open_stage(case)).capacity(Who.OFFICER) is not None


def may_handle(user: Any, case: Case, record: StageRecord) -> bool:
    """Whether this person may handle the case in this passage: the role, the office, and nothing against it."""
    return Standing(user, case, record).capacity(Who.OFFICER) is not None


def _found(cases: Any, public_id: UUID | str) -> Case:
    try:
        wanted = public_id if isinstance(public_id, UUID) else UUID(str(public_id))
    except ValueError:
        raise Http404 from None
    case: Case | None = cases.select_related("office", "snapshot", "applicant").filter(public_id=wanted).first()
    if case is None:
        raise Http404
    return case
