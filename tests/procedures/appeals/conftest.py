"""Seal keys, and a house with a service above it."""

from pathlib import Path
from typing import Any

import pytest

from tests.procedures.appeals.factories import Tribunal
from tests.procedures.documents.factories import keys_in


@pytest.fixture(scope="session")
def key_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("keys")


@pytest.fixture(autouse=True)
def _keys(key_folder: Path, tmp_path: Path, settings: Any, db: None) -> None:
    settings.TAKWIN_KEYS = key_folder
    settings.TAKWIN_PRIVATE_STORAGE = tmp_path / "private"
    keys_in(key_folder)


@pytest.fixture
def house(_keys: None) -> Tribunal:
    return Tribunal()
