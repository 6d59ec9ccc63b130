"""Random sequences of acts: no two believed periods share a day, and nothing that was once believed is lost."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registers.history import services as history
from registers.history.causes import Cause
from registers.history.errors import Refusal
from registers.history.models import Period
from registers.history.selectors import in_force
from registers.programmes import services as programmes
from registers.programmes.models import Homologation
from registers.structures import services
from registers.structures.models import (
    Authorisation,
    Direction,
    Structure,
    StructureDetails,
    StructureStatus,
    Teaching,
)
from tests.registers.factories import a_programme, a_speciality, a_structure, by_hand

pytestmark = pytest.mark.django_db
FULL = os.environ.get("TAKWIN_FULL") == "1"
ON_POSTGRESQL = os.environ.get("TAKWIN_TEST_DATABASE") == "postgresql"  # says the same, four times slower
MANY = settings(
    max_examples=1000 if FULL else 30 if ON_POSTGRESQL else 100,
    deadline=None,
    derandomize=not FULL,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
FIRST, DAYS = date(2025, 1, 1), 12
days = st.integers(0, DAYS - 1).map(lambda number: FIRST + timedelta(number))
ends = st.one_of(st.none(), days)
names = st.sampled_from("ABC")
WINDOW = [FIRST + timedelta(number) for number in range(DAYS + 1)]  # the last one stands for ever after
Key = tuple[str, int]  # table and row
PERIODS = (StructureStatus, StructureDetails, Authorisation, Direction, Teaching)


def rows(*structures: Structure) -> list[Period]:
    found: list[Period] = [row for model in PERIODS for row in model.objects.filter(subject__in=structures)]
    return found + list(Homologation.objects.filter(subject__structure__in=structures))


def holds(row: Any, on: date) -> bool:
    return row.since <= on and (row.until is None or row.until > on)


def believed_then(row: Any, at: datetime) -> bool:
    return row.recorded_at <= at and (row.superseded_at is None or row.superseded_at > at)


def overlaps(written: list[Period]) -> list[tuple[Period, Period]]:
    believed = [row for row in written if row.superseded_at is None]
    return [
        (one, other)
        for place, one in enumerate(believed)
        for other in believed[place + 1 :]
        if type(one) is type(other)
        and all(getattr(one, key) == getattr(other, key) for key in one.exclusive)
        and (other.until is None or one.since < other.until)
        and (one.until is None or other.since < one.until)
    ]


class Memory:
    """What was written and believed after each act; `nothing_lost` holds it against what the register says now.

    Read in SQL of its own, as somebody would who does not trust the register.
    """

    def __init__(self, *structures: Structure) -> None:
        self.structures = structures
        self.moments: list[tuple[datetime, set[Key]]] = []
        self.written: dict[Key, tuple[Any, ...]] = {}

    def keep(self) -> None:
        now, found = timezone.now(), self._found()
        self.written |= {key: said for key, (_superseded, *said) in found.items()}
        self.moments.append((now, {key for key, (superseded, *_said) in found.items() if superseded is None}))

    def nothing_lost(self) -> None:
        now = {key: said for key, (_superseded, *said) in self._found().items()}
        assert {key: now.get(key) for key in self.written} == self.written
        found = rows(*self.structures)
        assert overlaps(found) == []
        for moment, believed in self.moments:
            assert {(row._meta.db_table, row.pk) for row in found if believed_then(row, moment)} == believed
        assert all(row.until is None or row.until > row.since for row in found)

    def _found(self) -> dict[Key, tuple[Any, ...]]:
        found: dict[Key, tuple[Any, ...]] = {}
        ids = [one.pk for one in self.structures]
        with connection.cursor() as cursor:
            for table, statement in STATEMENTS.items():
                cursor.execute(statement.format(", ".join(["%s"] * len(ids))), ids)
                found |= {(table, row[0]): row[1:] for row in cursor.fetchall()}
        return found


def _statement(model: type[Period]) -> str:
    columns = [field.column for field in model._meta.concrete_fields if field.column not in ("id", "superseded_at")]
    table = model._meta.db_table
    whose = (
        "t.subject_id IN ({})"
        if model is not Homologation
        else "t.subject_id IN (SELECT id FROM programmes_offer WHERE structure_id IN ({}))"
    )
    return f"SELECT t.id, t.superseded_at, {', '.join(f't.{name}' for name in columns)} FROM {table} t WHERE {whose}"


STATEMENTS = {model._meta.db_table: _statement(model) for model in (*PERIODS, Homologation)}


def tried(doing: Callable[..., Any], *given_: Any, **said: Any) -> Any:
    """One act in a transaction of its own; what is refused changes nothing."""
    with suppress(Refusal), transaction.atomic():
        return doing(*given_, **said)
    return None


@contextmanager
def taken_back() -> Iterator[None]:
    """Each example begins where the test stands."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


