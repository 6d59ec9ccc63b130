"""Read the inbox: a page of it, how many there are, the counters, and what the person follows or has not read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case as Choice
from django.db.models import Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils import timezone

from procedures.cases.models import Case, StageRecord
from procedures.cases.selectors import visible_to
from procedures.cases.states import OPEN
from procedures.inboxes.asked import FEW, LATE, NEAR, Asked, lines_by_circle, lines_for, waits_for, without_barred
from procedures.inboxes.circles import Seats
from procedures.inboxes.models import Following, Line, Opened, SavedFilter
from procedures.offices.models import Office, Role

MOST_COUNTED, MOST_FOUND = 1000, 50  # of a filter, of words: nobody reads on, they add a word
UNREAD_BY_LIST = ("answers", "explanations", "parameters", "flags", "search")
KEYS = ("urgent_on", "filed_at", "case_id")
TERMS = (LATE, NEAR)
OF_TERM = len(TERMS) + 1


@dataclass(frozen=True)
class Page:
    """Cases in the order of the list; each knows whether it `is_followed`, and the version of it that was `seen`.

    `number` is what `count` would answer, where the lines of the page tell it by the way.
    """

    cases: tuple[Case, ...]
    after: UUID | None  # the case after which the next page begins
    before: UUID | None
    number: int | None = None


def page(seats: Seats, asked: Asked, *, size: int, after: UUID | None = None, before: UUID | None = None) -> Page:
    """`size` cases after or before another one, in the order of the list; no page costs more than the first."""
    border, backward = before or after, before is not None
    there = lines_for(seats, asked).filter(case__public_id=border).values(*KEYS).first() if border else None
    if border and there is None:  # it left the list meanwhile: its place is still known
        there = Line.objects.filter(case__public_id=border, circle__in=seats.circles).values(*KEYS).first()
    counting = bool(asked.q) and border is None  # the words of a million cases are read once, not again to count
    keys = _keys(seats, asked, max(size, MOST_FOUND if counting else 0) + 1, there, backward)
    more, number = len(keys) > size, len(keys) if counting else None
    keys = keys[:size][::-1] if backward else keys[:size]
    cases = cases_in(seats, [key["case_id"] for key in keys], stands=True)
    if not cases:
        return Page((), None, None, number)
    has_next = there is not None if backward else more
    has_before = more if backward else there is not None
    return Page(cases, cases[-1].public_id if has_next else None, cases[0].public_id if has_before else None, number)


def most_counted(asked: Asked) -> int:
    """Up to where cases are counted: a person reads "more than 1000" as well as a million."""
    return MOST_FOUND if asked.q else MOST_COUNTED


def count(seats: Seats, asked: Asked) -> int:
    """How many answer, up to one more than `most_counted`."""
    most, order = most_counted(asked) + 1, ("-case_id",) if asked.q else ()  # words are read in the order of cases
    if len(seats.circles) <= 1:
        return lines_for(seats, asked).order_by(*order).values("case")[:most].count()
    if not connection.features.supports_slicing_ordering_in_compound:
        return lines_for(seats, asked).order_by().values("case").distinct()[:most].count()
    parts = [lines.order_by(*order).values("case")[:most] for lines in lines_by_circle(seats, asked)]
    return min(most, parts[0].union(*parts[1:]).count())


def whole_count(seats: Seats, asked: Asked) -> int:
    """How many answer, to the last one: for what is put on record."""
    found = lines_for(seats, asked).order_by()
    return found.values("case").distinct().count() if len(seats.circles) > 1 else found.count()


def walk(seats: Seats, asked: Asked, *, most: int | None = None, at_once: int = 500) -> Iterator[Case]:
    """Every case that answers, in the order of the list, read by and by; each page of them passes `visible_to`."""
    there: dict[str, Any] | None = None
    given = 0
    while most is None or given < most:
        wanted = at_once if most is None else min(at_once, most - given)
        keys = _keys(seats, asked, wanted, there, backward=False)
        if not keys:
            return
        there, given = keys[-1], given + len(keys)
        yield from cases_in(seats, [key["case_id"] for key in keys])


def cases_in(seats: Seats, ids: list[int], *, stands: bool = False) -> tuple[Case, ...]:
    """These cases in this order, as far as the person may open them; with how they stand to each where asked."""
    found = visible_to(seats.person, held=seats.held).filter(pk__in=ids)
    found = found.select_related("office", "assignee").defer(*UNREAD_BY_LIST)
    if stands:
        mine = {"person": seats.person, "case": OuterRef("pk")}
        seen = Opened.objects.filter(**mine).values("version")[:1]
        found = found.annotate(is_followed=Exists(Following.objects.filter(**mine)), seen=Subquery(seen))
    known = {case.pk: case for case in found}
    return tuple(known[pk] for pk in ids if pk in known)


def counters(seats: Seats) -> dict[str, int]:
    """Of open cases that the person may open: by state; and of what waits for them `waiting`, `late`, `near`.

    One pass over the open lines; a case that stands in several circles of the person counts once.
    """
    told = dict.fromkeys((*(state.value for state in OPEN), "waiting", "late", "near", "mine"), 0)
    for key, there, waiting in _tally(seats):
        at, rest = divmod(key, 2 * OF_TERM)
        term, is_own = divmod(rest, 2)
        told[OPEN[at]] += there
        told["waiting"] += waiting
        told["mine"] += there if is_own else 0
        if term < len(TERMS):
            told[TERMS[term]] += waiting
    return told


def _tally(seats: Seats) -> list[tuple[int, int, int]]:
    """Open cases by state, term and whether they are assigned to the person: how many, and how many wait for them.

    The three are one number. A case of several circles is put together first, by its id: Django has no words for what
    counts the groups of groups, and counting each case once instead sorts all of them.
    """
    lines = without_barred(seats, Line.objects.filter(circle__in=seats.circles, is_open=True)).order_by()
    late, near = Q(urgent_on__lt=timezone.localdate()), Q(urgent_on__lte=seats.near_until)
    at, term = _place_among([Q(state=state) for state in OPEN]), _place_among([late, near])
    own = Choice(When(assignee=seats.person, then=Value(1)), default=Value(0))
    waits = Choice(When(waits_for(seats), then=Value(1)), default=Value(0)) if seats.has_desk else Value(1)
    each: QuerySet[Line, Any] = lines.annotate(
        each_key=at * Value(2 * OF_TERM) + term * Value(2) + own, each_waits=waits
    )
    if len(seats.circles) > 1:
        each = each.values("case_id").annotate(key=Min("each_key"), waits=Max("each_waits")).values("key", "waits")
    else:
        each = each.values(key=F("each_key"), waits=F("each_waits"))
    return _grouped(each)


def _grouped(each: QuerySet[Line, Any]) -> list[tuple[int, int, int]]:
    """By `key`: how many there are, and the sum of `waits`."""
    try:
        inner, told = each.query.sql_with_params()
    except EmptyResultSet:  # nobody's list
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT key, COUNT(*), SUM(waits) FROM ({inner}) AS case_once GROUP BY key", told)  # noqa: S608 - compiled by Django
        return [(int(key), int(there), int(waiting)) for key, there, waiting in cursor.fetchall()]


def _place_among(conditions: list[Q]) -> Choice:
    """Which of the conditions holds first; their number where none does."""
    whens = [When(condition, then=Value(place)) for place, condition in enumerate(conditions)]
    return Choice(*whens, default=Value(len(conditions)))


def in_name_of(seats: Seats, cases: tuple[Case, ...]) -> dict[int, Any]:
    """By case, whose work it is that this person would do, in one query or none.

    Assigned to whoever gave the delegation, or handled in a role that is held only by it.
    """
    if not seats.delegated:
        return {}
    found = {}
    assigned = {case.pk: case.assignee_id for case in cases}
    records = StageRecord.objects.filter(case__in=assigned, closed_at=None)
    for record in records.values("case", "role", "office", "office__kind"):
        ways = [who for office, role, who in seats.delegated if _counts(record, office, role)]
        theirs = next((who for who in ways if who.pk == assigned[record["case"]]), None)
        if theirs or not any(_counts(record, office, role) for office, role in seats.own):
            found[record["case"]] = theirs or next(iter(ways), None)
    return {pk: who for pk, who in found.items() if who is not None}


def _counts(record: Mapping[str, Any], office: int, role: str) -> bool:
    """Whether a seat handles a passage: who signs for the minister, in every central service."""
    everywhere = role == Role.MINISTER_DELEGATE and record["office__kind"] == Office.Kind.CENTRAL
    return bool(role == record["role"] and (office == record["office"] or everywhere))


def is_followed(*, case: Case, by: Any) -> bool:
    return Following.objects.filter(person=by, case=case).exists()


def filters_of(seats: Seats) -> QuerySet[SavedFilter]:
    """The person's own, and those that a colleague of an office of theirs shares."""
    offices = {office for office, _role in seats.held}
    return SavedFilter.objects.filter(Q(owner=seats.person) | Q(office__in=offices)).select_related("owner")


