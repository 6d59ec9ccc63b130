"""What may be written in one place only, or nowhere."""

import re

import pytest

from tests.house.source import ROOMS, files, named

PYTHON = {
    r"\bmark_safe\(": (),
    r"\bcsrf_exempt\b": (),
    r"\.delay\(|\.apply_async\(": ("procedures/jobs/",),
    r"^\s*(from|import) weasyprint": ("procedures/documents/rendering/",),
    r"\b_base_manager\b": (),
    r"django\.contrib\.admin": (),
    r"\bprint\(": ("/management/commands/",),
    r"\bTODO\b|\bFIXME\b|\bXXX\b": (),
    r"^\s*(from|import) portal": ("portal/", "config/"),
}
TEMPLATES = {
    r"\|\s*safe\b|\{%\s*autoescape\s+off": "text of others is never trusted",
    r"<style\b|\sstyle=": "styles live in the sheets of design/",
    r"<script(?![^>]*\bsrc=)[^>]*>": "scripts live in files",
    r"\son(click|change|submit|load|input|focus|blur)\s*=": "behaviour lives in files",
    r"javascript:": "a link leads somewhere",
}
# Rules about such words, and faults planted in a copy, hold them as text.
SPEAKS_OF_THEM = ("tests/house/", "tests/planted/")
# E-mails and printed documents carry their styles: no browser of a citizen reads them under our policy.
APART = (
    "notifications/templates/notifications/mail",
    "procedures/documents/templates",
    "procedures/visits/templates/documents",
    "portal/dossiers/templates/documents",
    "procedures/documents/rendering",
)


@pytest.mark.parametrize("pattern", PYTHON)
def test_a_word_stands_only_in_its_room(pattern: str) -> None:
    found = [
        f"{named(path)}:{number}"
        for path in files("**/*.py")
        if not any(room in f"/{named(path)}" for room in PYTHON[pattern])
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(pattern, line)
    ]
    assert found == []


def test_what_a_checker_is_told_to_overlook_has_a_code_and_a_reason() -> None:
    """`type: ignore[code]  # reason`, `noqa: CODE  # reason`: a dash or brackets before the reason will do."""
    told = re.compile(r"#\s*(type:\s*ignore|noqa|nosec|pragma)")
    reasoned = re.compile(r"#\s*(type:\s*ignore\[[a-z, -]+\]|noqa:\s*[A-Z]+\d+(,\s*[A-Z]+\d+)*)\s+\W+\s*\w.{4,}")
    bare = [
        f"{named(path)}:{number} {line.strip()}"
        for path in files("**/*.py", *ROOMS, "scripts", "tests")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if told.search(line) and not reasoned.search(line) and not named(path).startswith(SPEAKS_OF_THEM)
    ]
    assert bare == []


@pytest.mark.parametrize("pattern", TEMPLATES)
def test_a_template_trusts_nothing_and_runs_nothing_inline(pattern: str) -> None:
    found = [
        named(path)
        for path in files("**/templates/**/*.html")
        if not named(path).startswith(APART) and re.search(pattern, path.read_text())
    ]
    assert found == [], TEMPLATES[pattern]


def test_every_form_that_posts_carries_its_token() -> None:
    forms = re.compile(r"<form\b[^>]*method=[\"']?post.*?</form>", re.IGNORECASE | re.DOTALL)
    bare = [
        named(path)
        for path in files("**/templates/**/*.html")
        for form in forms.findall(path.read_text())
        if "csrf_token" not in form
    ]
    assert bare == []


def test_styles_know_no_left_and_no_right() -> None:
    physical = re.compile(
        r"(margin|padding|border)-(left|right)\b|[ ;{](left|right)\s*:"
        r"|text-align\s*:\s*(left|right)|float\s*:\s*(left|right)"
    )
    found = [
        f"{named(path)}:{number}"
        for path in files("**/*.css")
        if "procedures/documents" not in named(path)
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if physical.search(line)
    ]
    assert found == []
