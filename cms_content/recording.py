"""What became of the words of a procedure, on the audit chain: who put them in force or took them back, and which."""

import hashlib
from typing import Any

from wagtail.log_actions import get_active_log_context

from cms_content.models import ProcedureWords
from cms_content.wording import LANGUAGES
from procedures.audit.services import append


def note_words(row: ProcedureWords, by: Any, *, taken_back: bool) -> None:
    """The texts stay in the revisions of the row; the entry holds their digest."""
    said = "\x00".join(row.texts.get(language, "") for language in LANGUAGES)
    data = {
        "procedure": row.procedure,
        "path": row.path,
        "taken_back": taken_back,
        "texts_sha256": hashlib.sha256(said.encode()).hexdigest(),
    }
    append(action="words.set", subject=(row._meta.label_lower, str(row.pk)), actor=by, data=data)


def whoever_edits(revision: Any = None) -> Any:
    """The person at work in the editors' pages, else the author of a revision; None where neither is known."""
    return get_active_log_context().user or getattr(revision, "user", None)