def _keys(seats: Seats, asked: Asked, size: int, there: dict[str, Any] | None, backward: bool) -> list[dict[str, Any]]:
    """The keys of the next lines. Among the latest cases with all the words, where these alone fill the page."""
    order = [_turned(name) for name in asked.order] if backward else list(asked.order)
    if asked.latest and not there and not asked.is_by_urgency:
        found = _read(seats, asked, size, order, Q(), held=Q(case__any_of=asked.latest))
        if len(found) == size or len(asked.latest) < FEW:
            return found
    return _read(seats, asked, size, order, _beyond(order, there) if there else Q())


def _read(
    seats: Seats, asked: Asked, size: int, order: list[str], beyond: Q, *, held: Q | None = None
) -> list[dict[str, Any]]:
    """Each circle is read by its own index; a case of several circles comes once."""
    if not seats.circles:
        return []
    each = lines_by_circle(seats, asked, held=held)
    parts = [lines.filter(beyond).order_by(*order)[:size] for lines in each]
    lines = parts[0] if len(parts) == 1 else _joined(parts).order_by(*order)[: size * len(parts)]
    rows = lines.values(*(name.lstrip("-") for name in order))  # words alone: what an index holds, no row is opened
    once = {row["case_id"]: row for row in rows}
    return list(once.values())[:size]


def _joined(parts: list[QuerySet[Line]]) -> QuerySet[Line]:
    """The lines of several circles, each read by its own index; SQLite bounds no part of a union, but reads it so."""
    if connection.features.supports_slicing_ordering_in_compound:
        return parts[0].union(*parts[1:], all=True)
    several = Q(pk__in=())
    for part in parts:
        several |= Q(pk__in=part.values("pk"))
    return Line.objects.filter(several)


def _beyond(order: list[str], there: dict[str, Any]) -> Q:
    """Rows behind a place in an order, as a comparison that an index can begin with."""
    beyond, before = Q(), Q()
    for name in order:
        bare = name.lstrip("-")
        beyond |= before & Q(**{f"{bare}__{'lt' if name.startswith('-') else 'gt'}": there[bare]})
        before &= Q(**{bare: there[bare]})
    first = order[0].lstrip("-")
    return Q(**{f"{first}__{'lte' if order[0].startswith('-') else 'gte'}": there[first]}) & beyond


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"
