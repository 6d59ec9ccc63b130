"""Whom a stage asks for an opinion: another office, an outside body, or those whom the case concerns."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model

from procedures.cases.models import Case, StageRecord
from procedures.cases.states import State
from procedures.definition import Concerned, Party
from procedures.offices.models import Office, Role
from procedures.offices.selectors import NoOffice
from procedures.representation import files_for, people_of
from procedures.rules import Missing, Situation

UNANSWERED = (StageRecord.Ending.SILENCE, StageRecord.Ending.PASSED_OVER)


@dataclass(frozen=True)
class ConcernedParty:
    """A person by their account, or an organisation by its public id."""

    person: Any = None
    organisation: UUID | None = None


def concerned_party(party: Concerned, case: Case, situation: Situation) -> ConcernedParty:
    """Who is asked or heard: the applicant's side (`case.applicant`), an account, or an organisation's public id.

    Nobody where the authority opened the case about someone who has no account: the office then writes down what they
    say. Raises NoOffice where the need gives none of these: the case then stays where it is, and a person looks.
    """
    if party.of == "case.applicant" and case.opened_by_id is not None and not has_account(case):
        return ConcernedParty()
    if party.of == "case.applicant":
        return ConcernedParty(None if case.organisation else case.applicant, case.organisation)
    value = situation.value(party.of)
    if isinstance(value, get_user_model()):
        return ConcernedParty(person=value)
    if value is None or isinstance(value, Missing):
        raise NoOffice("concerned")
    try:
        return ConcernedParty(organisation=value if isinstance(value, UUID) else UUID(str(value)))
    except ValueError:
        raise NoOffice("concerned") from None


def has_account(case: Case) -> bool:
    """Whether those whom a file of the authority concerns can read it: an organisation somebody serves, or a person."""
    if case.organisation is not None:
        return any(True for _person in people_of(case.organisation))
    return bool(case.applicant.email or case.applicant.phone)


def is_concerned(user: Any, record: StageRecord) -> bool:
    """Whether a person answers for the party that this passage asks or hears."""
    if record.organisation is not None:
        return files_for(user, record.organisation)
    return bool(record.person_id is not None and user.pk == record.person_id)


def asks_concerned(party: Party | tuple[Party, ...] | None) -> bool:
    return isinstance(party, Concerned)


def asking_role(office: Office) -> str:
    """Who, in the office that asked, goes on without an opinion: whoever examines there."""
    return str((Role.CENTRAL_OFFICER if office.kind == Office.Kind.CENTRAL else Role.DESK_OFFICER).value)


def missed_opinion(case: Case) -> StageRecord | None:
    """The last opinion that did not come in time and has not come since; None where there is none."""
    late = case.stages.filter(kind=State.OPINION, ending__in=UNANSWERED, late_opinion=None)
    return late.select_related("office").last()
