"""A production site refuses to start unsafe, and every setting is documented."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT, files

SAFE = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "TAKWIN_SECRET_KEY": "not-a-secret-of-any-site-" * 3,  # as many different signs as Django asks for
    "TAKWIN_HOSTS": "verif.example.tn",
    "TAKWIN_PUBLIC_URL": "https://verif.example.tn",
    "TAKWIN_TIME_STAMP_URL": "https://time.example.tn",
}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("TAKWIN_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=clean | SAFE | environment,
        capture_output=True,
        text=True,
    )


@pytest.fixture
def people_keys(tmp_path: Path) -> str:
    """A file with keys, as `make_keys` writes it."""
    pair = {"id": "a", "sealing": "AA" * 21 + "A=", "indexing": "AQ" * 21 + "E=", "made_at": "2026-01-01T00:00:00Z"}
    path = tmp_path / "people.json"
    path.touch(mode=0o600)
    path.write_text(json.dumps({"pairs": [pair]}))
    return str(path)


def test_a_production_site_passes_djangos_deployment_check(tmp_path: Path, people_keys: str) -> None:
    fit = {"TAKWIN_VAR": str(tmp_path), "TAKWIN_PEOPLE_KEYS": people_keys}
    done = manage("check", "--deploy", "--fail-level", "WARNING", **fit)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [("TAKWIN_SECRET_KEY", ""), ("TAKWIN_SECRET_KEY", "short"), ("TAKWIN_HOSTS", "*"), ("TAKWIN_HOSTS", ""),
     ("TAKWIN_PUBLIC_URL", "http://verif.example.tn"), ("TAKWIN_TIME_STAMP_URL", ""),
     ("TAKWIN_MORE_PLUGINS", "tests.workbench"),
     ("TAKWIN_PEOPLE_KEYS", "/nowhere/people.json"), ("TAKWIN_PEOPLE_KEYS", "/dev/null")],
)  # fmt: skip
def test_a_production_site_does_not_start_unsafe(name: str, value: str, tmp_path: Path, people_keys: str) -> None:
    done = manage("check", **{"TAKWIN_VAR": str(tmp_path), "TAKWIN_PEOPLE_KEYS": people_keys, name: value})
    assert done.returncode != 0
    assert name in done.stderr


def test_every_variable_a_site_may_set_is_documented() -> None:
    used = {
        name for path in files("**/*.py") for name in re.findall(r"environ[^\n]*\"(TAKWIN_[A-Z_]+)\"", path.read_text())
    }
    documented = set(re.findall(r"`(TAKWIN_[A-Z_]+)`", (ROOT / "docs" / "operations.md").read_text()))
    assert used - documented == set()
    assert documented - used == set()
