"""Migrations of each app stand in one line, are named for what they do, and leave nothing of the models behind."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from tests.house.source import ROOMS

pytestmark = pytest.mark.django_db  # a migration of wagtail-localize asks the database when it is imported
OURS = {app.label for app in apps.get_app_configs() if app.name.split(".")[0] in ROOMS}


@pytest.fixture
def loader() -> MigrationLoader:
    return MigrationLoader(None)


def test_an_app_has_one_last_migration(loader: MigrationLoader) -> None:
    leaves = {label: len(loader.graph.leaf_nodes(label)) for label in OURS & loader.migrated_apps}
    assert leaves
    assert {label for label, count in leaves.items() if count != 1} == set()
    assert loader.detect_conflicts() == {}


def test_an_app_with_models_has_migrations(loader: MigrationLoader) -> None:
    with_models = {app.label for app in apps.get_app_configs() if app.label in OURS and list(app.get_models())}
    assert with_models <= loader.migrated_apps


def test_migrations_follow_one_another(loader: MigrationLoader) -> None:
    """Each is followed by at most one of its own app: no fork, even one that was merged."""
    forks = [
        key
        for key, node in loader.graph.node_map.items()
        if key[0] in OURS and len([child for child in node.children if child.key[0] == key[0]]) > 1
    ]
    assert forks == []


def test_no_migration_is_named_by_the_clock(loader: MigrationLoader) -> None:
    assert [name for label, name in loader.disk_migrations if label in OURS and "_auto_" in name] == []


def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
