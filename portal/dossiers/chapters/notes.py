"""What officers wrote for one another: in the copy of the office only, and marked as that."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.dossiers.chapters.parts import Cell, Chapter, Told, cells, lines, moment
from procedures.dossiers.models import Note


def internal_notes(told: Told) -> Iterator[Chapter]:
    if told.for_office:
        yield Chapter(
            _("Internal notes"),
            note=_("Not to be handed over: the applicant never sees them."),
            head=[pgettext("whole file", "When"), pgettext("whole file", "Who"), pgettext("whole file", "Note")],
            rows=[_note(note) for note in reversed(told.file.notes)],
            is_internal=True,
        )


def _note(note: Note) -> list[Cell]:
    stroke = note.stroke
    if stroke is None:
        return cells(moment(note.at), lines(note.by, note.office), note.text)
    struck = _("Struck through by %(who)s on %(day)s:") % {"who": stroke.by, "day": moment(stroke.at)}
    return [
        *cells(moment(note.at), lines(note.by, note.office, f"{struck} {stroke.reason}")),
        Cell(note.text, "was"),
    ]
