"""Triggers that refuse to change or remove a certificate; its person and its document alone may still be written.

On PostgreSQL the portal's role owns no table, so it can neither drop nor disable them. A later migration that alters
the table must install them again: SQLite remakes a table without triggers.
"""

from typing import Any

TABLE = "certificates_certificate"
REFUSAL = "a certificate is never changed"
OPEN = ("person_id", "document_id")  # two entries turn out to be one person; the sealed paper follows the certificate


def install(schema_editor: Any, columns: list[str]) -> None:
    """`columns`: all of the table's."""
    kept = [column for column in columns if column not in OPEN]
    for statement in _statements(schema_editor.connection.vendor, kept):
        schema_editor.execute(statement, params=None)


def remove(schema_editor: Any) -> None:
    on = f" ON {TABLE}" if schema_editor.connection.vendor == "postgresql" else ""
    for event in ("update", "delete"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_no_{event}{on}")


def _statements(vendor: str, kept: list[str]) -> list[str]:
    if vendor == "sqlite":
        changed = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in kept)
        refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        return [
            f"CREATE TRIGGER {TABLE}_no_update BEFORE UPDATE ON {TABLE} WHEN {changed} {refuse}",
            f"CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE} {refuse}",
        ]
    changed = " OR ".join(f'OLD."{column}" IS DISTINCT FROM NEW."{column}"' for column in kept)
    function = (
        "CREATE OR REPLACE FUNCTION certificate_is_never_changed() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    run = "EXECUTE FUNCTION certificate_is_never_changed()"
    return [
        function,
        f"CREATE TRIGGER {TABLE}_no_update BEFORE UPDATE ON {TABLE} FOR EACH ROW WHEN ({changed}) {run}",
        f"CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE} FOR EACH ROW {run}",
    ]
