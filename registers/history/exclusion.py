"""The database's own refusal of overlapping periods, on PostgreSQL: SQLite's writers queue, and the service checks.

Ranges alone need no extension: a key is the range that holds its number only, a text's number is its hash.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import migrations
from django.db.models import CharField

from registers.history.models import Period

PREFIX = "no_overlap_"


def no_overlap(app: str, model: str, *keys: str) -> migrations.RunPython:
    """An operation: the believed periods of `app.model` with equal `keys` do not overlap."""

    def lay(apps: Any, editor: Any) -> None:
        if editor.connection.vendor == "postgresql":
            editor.execute(_statement(apps.get_model(app, model), keys), params=None)

    def lift(apps: Any, editor: Any) -> None:
        if editor.connection.vendor == "postgresql":
            table = apps.get_model(app, model)._meta.db_table
            editor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT IF EXISTS "{PREFIX}{table}"', params=None)

    return migrations.RunPython(lay, lift)


def unguarded(connection: Any) -> list[str]:
    """Tables of periods without the rule that should stand on them, or with another one. PostgreSQL only."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'x'"
        )
        laid = {table: rule.count("WITH &&") for table, rule in cursor.fetchall()}
    models = [model for model in apps.get_models() if issubclass(model, Period)]
    return sorted(
        model._meta.db_table for model in models if laid.get(model._meta.db_table) != len(model.exclusive) + 1
    )


def _statement(model: Any, keys: tuple[str, ...]) -> str:
    table = model._meta.db_table
    ranges = [_range(model._meta.get_field(key)) for key in keys]
    parts = ", ".join(f"{part} WITH &&" for part in ["daterange(since, until)", *ranges])
    rule = f'CONSTRAINT "{PREFIX}{table}" EXCLUDE USING gist ({parts}) WHERE (superseded_at IS NULL)'
    return f'ALTER TABLE "{table}" ADD {rule}'


def _range(field: Any) -> str:
    column = f'"{field.column}"'
    if isinstance(getattr(field, "target_field", field), CharField):
        column = f"hashtextextended(coalesce({column}, ''), 0)"
    elif field.null:
        column = f"coalesce({column}, 0)"
    return f"int8range({column}, {column}, '[]')"
