"""Questions of lists for which Django has no words: thousands of ids (`case__any_of=Ids(...)`), words after another.

As a plain list ids are walked over each time that a filter is built, and PostgreSQL plans with each of them apart.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.db.models import Lookup

from procedures.inboxes.models import Line, Word


class Ids:
    """Ids of cases, the same for as long as they are asked about."""

    def __init__(self, ids: Iterable[int]) -> None:
        self.ids = tuple(ids)

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def array(self) -> str:
        """As PostgreSQL writes an array."""
        return f"{{{','.join(map(str, self.ids))}}}"


@Line._meta.get_field("case").register_lookup
class AnyOf(Lookup[Any]):
    """`IN`, of which PostgreSQL reads one array instead of thousands of values."""

    lookup_name = "any_of"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, told = compiler.compile(self.lhs)
        if connection.vendor == "postgresql":
            return f"{column} = ANY(%s::bigint[])", (*told, self.rhs.array)
        return f"{column} IN ({', '.join(['%s'] * len(self.rhs)) or 'NULL'})", (*told, *self.rhs.ids)


@Word._meta.get_field("word").register_lookup
class After(Lookup[Any]):
    """`>` in the order in which the index of words keeps them, sign by sign; SQLite has no other."""

    lookup_name = "after"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, told = self.process_lhs(compiler, connection)
        value, more = self.process_rhs(compiler, connection)
        return f"{column} {'~>~' if connection.vendor == 'postgresql' else '>'} {value}", (*told, *more)
