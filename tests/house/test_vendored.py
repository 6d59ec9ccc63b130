"""Scripts of others that lie in the tree are the ones that were tried: each listed in vendored.json with its hash."""

import hashlib
import json

import pytest

from tests.house.source import ROOT, files, named

LISTED: dict[str, dict[str, str]] = json.loads((ROOT / "vendored.json").read_text())
LONGEST_OF_OURS = 400  # letters of a line; what a program has packed has lines of thousands


@pytest.mark.parametrize("name", LISTED)
def test_a_script_of_others_is_the_one_that_was_tried(name: str) -> None:
    assert hashlib.sha256((ROOT / name).read_bytes()).hexdigest() == LISTED[name]["sha256"]


@pytest.mark.parametrize("name", LISTED)
def test_it_says_whose_it_is_and_lies_beside_its_licence(name: str) -> None:
    told = LISTED[name]
    assert set(told) == {"what", "from", "licence", "licence_file", "sha256"}
    assert told["from"] in (ROOT / name).read_text()
    assert "Permission is hereby granted" in (ROOT / told["licence_file"]).read_text()


def test_no_other_packed_script_lies_in_the_tree() -> None:
    packed = [
        named(path) for path in files("**/*.js") if max(map(len, path.read_text().splitlines())) > LONGEST_OF_OURS
    ]
    assert packed == sorted(LISTED)
