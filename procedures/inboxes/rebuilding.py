"""Write every line and word anew: after cases were written past the services, or a rule of reading changed."""

from collections.abc import Callable

from django.conf import settings
from django.db import connection, transaction

from procedures.cases.models import Case
from procedures.cases.states import NOT_SUBMITTED, OPEN, State
from procedures.inboxes.circles import DELEGATES, EVERYONE
from procedures.inboxes.keeping import NEVER
from procedures.inboxes.models import Line, Word
from procedures.inboxes.words import words_of

AT_ONCE = 20_000
Telling = Callable[[int], None]
COLUMNS = (
    "case_id, procedure, state, stage, role, office_id, assignee_id, theirs_until, offered_to_id, offered_role,"
    " version, filed_at, urgent_on, closed_on, is_open"
)
CIRCLES = (  # name of the circle, and the cases that stand in it
    ("'" + EVERYONE + "'", "SELECT id AS case_id, NULL AS reader FROM cases_case"),
    (
        "'office:' || o.reader",
        "SELECT case_id, reader FROM (SELECT id AS case_id, office_id AS reader FROM cases_case"
        " UNION SELECT case_id, office_id FROM cases_stagerecord"
        " UNION SELECT case_id, to_office_id FROM cases_officehandover WHERE answer = '') AS all_of",
    ),
    (
        "'signer:' || o.reader",
        "SELECT DISTINCT d.case_id, s.signed_by_id AS reader FROM cases_signatureact s"
        " JOIN cases_decision d ON d.id = s.decision_id",
    ),
    (
        "'" + DELEGATES + "'",
        "SELECT c.id AS case_id, NULL AS reader FROM cases_case c JOIN offices_office f ON f.id = c.office_id"
        " WHERE c.state = 'signature' AND f.kind = 'central'",
    ),
)


def rebuild(*, told: Telling = lambda _done: None) -> int:
    """Empty and fill the lists; returns how many cases there are. In one transaction: nobody sees half a list."""
    with transaction.atomic():
        Line.objects.all().delete()
        Word.objects.all().delete()
        for circle, cases in CIRCLES:
            _write(circle, cases, submitted=EVERYONE not in circle)
        done = _write_words(told)
        _pack()
    return done


def _write(circle: str, cases: str, *, submitted: bool) -> None:
    """Cases that were not submitted stand in the circle of everyone alone."""
    day, there, never = "CAST(c.closed_at AT TIME ZONE %s AS date)", settings.TIME_ZONE, NEVER.isoformat()
    if connection.vendor == "sqlite":
        day, there = "date(c.closed_at, %s)", "localtime"
    only = f"WHERE c.state NOT IN ({_listed(NOT_SUBMITTED)})" if submitted else ""
    due = "%s" if connection.vendor == "sqlite" else "CAST(%s AS date)"
    statement = f"""
        INSERT INTO inboxes_line (circle, {COLUMNS})
        SELECT {circle}, c.id, c.procedure, c.state, COALESCE(r.code, ''), COALESCE(r.role, ''), c.office_id,
            c.assignee_id,
            CASE WHEN r.person_id IS NOT NULL OR r.organisation IS NOT NULL THEN COALESCE(r.due_on, {due}) END,
            h.to_office_id, COALESCE(h.role, ''), c.version, c.filed_at, COALESCE(c.due_on, {due}), {day},
            c.state IN ({_listed(OPEN)})
        FROM ({cases}) AS o JOIN cases_case c ON c.id = o.case_id
        LEFT JOIN cases_stagerecord r ON r.case_id = c.id AND r.closed_at IS NULL
        LEFT JOIN cases_officehandover h ON h.case_id = c.id AND h.answer = '' {only}
        """  # noqa: S608 - names and words of our own
    with connection.cursor() as cursor:
        cursor.execute(statement, [never, never, there])


def _write_words(told: Telling) -> int:
    last, done = 0, 0
    while True:
        batch = list(Case.objects.filter(pk__gt=last).order_by("pk").values_list("pk", "search")[:AT_ONCE])
        if not batch:
            return done
        _write_rows([(pk, word) for pk, search in batch for word in words_of(search)])
        last, done = batch[-1][0], done + len(batch)
        told(done)


def _write_rows(rows: list[tuple[int, str]]) -> None:
    """COPY on PostgreSQL, which takes a third of the time."""
    if connection.vendor != "postgresql":
        Word.objects.bulk_create([Word(case_id=case, word=word) for case, word in rows], batch_size=10_000)
        return
    with connection.cursor() as cursor, cursor.copy("COPY inboxes_word (case_id, word) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _pack() -> None:
    """Pages of indexes that were filled out of order are half empty, and each of them is read from the disk."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model in (Line, Word):
                cursor.execute(f"REINDEX TABLE {model._meta.db_table}")


def _listed(words: tuple[State, ...]) -> str:
    return ", ".join(f"'{word.value}'" for word in words)
