"""A practice space with the people of the demonstration, and a genuine portal beside."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from portal.accounts.models import User
from portal.demonstration.accounts import PEOPLE
from portal.management.commands import load_demonstration
from procedures.documents.key_making import make_keys
from tests.procedures.practice.kinds import in_practice, keys_by_kind

__all__ = ["in_practice", "keys_by_kind"]


@pytest.fixture
def people(in_practice: Any, db: None, monkeypatch: pytest.MonkeyPatch) -> dict[str, User]:
    """The accounts of a practice space; its cases are those that the tests ask for."""
    monkeypatch.setattr(load_demonstration, "file_all", lambda: 0)
    make_keys(Path(in_practice.TAKWIN_KEYS))
    for command in ("load_offices", "load_specialities", "load_demonstration"):
        call_command(command, stdout=StringIO())
    return {person.code: User.objects.get(email=person.email) for person in PEOPLE}
