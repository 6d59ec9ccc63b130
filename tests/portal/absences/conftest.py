"""Seal keys, made once for these tests."""

from pathlib import Path
from typing import Any

import pytest

from tests.procedures.documents.factories import keys_in


@pytest.fixture(scope="session")
def key_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("keys")


@pytest.fixture(autouse=True)
def _keys(key_folder: Path, settings: Any, db: None) -> None:
    settings.TAKWIN_KEYS = key_folder
    keys_in(key_folder)
