"""What a case needs to run through: offices with people, and development keys for its documents."""

import pytest
from django.core.management import call_command

from tests.procedures.kernel.factories import House


@pytest.fixture
def house(db, tmp_path, settings) -> House:
    settings.TAKWIN_KEYS = tmp_path / "keys"
    call_command("make_keys", verbosity=0)
    return House()
