"""A commission of the equivalence service, with keys for what it seals."""

import pytest
from django.core.management import call_command

from tests.procedures.commissions.factories import Room


@pytest.fixture
def room(db, tmp_path, settings) -> Room:
    settings.TAKWIN_KEYS = tmp_path / "keys"
    call_command("make_keys", verbosity=0)
    return Room()
