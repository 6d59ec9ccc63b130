"""The whole file in chapters, each made of the same plain parts, so that one template prints them all."""

from collections.abc import Iterator

from portal.dossiers.chapters.applicant import applicants_chapters
from portal.dossiers.chapters.handling import officers_chapters
from portal.dossiers.chapters.notes import internal_notes
from portal.dossiers.chapters.parts import Chapter, Told


def chapters_of(told: Told) -> Iterator[Chapter]:
    """In the order in which a person reads a file; a chapter that says nothing is left out."""
    for chapter in (*applicants_chapters(told), *officers_chapters(told), *internal_notes(told)):
        if not chapter.is_empty:
            yield chapter
