"""Everything that is written beside a case: notes, originals seen, copies of the whole file.

A person who may not raises NotAllowed; what was typed and will not do raises Refusal, with its field.
"""

from procedures.dossiers.services.noting import strike_note, write_note
from procedures.dossiers.services.originals import see_original, take_back_original

__all__ = ["see_original", "strike_note", "take_back_original", "write_note"]
