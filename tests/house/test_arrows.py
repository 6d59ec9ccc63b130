"""The arrows between rooms point one way; a breach is named with its file and line."""

import subprocess

from tests.house.source import ROOT, files, named


def test_the_contracts_between_rooms_hold() -> None:
    done = subprocess.run([ROOT / ".venv/bin/lint-imports", "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:]


def test_a_plugin_imports_the_two_apis_django_and_its_own_files() -> None:
    foreign = []
    for path in files("*/*.py", "plugins"):
        own = f"plugins.{path.parent.name}"
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if not line.startswith(("from ", "import ")):
                continue
            module = line.split()[1]
            ours = module.split(".")[0] in {
                "procedures",
                "registers",
                "plugins",
                "portal",
                "cms_content",
                "config",
                "design",
            }
            taken = line.startswith(
                ("from procedures import api", "from registers import api", "from procedures.api import")
            )
            if ours and not taken and not module.startswith(own):
                foreign.append(f"{named(path)}:{number} {line}")
    assert foreign == []


def test_nobody_names_a_plugin() -> None:
    codes = {path.parent.name for path in files("*/procedure.py", "plugins")}
    named_codes = [
        f"{named(path)}: {code}"
        for room in ("procedures", "portal", "notifications", "registers", "design")
        for path in files("**/*.py", room)
        for code in codes
        if f"plugins.{code}" in path.read_text()
    ]
    assert named_codes == []
