"""What is asked, what holds and why: the judgement of answers by a definition; pure, no database of its own."""

from procedures.rules.explanation import Explanation
from procedures.rules.situation import Situation
from procedures.rules.values import EMPTY, NOT_ASKED, UNKNOWN, Missing

__all__ = ["EMPTY", "NOT_ASKED", "UNKNOWN", "Explanation", "Missing", "Situation"]
