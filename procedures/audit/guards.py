"""Triggers that refuse to change or remove what was written, and the grants of the application's role.

They are never lifted, by tests neither: those get their database back as a copy. On PostgreSQL the portal connects as a
role that owns no table and holds INSERT and SELECT on the chain only, so it can neither drop nor disable a trigger.
On SQLite whoever can write the file can drop a trigger: there the chain is tamper-evident, not tamper-proof.
A later migration that alters one of these tables must install them again: SQLite remakes a table without triggers.
"""

from typing import Any

TABLES = ("audit_entry", "audit_head")
REFUSAL = "the audit chain is append-only"


def install(schema_editor: Any) -> None:
    for statement in _statements(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


def remove(schema_editor: Any) -> None:
    on = schema_editor.connection.vendor == "postgresql"
    for table in TABLES:
        for event in _events(schema_editor.connection.vendor):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{event}" + (f" ON {table}" if on else ""))


def missing_guards(connection: Any) -> list[str]:
    """Names of the triggers that should stand and do not, or stand disabled."""
    wanted = {f"{table}_no_{event}" for table in TABLES for event in _events(connection.vendor)}
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return sorted(wanted - {name for (name,) in cursor.fetchall()})


def grants(role: str, quote: Any) -> list[str]:
    """What the owner of the tables runs for the role that the portal connects as."""
    name = quote(role)
    return [
        f"GRANT USAGE ON SCHEMA public TO {name}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}",
        *(f"REVOKE ALL ON TABLE {table} FROM {name}" for table in TABLES),
        *(f"GRANT SELECT, INSERT ON TABLE {table} TO {name}" for table in TABLES),
    ]


def _events(vendor: str) -> tuple[str, ...]:
    return ("update", "delete", "truncate") if vendor == "postgresql" else ("update", "delete")


def _statements(vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{event} BEFORE {event.upper()} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            for table in TABLES
            for event in _events(vendor)
        ]
    function = (
        "CREATE OR REPLACE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
    )
    return [function] + [
        f"CREATE TRIGGER {table}_no_{event} BEFORE {event.upper()} ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()"
        for table in TABLES
        for event in _events(vendor)
    ]
