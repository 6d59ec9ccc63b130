"""A site that was brought up to date knows which versions came with it."""

from typing import Any

from django.db import connection

from procedures.audit.models import Entry
from procedures.versions.models import Version
from procedures.versions.services import note_versions


def note_after_migrating(sender: Any, **kwargs: Any) -> None:
    """Not where only a part of the tables stands, as when migrations are taken back."""
    if {model._meta.db_table for model in (Version, Entry)} <= set(connection.introspection.table_names()):
        note_versions()
