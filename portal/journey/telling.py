"""What the journey says while it walks, and the one sentence with which it stops."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class NotAsPromised(Exception):
    """The portal did something else than was promised; the message is a sentence for a person."""


class Diary:
    """Steps with their seconds and status, printed as they happen and written as `journey.json`."""

    def __init__(self, say: Callable[[str], Any]) -> None:
        self.say = say
        self.steps: list[dict[str, Any]] = []

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        began = time.monotonic()
        status = "failed"
        try:
            yield
            status = "passed"
        finally:
            seconds = round(time.monotonic() - began, 2)
            self.steps.append({"step": title, "seconds": seconds, "status": status})
            self.say(f"{'ok  ' if status == 'passed' else 'FAIL'} {seconds:6.2f} s  {title}")

    def write(self, path: Path, **facts: Any) -> None:
        together = round(sum(step["seconds"] for step in self.steps), 2)
        path.write_text(json.dumps({**facts, "seconds": together, "steps": self.steps}, ensure_ascii=False, indent=1))
