"""Give me a case: invented cases of a procedure, at a stage that one handles, on one's own desk; and begin again."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.practice.inventing import papers_for, samples_that_pass, situation_for
from portal.practice.models import GivenCase
from portal.practice.people import applicant, colleague
from portal.practice.walking import Walk
from procedures.audit.services import append
from procedures.cases import services
from procedures.cases.errors import CaseError
from procedures.cases.models import Case
from procedures.cases.routing import code_of, kind_of, office_of_stage, role_for
from procedures.cases.states import CLOSED, State
from procedures.definition import Concerned, Procedure, Sample
from procedures.evidence.services import receive_paper
from procedures.offices.models import Office
from procedures.offices.selectors import NoOffice, memberships_of
from procedures.refusal import Refusal
from procedures.registry import procedures
from procedures.resolving import resolve
from procedures.rules import Situation

MOST = 20
TRIES = 4  # a structure drawn by chance may be under a measure already


@dataclass(frozen=True)
class Offer:
    """A stage of a procedure that this person handles in one of their offices."""

    procedure: Procedure
    stage: str
    kind: State
    office: Office

    @property
    def label(self) -> str:
        """The kind of the stage, numbered where the route has several of it."""
        alike = [code_of(stage) for stage in self.procedure.route if kind_of(stage) == self.kind]
        return f"{self.kind.label} {alike.index(self.stage) + 1}" if len(alike) > 1 else str(self.kind.label)

    @property
    def code(self) -> str:
        return f"{self.procedure.code}:{self.stage}:{self.office.code}"


def offers_for(person: Any) -> list[Offer]:
    """Every stage at which this person can be given a case."""
    seats = [(each.office, each.role) for each in memberships_of(person)]
    offices = {office.pk: office for office, _role in seats}.values()
    held = {(office.pk, role) for office, role in seats}
    found = [offer for office in offices for code in procedures() for offer in _offers(resolve(code), office, held)]
    return sorted(found, key=lambda offer: (str(offer.procedure.title), offer.office.code))


def give_cases(*, to: Any, offer: Offer, count: int) -> list[Case]:
    """Make `count` (1 to 20) invented cases, each as a plugin's samples make it, and put them on this person's desk.

    Raises Refusal: elsewhere than in a practice space, for a stage that is not theirs, or where no case comes so far.
    """
    if not settings.TAKWIN_PRACTICE:
        raise Refusal(_("Cases are invented in a practice space only."))
    if not 1 <= count <= MOST:
        raise Refusal(_("Ask for 1 to %(most)s cases at a time.") % {"most": MOST}, "count")
    if offer not in offers_for(to):
        raise Refusal(_("You do not handle this step. Choose one of the list."), "offer")
    samples = cycle(samples_that_pass(offer.procedure))
    return [_given(to, offer, sample) for sample in islice(samples, count)]


def given_to(person: Any) -> list[GivenCase]:
    """The cases that were made for this person since they last began again, the newest first."""
    rows = GivenCase.objects.filter(given_to=person, cleared_at=None).select_related("case", "case__office")
    return list(rows[:100])


def begin_again(*, by: Any) -> int:
    """Clear this person's list: their applicants withdraw what is open. Nothing is deleted; how many were cleared."""
    if not settings.TAKWIN_PRACTICE:
        raise Refusal(_("Cases are invented in a practice space only."))
    cleared = 0
    for row in GivenCase.objects.filter(given_to=by, cleared_at=None).select_related("case"):
        with transaction.atomic():
            _close(row.case)
            row.cleared_at = timezone.now()
            row.save(update_fields=("cleared_at",))
            append(action="practice.cleared", subject=row.case, actor=by, data={})
        cleared += 1
    return cleared


def _close(case: Case) -> None:
    """A file of the authority is withdrawn by nobody: it leaves the desk, and stays in its office."""
    if case.state in CLOSED:
        return
    try:
        with transaction.atomic():
            services.withdraw(case=case, by=case.applicant)
    except CaseError:
        Case.objects.filter(pk=case.pk).update(assignee=None)


def _offers(procedure: Procedure, office: Office, held: set[tuple[int, str]]) -> Iterator[Offer]:
    if procedure.contests or not procedure.open:
        return  # an appeal needs a decision first: decide a case, and it can be contested
    situation = situation_for(procedure, office, samples_that_pass(procedure)[0])
    if any(told.blocks for told in situation.explanations()):
        return  # nothing in the registers that it could be about
    for stage in procedure.route:
        try:
            there = office_of_stage(stage, procedure, situation)
        except (NoOffice, CaseError):
            continue
        if there == office and not isinstance(stage.at, Concerned) and (office.pk, role_for(stage, office)) in held:
            yield Offer(procedure, code_of(stage), kind_of(stage), office)


def _given(to: Any, offer: Offer, sample: Sample | None) -> Case:
    refused: Exception | None = None
    for _try in range(TRIES):
        try:
            with transaction.atomic():
                return _made(to, offer, sample)
        except (CaseError, NoOffice) as error:
            refused = error
    raise Refusal(_("No invented case could be made for this step: %(why)s") % {"why": refused}) from refused


def _made(to: Any, offer: Offer, sample: Sample | None) -> Case:
    situation = situation_for(offer.procedure, offer.office, sample, named=True)
    case = _opened(offer, situation, to) if offer.procedure.is_opened_by_authority else _filed(offer, situation)
    Walk(case, to).to(offer.stage)
    services.assign(case=case, by=to, to=to)
    GivenCase.objects.create(case=case, given_to=to, given_at=timezone.now())
    append(action="practice.given", subject=case, actor=to, data={"stage": offer.stage})
    case.refresh_from_db()
    return case


def _filed(offer: Offer, situation: Situation) -> Case:
    """Filed by the applicant of the practice space, with a scan for each paper."""
    files, who = papers_for(situation), applicant()
    case = services.file_case(
        draft_id=uuid4(),
        procedure=offer.procedure,
        answers=situation.kept_answers(),
        situation=situation,
        applicant=who,
        language=get_language() or "ar",
        on=timezone.now(),
    )
    for (paper, row), file in files.items():
        receive_paper(case=case, paper=paper, row=row, file=file, by=who)
    return case


def _opened(offer: Offer, situation: Situation, to: Any) -> Case:
    """Opened by a colleague who may, in this office: whoever decides it later did not open it."""
    role = next(role for each in offer.procedure.applicants for role in each.roles)
    return services.open_file(
        draft_id=uuid4(),
        procedure=offer.procedure,
        answers=situation.kept_answers(),
        situation=situation,
        by=colleague(offer.office, role, besides={to.pk}),
        language=get_language() or "ar",
        on=timezone.now(),
        papers={paper: [file] for (paper, _row), file in papers_for(situation).items()},
    )