# ---- periods alone, held against an oracle that keeps one letter a day


Oracle = dict[date, str]
acts = st.lists(
    st.one_of(
        st.tuples(st.just("begin"), days, ends, names),
        st.tuples(st.just("end"), st.integers(0, 5), days),
        st.tuples(st.just("correct"), st.integers(0, 5), days, ends, names),
        st.tuples(st.just("withdraw"), st.integers(0, 5)),
        st.tuples(st.just("change"), days, names),
        st.tuples(st.just("cut"), st.integers(0, 5), days),
    ),
    min_size=2,
    max_size=9,
)


def spread(since: date, until: date | None) -> set[date]:
    return {on for on in WINDOW if since <= on and (until is None or on < until)}


def expected(oracle: Oracle, act: tuple[Any, ...], row: Any) -> Oracle | None:
    """What each day should say after an act; None where it must be refused."""
    kind, mine = act[0], spread(row.since, row.until) if row else set()
    others = {on: said for on, said in oracle.items() if on not in mine}
    match kind:
        case "begin" | "correct":
            since, until, name = act[-3:]
            taken = oracle if kind == "begin" else others
            new = spread(since, until)
            refused = (until is not None and until <= since) or bool(new & taken.keys())
            return None if refused else taken | dict.fromkeys(new, name)
        case "withdraw":
            return others
        case "end" | "cut":
            on = act[-1]
            if row.until is not None and row.until < on and on > row.since:
                return None
            if on <= row.since:
                return None if kind == "end" else others
            return others | {each: oracle[each] for each in mine if each < on}
        case _:
            since, name = act[1:]
            if since not in oracle:
                return None
            return oracle | {on: name for on in oracle if on >= since}


def carried_out(structure: Structure, act: tuple[Any, ...], row: Any, cause: Any) -> Any:
    kind = act[0]
    said = {"cause": cause}
    match kind:
        case "begin":
            _kind, since, until, name = act
            return tried(history.begin, Direction, subject=structure, since=since, until=until, name_ar=name, **said)
        case "correct":
            return tried(history.correct, row, since=act[2], until=act[3], name_ar=act[4], **said)
        case "withdraw":
            return tried(history.withdraw, row, **said)
        case "end" | "cut":
            return tried(getattr(history, kind), row, on=act[2], **said)
        case _:
            return tried(history.change, Direction, subject=structure, since=act[1], name_ar=act[2], **said)


def test_any_sequence_of_periods_says_of_each_day_what_it_should() -> None:
    cause = by_hand()
    structure = a_structure(cause=cause)

    @MANY
    @given(acts)
    def every(sequence: list[tuple[Any, ...]]) -> None:
        with taken_back():
            _periods_say_what_they_should(structure, cause, sequence)

    every()


