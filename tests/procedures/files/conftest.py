"""Keys that seal, a private storage of this test, the places that structures lie in."""

from pathlib import Path
from typing import Any

import pytest

from tests.procedures.documents.factories import keys_in
from tests.procedures.files.factories import Directorate


@pytest.fixture(scope="session")
def key_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("keys")


@pytest.fixture
def place(key_folder: Path, tmp_path: Path, settings: Any, db: None) -> Directorate:
    settings.TAKWIN_KEYS = key_folder
    settings.TAKWIN_PRIVATE_STORAGE = tmp_path / "private"
    keys_in(key_folder)
    return Directorate()
