"""The page on hooks says what the code promises: the same hooks and arguments, and whether anything calls them."""

import inspect
import re
from typing import NamedTuple

import pytest

from procedures import hookspecs
from tests.house.source import ROOT, files, named

NOT_YET = "Fires: not yet, no part of the portal calls it"


class Page(NamedTuple):
    signature: str
    text: str


def hooks() -> dict[str, str]:
    """Every hook by its name, with its signature as the code writes it."""
    return {
        name: f"{name}{inspect.signature(function)}".replace("'", "")
        for name, function in inspect.getmembers(hookspecs, inspect.isfunction)
        if hasattr(function, "takwin_spec")
    }


def pages() -> dict[str, Page]:
    sections = re.split(r"^### ", (ROOT / "docs" / "hooks.md").read_text(), flags=re.MULTILINE)[1:]
    titles = [(re.match(r"`(.+)`\n", section), section) for section in sections]
    return {title[1].split("(")[0]: Page(title[1], section) for title, section in titles if title}


def called() -> set[str]:
    code = "\n".join(path.read_text() for path in files("**/*.py"))
    return set(re.findall(r"announce\(\s*\"(\w+)\"", code)) | set(re.findall(r"\.hook\.(\w+)\(", code))


def test_the_page_holds_every_hook_with_its_arguments_and_no_other() -> None:
    assert {name: page.signature for name, page in pages().items()} == hooks()


@pytest.mark.parametrize("name", hooks())
def test_a_hook_says_when_it_fires_and_shows_an_example(name: str) -> None:
    text = pages()[name].text
    assert "\nFires: " in text
    assert f"@p.hookimpl\ndef {name}(" in text


def test_a_hook_that_nothing_calls_is_said_to_be_so() -> None:
    assert {name for name, page in pages().items() if NOT_YET in page.text} == hooks().keys() - called()
    assert called() <= hooks().keys()


@pytest.mark.parametrize("name", hooks())
def test_an_example_takes_arguments_that_the_hook_has(name: str) -> None:
    taken = re.search(rf"def {name}\((.*)\) ->", pages()[name].text)
    assert taken
    promised = hooks()[name].split("(", 1)[1].rsplit(")", 1)[0]
    assert set(filter(None, taken[1].split(", "))) <= set(promised.split(", "))


def test_no_test_patches_what_the_registry_gives_by_its_name() -> None:
    """A module imported meanwhile would keep the patch for good: `installed` loads a procedure through the manager."""
    patch = re.compile(r"setattr\((registry, \"procedures?\"|\"procedures\.registry\.procedures?\")")
    assert [named(path) for path in files("**/*.py", "tests") if patch.search(path.read_text())] == []
