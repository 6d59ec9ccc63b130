"""Inspectors at their screens."""

from collections.abc import Iterator

import pytest

from tests.procedures.visits.factories import Inspectorate
from tests.visited.installed import visited_installed


@pytest.fixture(autouse=True)
def _visited() -> Iterator[None]:
    with visited_installed():
        yield


@pytest.fixture
def house(db: None) -> Inspectorate:
    return Inspectorate()
