"""The database's own refusal of overlapping periods, on PostgreSQL: SQLite's writers queue, and the service checks.

Ranges alone need no extension: a key is the range that holds its number only, a text's number is its hash.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.models import CharField

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
