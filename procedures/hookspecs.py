"""The hooks through which plugins and our own rooms join in; arguments are only ever added, never renamed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pluggy

from procedures.definition import Procedure, Rule
from procedures.definition.overrides import Override

if TYPE_CHECKING:
    from procedures.representation import Represented
    from procedures.second_seal import SealBackend
    from procedures.sources.known import Known

hookspec = pluggy.HookspecMarker("takwin")
hookimpl = pluggy.HookimplMarker("takwin")


@hookspec
def register_procedure() -> Procedure:  # type: ignore[empty-body]  # said, not done, here
    """Give the procedure of this plugin; called once, at start."""


@hookspec
def procedure_rules(procedure: str) -> Iterable[Rule]:  # type: ignore[empty-body]  # said, not done, here
    """Give rules that a circular adds to the procedure of this code, one's own or somebody else's; called at start."""


@hookspec
def procedure_overrides(procedure: str, on: date) -> Iterable[Override]:  # type: ignore[empty-body]  # said, not done, here
    """Give what editors changed of the procedure of this code, in force on that day; called at each resolving."""


@hookspec
def value_decided(case_id: int, procedure: str, path: str, value: Any, since: date, reference: str) -> None:
    """A decision sets a value of a procedure from a day on; called inside its transaction, which an error undoes."""


@hookspec
def organisations_of_person(person: Any) -> Iterable[Represented]:  # type: ignore[empty-body]  # said, not done, here
    """Give the organisations in which an account serves today, and what it may do there; called at each request."""


@hookspec
def people_of_organisation(organisation: UUID) -> Iterable[Any]:  # type: ignore[empty-body]  # said, not done, here
    """Give the accounts that file today for the organisation of this public id; called when they are to be told."""


@hookspec
def known_facts(person: Any, organisation: UUID | None) -> Iterable[Known]:  # type: ignore[empty-body]  # said, not done, here
    """Give what is known of an account, or of the organisation it files for; called when somebody asks to see it."""


@hookspec
def case_submitted(case_id: int) -> None:
    """A case has been filed; called after commit, from the outbox, again if it raises."""


@hookspec
def signatories_asked(case_id: int) -> None:
    """A filing waits for people who must confirm it; called after commit, from the outbox."""


@hookspec
def filing_lapsed(case_id: int) -> None:
    """Somebody declined to confirm a filing, or did not in time; called after commit, from the outbox."""


@hookspec
def correction_asked(case_id: int, correction_id: int) -> None:
    """The applicant has been asked to mend something; called after commit, from the outbox."""


@hookspec
def hearing_asked(case_id: int, record_id: int) -> None:
    """Those whom a case concerns are asked for their answer, or heard before a measure; called after commit, from the
    outbox."""


@hookspec
def visit_planned(case_id: int, visit_id: int) -> None:
    """An announced visit was planned, moved or called off; called after commit, from the outbox, once each time."""


@hookspec
def session_convened(session_id: int) -> None:
    """The members of a commission are called to a session, or one to which they were called is moved or cancelled;
    called after commit, from the outbox, once each time."""


@hookspec
def delegation_changed(delegation_id: int) -> None:
    """Somebody was named to act for a colleague, or does not any more, or until another day; called after commit, from
    the outbox."""


@hookspec
def case_decided(case_id: int, decision_id: int) -> None:
    """A decision took effect, the last of its case or one on the way; called after commit, from the outbox."""


@hookspec
def case_reopened(case_id: int, decision_id: int) -> None:
    """A decision was annulled on appeal and its case is decided anew; called after commit, from the outbox."""


@hookspec
def document_issued(document_id: int) -> None:
    """A document has been sealed and may be fetched; called after commit, from the outbox."""


@hookspec
def document_revoked(document_id: int) -> None:
    """A document has been revoked for good; called after commit, from the outbox."""


@hookspec
def deadline_passed(case_id: int) -> None:
    """The announced delay of a case has passed without a decision; called once, from the outbox."""


@hookspec
def deadline_moved(case_id: int, move_id: int) -> None:
    """The calendar was corrected and the date of an open case with it; called after commit, from the outbox."""


@hookspec(firstresult=True)
def lookup_person(id_type: str, id_number: str, birth_date: date) -> dict[str, Any] | None:
    """Give what a civil register knows of a person, by the addresses of `person.*`, or None to leave it to others."""


@hookspec(firstresult=True)
def lookup_company(tax_number: str) -> dict[str, Any] | None:
    """Give what a business register knows of a company, by the addresses of `organisation.*`, or None."""


@hookspec(firstresult=True)
def lookup_diploma(country: str, number: str) -> dict[str, Any] | None:
    """Give what a register of diplomas, at home or abroad, knows of one, or None."""


@hookspec(firstresult=True)
def payment_gateway() -> Any:
    """Give the object through which fees are paid online, or None where they are paid at the desk."""


@hookspec(firstresult=True)
def seal_backend() -> SealBackend | None:
    """Give who makes another visible seal that is printed beside ours, a national one for instance, or None.

    Called by the worker before each file is made, never in a practice space or for a preview. `mark(facts)` of what is
    given is told what the document prints (`procedures.second_seal.DocumentFacts`) and gives a picture with its name,
    or None for a document that bears our seal alone. The picture is asked once, frozen with the document's content, and
    stands beside our QR code. What it raises has the job tried again: nothing is issued without it. It never takes the
    place of our seal, and the portal claims nothing of it: its name and what it says are the plugin's.
    """


@hookspec(firstresult=True)
def sms_backend() -> Any:
    """Give the object that sends text messages, or None where none are sent."""
