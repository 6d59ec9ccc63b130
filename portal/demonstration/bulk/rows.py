"""Write many rows at once: COPY on PostgreSQL, one prepared statement on SQLite.

Values are plain numbers, text and bytes in the form that both databases read: see the functions at the end.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from random import Random
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models
from django.db.models import Max

Row = Sequence[Any]


def hurry() -> None:
    """Let SQLite not wait for the disk: what a crash of the machine would lose is made again. Not in a transaction."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")
            cursor.execute("PRAGMA cache_size=-400000")


def write(model: type[models.Model], columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Insert rows whose values stand in the order of `columns`."""
    table = connection.ops.quote_name(model._meta.db_table)
    named = ", ".join(map(connection.ops.quote_name, columns))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({named}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(columns))
        cursor.executemany(f"INSERT INTO {table} ({named}) VALUES ({marks})", list(rows))  # noqa: S608 - own names


def next_id(model: type[models.Model]) -> int:
    """The id from which rows may be numbered by hand."""
    return (model._default_manager.aggregate(last=Max("pk"))["last"] or 0) + 1


def go_on_after(*written: type[models.Model]) -> None:
    """Let the database number its own rows after those numbered by hand."""
    statements = connection.ops.sequence_reset_sql(no_style(), list(written))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def text_of(value: Any) -> str:
    """JSON as both databases store it."""
    return json.dumps(value, ensure_ascii=False)


def moment(value: datetime) -> str:
    """A moment in UTC, which is the time zone of both connections."""
    return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")


def day(value: date) -> str:
    return value.isoformat()


def random_id(chance: Random) -> str:
    """A UUID of version 4 in the form in which SQLite keeps it, and PostgreSQL reads it."""
    digits = f"{chance.getrandbits(128):032x}"
    return f"{digits[:12]}4{digits[13:16]}{'89ab'[int(digits[16], 16) % 4]}{digits[17:]}"
