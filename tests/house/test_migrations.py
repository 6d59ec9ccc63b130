"""Migrations of each app stand in one line, say what they are, and leave nothing of the models behind."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from tests.house.source import ROOMS

OURS = [app.label for app in apps.get_app_configs() if app.name.split(".")[0] in ROOMS]


@pytest.fixture(scope="module")
def graph() -> MigrationLoader:
    return MigrationLoader(None)


@pytest.mark.parametrize("label", OURS)
def test_an_app_has_one_last_migration(graph: MigrationLoader, label: str) -> None:
    assert len(graph.graph.leaf_nodes(label)) == (label in graph.migrated_apps)


def test_migrations_follow_one_another(graph: MigrationLoader) -> None:
    """Each follows at most one of its own app, and is followed by at most one."""
    assert graph.detect_conflicts() == {}
    forks = [
        key
        for key in graph.graph.nodes
        if key[0] in OURS and len([1 for child in graph.graph.node_map[key].children if child.key[0] == key[0]]) > 1
    ]
    assert forks == []


def test_no_migration_is_named_by_the_clock(graph: MigrationLoader) -> None:
    assert [name for label, name in graph.disk_migrations if label in OURS and "_auto_" in name] == []


@pytest.mark.django_db
def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
