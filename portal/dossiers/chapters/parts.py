"""What chapters are made of, and what each of them is told."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, time_format

from portal.backoffice.casefile import CaseFile
from portal.backoffice.handed_in import Paper
from portal.backoffice.opened import OpenedCase
from portal.dossiers.naming import Filed, filed_papers
from procedures.cases.models import Case


@dataclass(frozen=True)
class Cell:
    """One cell: several lines, `look` "hash", "was", "bad" or ""."""

    text: str
    look: str = ""


@dataclass
class Chapter:
    """A heading, then facts, then a table, then paragraphs; any of them may be missing."""

    title: str
    note: str = ""
    facts: list[tuple[str, str]] = field(default_factory=list)
    head: list[str] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    is_part: bool = False  # belongs to the chapter before
    is_internal: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.facts or self.rows or self.texts)


@dataclass
class Told:
    """A case as one person may read it, in one language; `for_office` with what officers wrote for one another."""

    case: Case
    reader: Any
    language: str
    for_office: bool

    @cached_property
    def opened(self) -> OpenedCase:
        return OpenedCase(self.case, self.reader, self.language)

    @cached_property
    def file(self) -> CaseFile:
        return CaseFile(self.opened)

    @cached_property
    def filed(self) -> list[tuple[Paper, list[Filed]]]:
        """Papers with the name that each file bears in the archive."""
        return filed_papers(self.file.papers)


def cells(*texts: Any) -> list[Cell]:
    return [text if isinstance(text, Cell) else Cell(str(text)) for text in texts]


def day(moment: date | None) -> str:
    return date_format(moment, "DATE_FORMAT") if moment else ""


def moment(at: datetime | None) -> str:
    if at is None:
        return ""
    local = timezone.localtime(at)
    return f"{date_format(local, 'DATE_FORMAT')} {time_format(local, 'H:i')}"


def lines(*texts: Any) -> str:
    """One under the other, those that say nothing left out."""
    return "\n".join(str(text) for text in texts if text)
