"""What every test stands on: a migrated template database, copied and not migrated again; no network; a fixed language.

The suite runs on SQLite, or on a real PostgreSQL when TAKWIN_TEST_DATABASE=postgresql: its server comes from a package
and is started here. Tests that commit get the template back afterwards by copy, so rows that migrations wrote (places,
pages, holidays) are always there and no audit trigger has to be weakened for a flush.
"""

import functools
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from unittest.mock import patch

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.test import TransactionTestCase
from django.utils import translation

from tests.databases import PostgreSQLTemplate, SQLiteTemplate, Template

ROOT = Path(__file__).resolve().parents[1]
ON_POSTGRESQL = os.environ.get("TAKWIN_TEST_DATABASE") == "postgresql"
FULL = os.environ.get("TAKWIN_FULL") == "1"
# A Wednesday morning in Tunis, no holiday near. TAKWIN_NOW tries another moment: "2026-12-31T23:30:00+00:00".
NOW = datetime.fromisoformat(os.environ.get("TAKWIN_NOW", "2026-11-18T09:00:00+00:00"))
# Other processes take part in these, whose clocks a test cannot set.
REAL_TIME = {"real_time", "browser", "trust", "planted", "fresh"}


def pytest_configure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):
        return  # whoever started this process has compiled them
    subprocess.run([sys.executable, ROOT / "scripts" / "compile_messages.py"], check=True, capture_output=True)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What takes long is begun first, in any order; on PostgreSQL only what opens a database is tried again."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
    if not ON_POSTGRESQL:
        return
    kept = [item for item in items if opens_a_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


def opens_a_database(item: pytest.Item) -> bool:
    given = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(given & {"db", "transactional_db", "template"})


@pytest.fixture(scope="session")
def template(worker_id: str) -> Iterator[Template]:
    kind = PostgreSQLTemplate if ON_POSTGRESQL else SQLiteTemplate
    made = kind(ROOT, worker_id)
    made.prepare()
    yield made
    made.close()


@pytest.fixture(scope="session")
def django_db_setup(template: Template, django_db_blocker: object) -> None:
    """Point the default connection at a fresh copy of the template, and put the copy back after tests that commit."""
    connections["default"].settings_dict.update(template.settings())
    settings.DATABASES["default"].update(template.settings())
    template.restore()

    def put_back(case: TransactionTestCase) -> None:
        connections.close_all()
        template.restore()

    TransactionTestCase._fixture_teardown = put_back


@pytest.fixture(autouse=True)
def _at_a_known_moment(request: pytest.FixtureRequest, settings: object) -> Iterator[None]:
    """Tests begin at one moment, from which time runs on: no result depends on the day or the hour of the run."""
    if REAL_TIME & {mark.name for mark in request.node.iter_markers()}:
        settings.TAKWIN_KEYS = settings.VAR / "keys-of-today"  # a key is not valid before it was made
        yield
        return
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture(scope="session", autouse=True)
def _one_stamping_key() -> Iterator[None]:
    """Each test has certificates of its own; the slow RSA key under one of them is made once a process."""
    from procedures.documents import key_making

    with patch.object(key_making, "_stamping_key", functools.cache(key_making._stamping_key)):
        yield


@pytest.fixture(autouse=True)
def _english_and_clean() -> Iterator[None]:
    """Texts are asserted in English unless a test says otherwise; no cache is carried from test to test."""
    cache.clear()
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _private_storage_of_its_own(tmp_path: Path, settings: object) -> None:
    from django.core.files.storage import storages

    settings.TAKWIN_PRIVATE_STORAGE = tmp_path / "private"
    settings.STORAGES = settings.STORAGES | {
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "private", "base_url": None},
        }
    }
    storages._storages.pop("private", None)


@pytest.fixture
def full() -> bool:
    """Whether the full counts of the trust lane are asked for."""
    return FULL


@pytest.fixture
def workbench() -> Iterator[object]:
    """The procedure of `tests/workbench`, installed in this process for one test."""
    from tests.workbench.installed import workbench_installed

    with workbench_installed() as procedure:
        yield procedure
