"""Keys and storage of one test; the end of the case itself is kernel's and told apart."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from procedures.documents.key_making import make_keys
from procedures.documents.models import Document, SealKey
from tests.procedures.documents.factories import issued_decision, keys_in
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


@pytest.fixture
def practised(in_practice: Any) -> Document:
    """Sealed in a practice space, with its own keys."""
    make_keys(in_practice.TAKWIN_KEYS)
    return issued_decision()


@pytest.fixture
def genuine_again(in_practice: Any, key_folder: Any) -> Callable[..., None]:
    """From now on this is the genuine portal, which has its own keys and never heard of practice."""

    def leave(document: Document, *, unknown: bool = True) -> None:
        in_practice.TAKWIN_PRACTICE = in_practice.TAKWIN_DEMONSTRATION = False
        in_practice.TAKWIN_KEYS = key_folder
        if unknown:
            Document.objects.filter(pk=document.pk).delete()
            SealKey.objects.filter(kid=document.kid).delete()

    return leave