def _periods_say_what_they_should(structure: Structure, cause: Cause, sequence: list[tuple[Any, ...]]) -> None:
    memory, oracle = Memory(structure), Oracle()
    snapshots: list[tuple[datetime, Oracle]] = []
    for act in sequence:
        believed = list(Direction.objects.filter(subject=structure, superseded_at=None))
        needs_row = act[0] not in ("begin", "change")
        if needs_row and not believed:
            continue
        row = believed[act[1] % len(believed)] if needs_row else None
        after = expected(oracle, act, row)
        done = carried_out(structure, act, row, cause)
        assert (done is None) == (after is None), (act, oracle)
        oracle = oracle if after is None else after
        memory.keep()
        snapshots.append((memory.moments[-1][0], oracle))
    memory.nothing_lost()
    written = list(Direction.objects.filter(subject=structure))
    for moment, then in snapshots:
        believed = [row for row in written if believed_then(row, moment)]
        assert {on: row.name_ar for on in WINDOW for row in believed if holds(row, on)} == then
    for on in WINDOW[:: DAYS // 3]:  # the selector says of a day what the rows say
        said = [row.name_ar for row in in_force(Direction, on).filter(subject=structure)]
        assert said == ([oracle[on]] if on in oracle else [])


# ---- the acts of the register, in any order

STRUCTURE_ACTS: dict[str, Callable[..., Any]] = {
    "activate": lambda cause, one, since, until, pick: services.activate(cause, structure=one, since=since),
    "suspend": lambda cause, one, since, until, pick: services.suspend(cause, structure=one, since=since, until=until),
    "resume": lambda cause, one, since, until, pick: services.resume(cause, structure=one, since=since),
    "close": lambda cause, one, since, until, pick: services.close(cause, structure=one, since=since),
    "direct": lambda cause, one, since, until, pick: services.change_director(
        cause, structure=one, name={"ar": "مدير", "lat": str(pick)}, since=since, until=until
    ),
    "teach": lambda cause, one, since, until, pick: services.allow_speciality(
        cause, structure=one, speciality=SPECIALITIES[pick % 2], since=since, until=until
    ),
    "stop": lambda cause, one, since, until, pick: services.withdraw_speciality(
        cause, structure=one, speciality=SPECIALITIES[pick % 2], on=since
    ),
    "extend": lambda cause, one, since, until, pick: services.change_authorisation(
        cause, structure=one, since=since, capacity=20 + pick
    ),
    "move": lambda cause, one, since, until, pick: services.move(
        cause, structure=one, place=("TN-11", "TN-61", "TN-82")[pick % 3], since=since
    ),
    "rename": lambda cause, one, since, until, pick: services.amend(
        cause, structure=one, since=since, name_fr=f"N{pick}"
    ),
    "grant": lambda cause, one, since, until, pick: programmes.grant_homologation(
        cause, offer=one.offers.get(), since=since, until=until
    ),
    "renew": lambda cause, one, since, until, pick: programmes.renew_homologation(
        cause, homologation=_some(one, pick), since=since, until=until
    ),
    "correct": lambda cause, one, since, until, pick: services.correct_period(
        cause, period=_status(one, pick), since=since, until=until
    ),
    "take back": lambda cause, one, since, until, pick: services.withdraw_period(cause, period=_status(one, pick)),
    "withdraw": lambda cause, one, since, until, pick: programmes.withdraw_homologation(
        cause, homologation=_some(one, pick), on=since
    ),
}
SPECIALITIES = ("BAT-01", "TOU-01")
structure_acts = st.lists(
    st.tuples(st.sampled_from(sorted(STRUCTURE_ACTS)), st.booleans(), days, ends, st.integers(0, 5)),
    min_size=3,
    max_size=9,
)


class _Nothing(Refusal):
    sentence = "no homologation yet"


def _some(structure: Structure, pick: int) -> Homologation:
    held = list(Homologation.objects.filter(subject__structure=structure, superseded_at=None))
    if not held:
        raise _Nothing
    return held[pick % len(held)]


def _status(structure: Structure, pick: int) -> StructureStatus:
    believed = list(StructureStatus.objects.filter(subject=structure, superseded_at=None))
    return believed[pick % len(believed)]


def test_any_sequence_of_acts_leaves_no_overlap_and_loses_nothing() -> None:
    cause, second = by_hand(), FIRST + timedelta(1)
    masonry, _hotel = (a_speciality(code) for code in SPECIALITIES)
    structure = a_structure(cause=cause, since=FIRST)
    names = {"ar": "فرع", "fr": "Annexe"}
    branch = services.open_branch(cause, parent=structure, names=names, place="TN-61", since=second)
    for one in (structure, branch):
        services.allow_speciality(cause, structure=one, speciality=masonry, since=second)
        programmes.open_offer(cause, structure=one, programme=a_programme(masonry), since=second)

    @MANY
    @given(structure_acts)
    def every(sequence: list[tuple[Any, ...]]) -> None:
        with taken_back():
            memory = Memory(structure, branch)
            for name, at_branch, since, until, pick in sequence:
                tried(STRUCTURE_ACTS[name], cause, branch if at_branch else structure, since, until, pick)
                memory.keep()
            memory.nothing_lost()
            for one in (structure, branch):
                _statuses_make_sense(one)
            _branch_is_never_more_at_work_than_its_parent(structure, branch)

    every()


def _statuses_make_sense(structure: Structure) -> None:
    """From its first day on a structure has one status every day, and what is closed is never at work again."""
    believed = list(StructureStatus.objects.filter(subject=structure, superseded_at=None).order_by("since"))
    assert believed[0].since == structure.opened_on
    assert [row.until for row in believed] == [row.since for row in believed[1:]] + [None]
    said = [row.status for row in believed]
    assert said == [status for status in said if status != "closed"] + [status for status in said if status == "closed"]
    if "closed" in said:
        closed = believed[said.index("closed")].since
        lasting = [row for row in rows(structure) if row.superseded_at is None]
        lasting = [row for row in lasting if not isinstance(row, StructureStatus | StructureDetails)]
        assert [row for row in lasting if row.until is None or row.until > closed] == []


def _branch_is_never_more_at_work_than_its_parent(parent: Structure, branch: Structure) -> None:
    """Both must be lifted: said of each day by the rows of each."""
    above, below = (StructureStatus.objects.filter(subject=one, superseded_at=None) for one in (parent, branch))
    for on in WINDOW:
        over = next(row.status for row in above if holds(row, on))
        row = next((row for row in below if holds(row, on)), None)
        if row is None:
            continue
        own = row.own or row.status
        expected_status = {"closed": "closed", "suspended": "suspended" if own == "active" else own}.get(over, own)
        assert row.status == expected_status, (on, over, own)
