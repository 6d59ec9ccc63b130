"""A genuine installation does not start on a practice database, nor a practice space on a genuine one."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection

from procedures.practice.models import PracticeMark


@checks.register(checks.Tags.database)
def database_is_of_this_kind(**kwargs: Any) -> Iterable[checks.CheckMessage]:
    """Asked before anything is migrated; a database that has no tables yet is of neither kind."""
    if kwargs.get("databases") and (sentence := fault_of_database(before_it_is_made=True)):
        return [checks.Error(sentence, id="takwin.E011")]
    return []


def refuse_another_kind() -> None:
    """For a server or a worker that starts. Raises ImproperlyConfigured with the sentence that says how to mend it."""
    if sentence := fault_of_database():
        raise ImproperlyConfigured(sentence)


def fault_of_database(*, before_it_is_made: bool = False) -> str:
    """Why this installation must not work on this database; empty where it may."""
    marked = is_marked()
    if marked and not settings.TAKWIN_PRACTICE:
        return (
            "This is the database of a practice space, and TAKWIN_PRACTICE is not set: invented cases would look "
            "genuine. Point TAKWIN_DATABASE_URL and TAKWIN_VAR at the genuine ones, or set TAKWIN_PRACTICE=1."
        )
    if marked or not settings.TAKWIN_PRACTICE or (before_it_is_made and not tables_of_the_database()):
        return ""
    return (
        "TAKWIN_PRACTICE is set, and this database has no mark of a practice space. Give the practice space a "
        "database of its own and run manage.py prepare_practice, or unset TAKWIN_PRACTICE."
    )


def is_marked() -> bool:
    """Whether this database is that of a practice space; one without tables is not."""
    return PracticeMark._meta.db_table in tables_of_the_database() and PracticeMark.objects.exists()


def tables_of_the_database() -> set[str]:
    try:
        with connection.cursor() as cursor:
            return set(connection.introspection.table_names(cursor))
    except DatabaseError:  # a server that is not there is told of by whoever needs it
        return set()
