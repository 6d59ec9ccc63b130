"""Work of the engine itself: telling a plugin what has happened."""

from typing import Any

from procedures.events import tell
from procedures.jobs.registry import handles


@handles("hook")
def hook(event: str, plugin: str, ids: dict[str, Any]) -> None:
    tell(event=event, plugin=plugin, ids=ids)
