"""Everything that is written beside a case: notes, originals seen, copies of the whole file.

A person who may not raises NotAllowed; what was typed and will not do raises Refusal, with its field.
"""

from procedures.dossiers.services.noting import strike_note, write_note
from procedures.dossiers.services.originals import see_original, take_back_original
from procedures.dossiers.services.taking import (
    forget_old_copies,
    keep_whole_file,
    note_step,
    order_whole_file,
    refuse_whole_file,
    take_whole_file,
)

__all__ = [
    "forget_old_copies",
    "keep_whole_file",
    "note_step",
    "order_whole_file",
    "refuse_whole_file",
    "see_original",
    "strike_note",
    "take_back_original",
    "take_whole_file",
    "write_note",
]
