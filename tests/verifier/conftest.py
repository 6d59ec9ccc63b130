"""The command as a stranger runs it: installed from its own wheel, in an environment without Django."""

import importlib.metadata
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flit_core import buildapi

from procedures.documents.keys import jwk_set
from procedures.documents.status_list import signed_list
from tests.conftest import ROOT

Ask = Callable[..., subprocess.CompletedProcess[str]]
NEEDED = ("cbor2", "cryptography", "zxing-cpp", "pillow", "pypdfium2", "pyhanko")
START = "import sys; sys.path.insert(0, {site!r}); from takwin_verify.__main__ import main; sys.exit(main())"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as it is installed from its own wheel, beside what it names as needed and nothing else."""
    made, folder = tmp_path_factory.mktemp("wheel"), tmp_path_factory.mktemp("site")
    before = Path.cwd()
    os.chdir(ROOT / "verifier")
    try:
        wheel = buildapi.build_wheel(str(made))
    finally:
        os.chdir(before)
    zipfile.ZipFile(made / wheel).extractall(folder)
    for package in needed(NEEDED):
        for top in {
            file.parts[0] for file in importlib.metadata.files(package) or () if file.parts[0] not in ("..", "bin")
        }:
            there = Path(str(importlib.metadata.distribution(package).locate_file(top)))
            if there.exists() and not (folder / top).exists():
                (folder / top).symlink_to(there)
    assert not any(folder.glob("[Dd]jango*"))
    return folder


def needed(names: tuple[str, ...]) -> set[str]:
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        for line in importlib.metadata.requires(name) or ():
            if "extra ==" not in line and is_installed(other := re.split(r"[<>=!~\[ ;(]", line)[0]):
                waiting.append(other)
    return found


def is_installed(name: str) -> bool:
    try:
        importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


@pytest.fixture
def ask(site: Path, tmp_path: Path, db: None) -> Ask:
    """Ask the command about something, with the keys and the list as they are published now."""

    def run(what: object, *more: str, lists: bool = True, **published: Any) -> subprocess.CompletedProcess[str]:
        keys, statuses = tmp_path / "jwks.json", tmp_path / "0.cwt"
        keys.write_text(json.dumps(published.get("jwks") or jwk_set()))
        statuses.write_bytes(published.get("list") or signed_list())
        options = ["--jwks", keys, *(["--status", statuses] if lists else []), "--lang", "en", *more]
        return subprocess.run(
            [sys.executable, "-I", "-S", "-c", START.format(site=str(site)), str(what), *map(str, options)],
            capture_output=True, text=True, check=False, cwd=tmp_path,
        )  # fmt: skip

    return run
