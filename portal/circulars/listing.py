"""A circular as its list shows it: reference, day, what changes, and which later one corrects it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language

from procedures.documents.models import Document
from procedures.documents.publishing import published_documents
from procedures.documents.selectors import statuses_of
from procedures.documents.wording import Words


@dataclass(frozen=True)
class Circular:
    document: Document
    reference: str
    rows: tuple[tuple[str, str], ...]  # label and text, in the language of the page
    worth: str
    corrected_by: Sequence[Document] = ()

    @property
    def is_revoked(self) -> bool:
        return self.worth == "revoked"


def circulars(documents: Sequence[Document]) -> list[Circular]:
    """With two queries for all of them: what each is worth, and which others correct it."""
    worth = statuses_of(documents)
    asked = [each.public_id for each in documents]
    later: dict[str, list[Document]] = {}
    for other in published_documents().filter(content__corrects__in=asked).order_by("pk"):
        later.setdefault(other.content["corrects"], []).append(other)
    return [_read(each, worth[each.pk], later.get(each.public_id, [])) for each in documents]


def _read(document: Document, worth: str, later: Sequence[Document]) -> Circular:
    rows = [(_here(row["label"]), _here(row["value"])) for row in document.content["rows"]]
    return Circular(document, rows[0][1], tuple(rows[1:]), worth, later)


def _here(words: Words) -> str:
    return words.get(get_language() or "ar") or words.get("ar", "")
