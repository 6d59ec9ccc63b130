"""A town whose procedures take every route."""

import pytest

from tests.workbench.routes import Town


@pytest.fixture
def town(db, tmp_path, settings) -> Town:
    from django.core.management import call_command

    settings.TAKWIN_KEYS = tmp_path / "keys"
    call_command("make_keys", verbosity=0)
    return Town()
