"""Answers on the case page: the applicant's, with what corrections changed, and those of officers stage by stage."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.backoffice.forms import OPINIONS
from portal.backoffice.opened import OpenedCase
from portal.backoffice.wording import ending_in_words
from procedures import reading
from procedures.cases.models import StageRecord
from procedures.cases.states import State

IDENTITY_NUMBERS = ("IdentityNumber", "Cin")  # types of field
FEWEST_SHOWN = 4  # below this length even two characters would tell too much


@dataclass(frozen=True)
class Line:
    path: str
    label: str
    text: str
    direction: str
    was: str = ""
    changed: bool = False
    masked: bool = False


@dataclass(frozen=True)
class Section:
    title: str
    lines: tuple[Line, ...]


@dataclass
class Passage:
    """What those who handled one stage answered."""

    title: str
    who: str
    at: datetime | None
    note: str = ""
    lines: list[tuple[str, str]] = field(default_factory=list)
    told: str = ""  # how it ended, where nobody answered


def is_identity_number(opened: OpenedCase, path: str) -> bool:
    head, _dot, name = path.partition(".")
    block = next((each for each in opened.snapshot["blocks"] if each["code"] == head.partition("[")[0]), None)
    fields = block["fields"] if block else ()
    return any(field["name"] == name and field["type"] in IDENTITY_NUMBERS for field in fields)


def mask(text: str) -> str:
    """An identity number with only its first and last character left."""
    return f"{text[0]}{'·' * 7}{text[-1]}" if len(text) > FEWEST_SHOWN else "·" * 9


def title_of(section: reading.Section) -> str:
    return f"{section.title} {section.number}" if section.number else section.title


def sections_of(opened: OpenedCase, revealed: Collection[str] = ()) -> list[Section]:
    return [
        Section(title_of(section), tuple(_line(opened, item, revealed) for item in section.items))
        for section in opened.sections
    ]


def _line(opened: OpenedCase, item: reading.Item, revealed: Collection[str]) -> Line:
    masked = is_identity_number(opened, item.path) and item.path not in revealed and bool(item.text)
    return Line(
        path=item.path,
        label=item.label,
        text=mask(item.text) if masked else item.text,
        direction=item.direction,
        was=mask(item.was) if masked and item.was else item.was,
        changed=item.changed,
        masked=masked,
    )


def passages_of(opened: OpenedCase) -> list[Passage]:
    """What officers answered in each stage that is over; a stage without a word of theirs is left out."""
    records = opened.case.stages.exclude(closed_at=None).select_related("closed_by", "late_opinion__by").order_by("pk")
    return [
        passage
        for record in records
        if record.answers or record.note or record.ending
        for passage in (_passage(opened, record), *_late(opened, record))
    ]


def _late(opened: OpenedCase, record: StageRecord) -> list[Passage]:
    late = getattr(record, "late_opinion", None)
    if late is None:
        return []
    title = reading.read_stage(opened.snapshot, record.position, opened.language)
    lines = answer_lines(opened, late.answers)
    told = _("It came after the case had gone on, and changes nothing by itself.")
    return [Passage(title, str(late.by), late.at, late.note, lines, told)]


def _passage(opened: OpenedCase, record: StageRecord) -> Passage:
    commission = record.kind == State.COMMISSION
    apart = ("held_on", "members", "opinion") if commission else ()
    given = {block: told for block, told in record.answers.items() if block not in apart}
    lines = [*(_commission(record.answers) if commission else ()), *answer_lines(opened, given)]
    return Passage(
        title=reading.read_stage(opened.snapshot, record.position, opened.language),
        who=str(record.closed_by or ""),
        at=record.closed_at,
        note=record.note,
        lines=lines,
        told=ending_in_words(record),
    )


def answer_lines(opened: OpenedCase, answers: dict[str, Any]) -> list[tuple[str, str]]:
    """Answers of officers, read with the words of the snapshot."""
    sections = reading.read_answers(opened.snapshot, answers, language=opened.language)
    return [(item.label, item.text) for section in sections for item in section.items if item.text]


def _commission(said: dict[str, Any]) -> list[tuple[str, str]]:
    held_on = date_format(date.fromisoformat(said["held_on"]), "DATE_FORMAT")
    opinion = str(OPINIONS[StageRecord.Opinion(said["opinion"])])
    return [(_("Session of"), held_on), (_("Opinion"), opinion), (_("Members present"), _(", ").join(said["members"]))]
