"""Static files are collected and compressed once, and again as soon as one of them is another."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from portal.management.commands import collect_static


@pytest.fixture
def collected(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> list[str]:
    """One style sheet of ours; what is collected is only noted."""
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "look.css").write_text("p {}")
    (tmp_path / "static").mkdir()
    settings.STATICFILES_DIRS = [tmp_path / "ours"]
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    calls: list[str] = []
    monkeypatch.setattr(collect_static, "call_command", lambda name, **options: calls.append(name))
    return calls


def test_static_files_are_collected_once_and_again_after_a_change(collected: list[str], tmp_path: Path) -> None:
    call_command("collect_static")
    call_command("collect_static")
    assert collected == ["collectstatic"]
    (tmp_path / "ours" / "look.css").write_text("p { margin: 0 }")
    call_command("collect_static")
    assert collected == ["collectstatic"] * 2


def test_static_files_that_were_collected_half_way_are_collected_again(
    collected: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    call_command("collect_static")
    (tmp_path / "ours" / "more.css").write_text("")

    def interrupted(name: str, **options: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(collect_static, "call_command", interrupted)
        with pytest.raises(KeyboardInterrupt):
            call_command("collect_static")
    (tmp_path / "ours" / "more.css").unlink()
    call_command("collect_static")
    assert collected == ["collectstatic"] * 2
