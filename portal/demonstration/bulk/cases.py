"""Cases of five years with their passages through the stages of the route: most are closed, the latest are open.

What a case says is what a real filing says. The explanations of the rules, which make the longest column, stand in
open cases only: nothing reads them in the others when lists are measured.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal.demonstration.bulk.accounts import Officers
from portal.demonstration.bulk.guarding import DOMAIN
from portal.demonstration.bulk.rows import go_on_after, moment, next_id, random_id, text_of, write
from portal.demonstration.cases import CODE
from portal.demonstration.country.chance import chance_of
from portal.demonstration.country.names import person_names
from procedures.cases import routing
from procedures.cases.folding import fold
from procedures.cases.models import Case, Counter, Snapshot, StageRecord
from procedures.cases.numbers import with_check_digits
from procedures.cases.states import State
from procedures.cases.tracking import LENGTH, SIGNS
from procedures.definition import Procedure
from procedures.offices.models import Office
from procedures.offices.selectors import central_service
from procedures.outline import outline_of
from procedures.resolving import resolve
from procedures.rules import Situation
from procedures.snapshot import digest, take_snapshot
from procedures.testing import sample_answers

AT_ONCE = 10_000
YEARS = 5
OPEN_DAYS = 90  # cases filed since then may be open
Telling = Callable[[int], None]
CASE = (
    "id", "public_id", "number", "tracking_code", "draft_id", "procedure", "procedure_version", "snapshot_id",
    "applicant_id", "applicant_name", "search", "language", "state", "stage", "office_id", "assignee_id", "answers",
    "parameters", "explanations", "flags", "outline", "version", "filed_at", "complete_at", "due_on", "paused_at",
    "paused_days", "closed_at", "outcome",
)  # fmt: skip
PASSAGE = (
    "case_id", "position", "kind", "code", "office_id", "role", "opened_at", "closed_at", "closed_by_id", "answers",
    "note", "silence", "ending",
)  # fmt: skip
CLOSED = ((State.ISSUED, 80), (State.REFUSED, 9), (State.SHELVED, 7), (State.WITHDRAWN, 4))
OUTCOMES = {State.ISSUED: "grant", State.REFUSED: "refuse"}
FIRST = "TN-11"  # the governorate that the sample names until another is put in its place


@dataclass(frozen=True)
class Stage:
    """A stage of the route; `office` None: the regional directorate of the applicant."""

    kind: str
    code: str
    office: Office | None
    role: str


@dataclass
class Desk:
    """What every case is made of."""

    procedure: Procedure
    snapshot: str
    route: Sequence[Stage]
    regional: Sequence[Office]
    applicants: Sequence[int]
    officers: Officers
    answers: str
    parameters: str
    explanations: str
    outline: str
    began: datetime
    total: int
    last: dict[int, int] = field(default_factory=dict)  # number given in a year

    def filed_at(self, position: int) -> datetime:
        """Cases are filed one after the other, evenly over the years until yesterday."""
        return self.began + timedelta(days=(YEARS * 365 - 1) * position / self.total)


@dataclass(frozen=True)
class Course:
    """How far a case came: its state, the last stage it reached, and when what happened."""

    state: State
    reached: int
    moments: Sequence[datetime]  # when each stage was opened, and when the last was closed
    is_open: bool


def fill_cases(wanted: int, *, applicants: Sequence[int], officers: Officers, told: Telling) -> None:
    """Cases up to `wanted`; those that are there stay. `told` hears how many there are."""
    desk = _desk(wanted, applicants, officers)
    there = Case.objects.filter(applicant__email__endswith=f"@{DOMAIN}").count()
    told(min(there, wanted))
    for first in range(there, wanted, AT_ONCE):
        with transaction.atomic():
            _fill_slice(desk, range(first, min(wanted, first + AT_ONCE)))
        told(min(wanted, first + AT_ONCE))


def _desk(wanted: int, applicants: Sequence[int], officers: Officers) -> Desk:
    procedure, today = resolve(CODE), timezone.localdate()
    sample = sample_answers(
        procedure,
        identity={"first_name_ar": "@FA@", "last_name_ar": "@LA@", "first_name_lat": "@FL@", "last_name_lat": "@LL@"},
        contact={"governorate": FIRST},
    )
    content = take_snapshot(procedure, on=today)
    name = digest(content)
    snapshot = Snapshot(digest=name, procedure=procedure.code, version=procedure.version, content=content)
    Snapshot.objects.bulk_create([snapshot], ignore_conflicts=True)
    situation = Situation(procedure, sample, on=today)
    return Desk(
        procedure=procedure,
        snapshot=name,
        route=[_stage(procedure, position) for position in range(len(procedure.route))],
        regional=list(Office.objects.filter(kind=Office.Kind.REGIONAL, is_open=True).order_by("code")),
        applicants=applicants,
        officers=officers,
        answers=text_of(sample),
        parameters=text_of({code: said["value"] for code, said in content["parameters"].items()}),
        explanations=text_of([each.as_json() for each in situation.explanations()]),
        outline=text_of(outline_of(situation)),
        began=timezone.now() - timedelta(days=YEARS * 365),
        total=wanted,
    )


def _stage(procedure: Procedure, position: int) -> Stage:
    """The first stage stands in the regions, the others in the central service that answers for the procedure."""
    stage = procedure.route[position]
    kind, central = routing.kind_of(stage), central_service("equivalence")
    some = Office(kind=Office.Kind.REGIONAL) if position == 0 else central
    return Stage(kind, routing.code_of(stage), None if position == 0 else central, routing.role_for(stage, some))


def _fill_slice(desk: Desk, positions: range) -> None:
    desk.last = dict(Counter.objects.filter(series=desk.procedure.code).values_list("year", "last"))
    first = next_id(Case)
    cases: list[tuple[Any, ...]] = []
    passages: list[tuple[Any, ...]] = []
    for pk, position in enumerate(positions, first):
        chance = chance_of("bulk-case", position)
        office = chance.choice(desk.regional)
        course = _course(desk, position, chance)
        cases.append(_case(desk, pk, position, office, course, chance))
        passages += _passages(desk, pk, office, course)
    write(Case, CASE, cases)
    write(StageRecord, PASSAGE, passages)
    go_on_after(Case)
    counters = [Counter(series=desk.procedure.code, year=year, last=last) for year, last in desk.last.items()]
    Counter.objects.bulk_create(
        counters, update_conflicts=True, unique_fields=["series", "year"], update_fields=["last"]
    )


def _course(desk: Desk, position: int, chance: Random) -> Course:
    filed, now = desk.filed_at(position), timezone.now()
    steps = [chance.randint(1, 20) for _stage in desk.route]
    moments = [filed, *(filed + timedelta(days=days) for days in itertools.accumulate(steps))]
    if filed < now - timedelta(days=OPEN_DAYS) or moments[-1] < now:
        state = chance.choices([each for each, _weight in CLOSED], [weight for _each, weight in CLOSED])[0]
        reached = len(desk.route) - 1 if state in OUTCOMES else 0
        ends = moments[: reached + 2]
        return Course(state, reached, [min(each, now) for each in ends], is_open=False)
    reached = sum(each <= now for each in moments[1:])
    state = State(desk.route[reached].kind)
    if reached < 2 and chance.random() < 0.15:
        state = State.CORRECTION
    return Course(state, reached, moments[: reached + 1], is_open=True)


def _case(desk: Desk, pk: int, position: int, office: Office, course: Course, chance: Random) -> tuple[Any, ...]:
    filed, year = course.moments[0], timezone.localtime(course.moments[0]).year
    desk.last[year] = desk.last.get(year, 0) + 1
    number = with_check_digits(desk.procedure.prefix, year, desk.last[year])
    called = person_names(chance)
    name = f"{called.first.arabic} {called.last.arabic}"
    answers = desk.answers.replace("@FA@", called.first.arabic).replace("@LA@", called.last.arabic)
    answers = answers.replace("@FL@", called.first.latin).replace("@LL@", called.last.latin)
    code = "".join(chance.choices(SIGNS, k=LENGTH))
    stage = desk.route[course.reached]
    stands = stage.office or office
    accepted = course.moments[1] if len(course.moments) > 1 else None
    assigned = course.is_open and chance.random() < 0.6
    return (
        pk, random_id(chance), number, code, random_id(chance), desk.procedure.code, desk.procedure.version,
        desk.snapshot, chance.choice(desk.applicants), name,
        fold(f"{name} {called.first.latin} {called.last.latin} {number}"),
        chance.choice(("ar", "ar", "fr")), str(course.state), course.reached, stands.pk,
        desk.officers.get((stands.pk, stage.role)) if assigned else None,
        answers.replace(FIRST, office.place), desk.parameters, desk.explanations if course.is_open else "[]", "[]",
        desk.outline,
        2 * course.reached + 1, moment(filed), moment(accepted) if accepted else None,
        (accepted + timedelta(days=63)).date().isoformat() if accepted else None,
        moment(course.moments[-1]) if course.state == State.CORRECTION else None, 0,
        None if course.is_open else moment(course.moments[-1]), OUTCOMES.get(course.state, ""),
    )  # fmt: skip


def _passages(desk: Desk, pk: int, office: Office, course: Course) -> Iterator[tuple[Any, ...]]:
    """One row a stage that was reached; the last is open where the case is."""
    for position, stage in enumerate(desk.route[: course.reached + 1]):
        ended = position < course.reached or not course.is_open
        there = (stage.office or office).pk
        yield (
            pk, position, stage.kind, stage.code, there, stage.role, moment(course.moments[position]),
            moment(course.moments[position + 1]) if ended else None,
            desk.officers.get((there, stage.role)) if ended else None, "{}", "", "", "",
        )  # fmt: skip
