"""Triggers that refuse to change a note, an original seen, or what was said against either.

Rows can be removed only where a whole case is destroyed at the end of its time: no service of ours does it.
A later migration that alters one of these tables must install them again: SQLite remakes a table without triggers.
"""

from typing import Any

TABLES = ("dossiers_note", "dossiers_notestruck", "dossiers_original", "dossiers_originaltakenback")
REFUSAL = "what officers noted of a case is append-only"


def install(schema_editor: Any) -> None:
    for statement in _statements(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


def remove(schema_editor: Any) -> None:
    on = schema_editor.connection.vendor == "postgresql"
    for table in TABLES:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_update" + (f" ON {table}" if on else ""))


def _statements(vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            for table in TABLES
        ]
    function = (
        "CREATE OR REPLACE FUNCTION dossiers_are_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
    )
    return [function] + [
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION dossiers_are_append_only()"
        for table in TABLES
    ]
