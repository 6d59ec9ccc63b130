"""Keys and storage of one test; the end of the case itself is kernel's and told apart."""

from pathlib import Path
from typing import Any

import pytest

from tests.procedures.documents.factories import keys_in
from tests.procedures.practice.kinds import in_practice, keys_by_kind

__all__ = ["in_practice", "keys_by_kind"]


@pytest.fixture(scope="session")
def key_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("keys")


@pytest.fixture(autouse=True)
def house(key_folder: Path, tmp_path: Path, settings: Any, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.TAKWIN_KEYS = key_folder
    settings.TAKWIN_PRIVATE_STORAGE = tmp_path / "private"
    monkeypatch.setattr("procedures.cases.services.finish_issuing", lambda *, case_id: None)
    keys_in(key_folder)
