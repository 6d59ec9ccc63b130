"""Who has how much to do: open, late and near by office and by officer, and what they decided this month."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Count, Q
from django.utils import timezone

from procedures.calendar.services import add_working_days
from procedures.cases.models import Case, Decision
from procedures.cases.selectors import visible_to
from procedures.cases.states import State
from procedures.inboxes.circles import EVERYONE, SOON, of_office
from procedures.inboxes.models import Line
from procedures.offices.models import Absence, Membership, Office, Role
from procedures.offices.selectors import directing_role, in_force, people_in, seats

DIRECTORS = (Role.REGIONAL_DIRECTOR, Role.MINISTER_DELEGATE, Role.AUDITOR)


@dataclass(frozen=True)
class Load:
    """Of an office (`who` is None where nobody is assigned) or of one person in it."""

    who: Any
    open: int = 0
    late: int = 0
    near: int = 0
    decided: int = 0
    is_absent: bool = False


@dataclass(frozen=True)
class OfficeLoad:
    office: Office
    whole: Load
    people: tuple[Load, ...]


def offices_directed_by(person: Any) -> tuple[Office, ...]:
    """Those that a person directs, for themselves or by delegation; all for an auditor. They open every case there."""
    held = list(seats(person).select_related("office"))
    if any(each.role == Role.AUDITOR for each in held):
        return tuple(Office.objects.all())
    directed = {each.office_id for each in held if each.role == directing_role(each.office)}
    return tuple(Office.objects.filter(pk__in=directed))


def workload(offices: Iterable[Office]) -> tuple[OfficeLoad, ...]:
    """Six queries for any number of offices."""
    known = {office.pk: office for office in offices}
    standing, decided, closed = _standing(known), _decided(known), _closed(known)
    serving = _serving(known)
    people = get_user_model().objects.in_bulk({person for ids in serving.values() for person in ids})
    absent = absent_today(people)
    told = []
    for pk, office in known.items():
        ids = sorted(serving.get(pk, set()), key=lambda one: str(people[one]))
        each = tuple(
            replace(
                _load(people[one], standing.get((pk, one))), decided=decided.get((pk, one), 0), is_absent=one in absent
            )
            for one in ids
        )
        here = [numbers for (at, _one), numbers in standing.items() if at == pk]
        whole = Load(
            None,
            sum(one[0] for one in here),
            sum(one[1] for one in here),
            sum(one[2] for one in here),
            closed.get(pk, 0),
        )
        nobody = _load(None, standing.get((pk, None)))
        told.append(OfficeLoad(office, whole, (*each, nobody) if nobody.open else each))
    return tuple(told)


def _load(who: Any, numbers: tuple[int, int, int] | None) -> Load:
    told, late, near = numbers or (0, 0, 0)
    return Load(who, told, late, near)


def absent_today(people: Iterable[int]) -> frozenset[int]:
    today = timezone.localdate()
    found = Absence.objects.filter(person__in=list(people), since__lte=today, until__gte=today)
    return frozenset(found.values_list("person", flat=True))


def open_cases_of(person: Any, offices: Iterable[Office], *, reader: Any) -> tuple[Case, ...]:
    """What is assigned to somebody in these offices and waits for them, the most urgent first, as far
    as the reader may open it."""
    lines = Line.objects.filter(circle=EVERYONE, is_open=True, assignee=person, office__in=list(offices))
    ids = list(
        lines.exclude(state=State.ISSUING)
        .order_by("urgent_on", "filed_at", "case_id")
        .values_list("case_id", flat=True)
    )
    found = visible_to(reader).filter(pk__in=ids).select_related("office", "assignee").defer("answers", "explanations")
    known = {case.pk: case for case in found}
    return tuple(known[pk] for pk in ids if pk in known)


def spread(cases: Iterable[Case]) -> dict[int, int]:
    """To whom each case goes, by its id: of those who may handle it and are here, the one who has least to do."""
    chosen: dict[int, int] = {}
    candidates: dict[tuple[int, str], list[int]] = {}
    load: dict[int, int] = {}
    listed = list(cases)
    roles = dict(
        Line.objects.filter(circle=EVERYONE, case__in=[case.pk for case in listed]).values_list("case", "role")
    )
    for case in listed:
        place = (case.office_id, roles.get(case.pk, ""))
        if place not in candidates:
            ids = list(people_in(case.office, place[1]).values_list("pk", flat=True))
            here = [one for one in ids if one not in absent_today(ids)]
            candidates[place] = here
            load |= {one: held for one, held in _held_by(here).items() if one not in load}
        able = [one for one in candidates[place] if one != case.assignee_id and one != case.applicant_id]
        if able:
            to = min(able, key=lambda one: (load[one], one))
            load[to] += 1
            chosen[case.pk] = to
    return chosen


def _held_by(people: list[int]) -> dict[int, int]:
    lines = Line.objects.filter(circle=EVERYONE, is_open=True, assignee__in=people)
    held = {row["assignee"]: row["number"] for row in lines.values("assignee").annotate(number=Count("pk"))}
    return {one: held.get(one, 0) for one in people}


def _standing(offices: Iterable[int]) -> dict[tuple[int, int | None], tuple[int, int, int]]:
    today = timezone.localdate()
    near = Q(urgent_on__range=(today, add_working_days(today, SOON)))
    lines = Line.objects.filter(circle__in=[of_office(pk) for pk in offices], is_open=True)
    found = (
        lines.exclude(state__in=(State.CORRECTION, State.ISSUING))
        .values("circle", "office", "assignee")
        .annotate(number=Count("pk"), late=Count("pk", filter=Q(urgent_on__lt=today)), soon=Count("pk", filter=near))
    )
    return {
        (row["office"], row["assignee"]): (row["number"], row["late"], row["soon"])
        for row in found
        if row["circle"] == of_office(row["office"])
    }


def _decided(offices: Iterable[int]) -> dict[tuple[int, int], int]:
    """Decisions that somebody prepared this month and that were not sent back, by the office where they stood."""
    month = _month()
    found = Decision.objects.filter(prepared_at__date__gte=month, sent_back_at=None, case__office__in=list(offices))
    counted = found.values("case__office", "prepared_by").annotate(number=Count("pk"))
    return {(row["case__office"], row["prepared_by"]): row["number"] for row in counted}


def _closed(offices: Iterable[int]) -> dict[int, int]:
    states = (State.ISSUED, State.NOTIFIED, State.REFERRED, State.REFUSED, State.ISSUING)
    found = Line.objects.filter(circle=EVERYONE, office__in=list(offices), closed_on__gte=_month(), state__in=states)
    return {row["office"]: row["number"] for row in found.values("office").annotate(number=Count("pk"))}


def _serving(offices: Iterable[int]) -> dict[int, set[int]]:
    held: dict[int, set[int]] = {}
    for office, person in Membership.objects.filter(in_force(), office__in=list(offices)).values_list(
        "office", "person"
    ):
        held.setdefault(office, set()).add(person)
    return held


def _month() -> date:
    return timezone.localdate().replace(day=1)
