"""Real keys of both kinds, made once for a run, and an installation turned from one kind into the other."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from procedures.documents.key_making import make_files

NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)


@pytest.fixture(scope="session")
def keys_by_kind(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Path]:
    """Folders of keys: of practice (True) and genuine in everything but who vouches for them (False)."""
    made = {}
    for practice in (True, False):
        made[practice] = tmp_path_factory.mktemp("practice" if practice else "genuine")
        made[practice].chmod(0o700)
        with override_settings(TAKWIN_PRACTICE=practice):
            make_files(made[practice], NOW)
    return made


@pytest.fixture
def in_practice(settings: Any, keys_by_kind: dict[bool, Path], tmp_path: Path) -> Iterator[Any]:
    """This process is a practice space, with the keys of one."""
    settings.TAKWIN_PRACTICE = settings.TAKWIN_DEMONSTRATION = True
    settings.TAKWIN_KEYS = keys_by_kind[True]
    settings.TAKWIN_PRIVATE_STORAGE = tmp_path / "private"
    return settings
