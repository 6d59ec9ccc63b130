"""The released form of a version: a file beside the plugin from which its definition may no longer differ."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from procedures.comparing import Difference, differences
from procedures.definition import Procedure
from procedures.snapshot import canonical, take_snapshot


class NotOfAPlugin(LookupError):
    """No plugin of the settings has this procedure, so there is no folder to release it into."""


class ReleasedOtherwise(ValueError):
    """This version was released with another content: raise the version, then release that."""


def content_of(procedure: Procedure) -> dict[str, Any]:
    """The definition as its plugin wrote it, without the day on which one looks."""
    content = take_snapshot(procedure, on=timezone.localdate())
    told: dict[str, Any] = json.loads(canonical({key: value for key, value in content.items() if key != "on"}))
    return told  # as it comes back from a file or a database


def folder_of(code: str) -> Path:
    """Where the released forms of a procedure lie. Raises NotOfAPlugin."""
    for plugin in settings.TAKWIN_PLUGINS:
        module = import_module(f"{plugin}.procedure")
        if module.PROCEDURE.code == code:
            return Path(str(module.__file__)).parent / "released"
    raise NotOfAPlugin(code)


def versions_of(code: str) -> list[str]:
    """The versions that were released, the oldest first."""
    return sorted((path.stem for path in folder_of(code).glob("*.json")), key=_numbers)


def read_released(code: str, version: str) -> dict[str, Any] | None:
    """The released form of a version; None where that version was not released."""
    path = folder_of(code) / f"{version}.json"
    content: dict[str, Any] | None = json.loads(path.read_text(encoding="utf-8")) if path.exists() else None
    return content


def departures(procedure: Procedure) -> tuple[Difference, ...]:
    """In what a definition differs from the released form of its own version; nothing where there is none."""
    try:
        kept = read_released(procedure.code, procedure.version)
    except NotOfAPlugin:
        return ()
    return differences(kept, content_of(procedure)) if kept else ()


def release(procedure: Procedure) -> Path:
    """Write the released form of the version. Raises ReleasedOtherwise, NotOfAPlugin."""
    if departures(procedure):
        raise ReleasedOtherwise(procedure.version)
    path = folder_of(procedure.code) / f"{procedure.version}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(content_of(procedure), ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
    return path


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(_digits(version))


def _digits(version: str) -> Iterator[int]:
    for part in version.split("."):
        yield int(part) if part.isdecimal() else 0
