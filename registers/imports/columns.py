"""A column of a table that is imported: what heads it, how its cells are read, what the template shows of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from registers.imports.values import Choice, Words

Offered = Callable[[Any, str], Sequence[str]]  # (scene, language) -> what a cell may hold


@dataclass(frozen=True)
class Column:
    """`ar`, `fr`, `en` head it: they belong to the format of the file, so they do not follow the words of the pages.

    `example` stands in the invented row of the template; `offered` lists what depends on who fills the table in.
    """

    name: str
    ar: str
    fr: str
    en: str
    reads: Words = field(default_factory=Words)
    required: bool = True
    example: str | dict[str, str] = ""
    offered: Offered | None = None
    also: tuple[str, ...] = ()

    def heading(self, language: str) -> str:
        return {"ar": self.ar, "fr": self.fr}.get(language, self.en)

    def example_in(self, language: str) -> str:
        if isinstance(self.example, str):
            return self.example
        return self.example.get(language) or self.example["fr"]

    def choices(self, scene: Any, language: str) -> Sequence[str]:
        """What a cell may hold, in words of `language`; empty where it is free."""
        if self.offered is not None:
            return self.offered(scene, language)
        return list(self.reads.words(language).values()) if isinstance(self.reads, Choice) else ()
