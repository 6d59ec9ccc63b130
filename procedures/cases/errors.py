"""Why a case did not move: each carries a sentence for the person who tried."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from procedures.cases.states import State


class CaseError(Exception):
    """Nothing was changed; `str()` says why, in the language of the moment."""


class IllegalMove(CaseError):
    """The case is not in a state from which this can happen."""

    def __init__(self, state: str, event: str) -> None:
        self.state, self.event = state, event
        super().__init__(state, event)

    def __str__(self) -> str:
        return _("This cannot be done now: the case is at “%(state)s”.") % {"state": State(self.state).label}


class AlreadyDone(CaseError):
    """The engine came back to what is done: nothing is left to do."""


class NotAllowed(CaseError):
    """The person has not the role, or not in the office where the case stands, or signed or prepared it already."""

    def __init__(self, why: str = "") -> None:
        self.why = why
        super().__init__(why)

    def __str__(self) -> str:
        return self.why or _("This step belongs to another role or another office.")


class StaleCase(CaseError):
    """Someone changed the case since the page was opened; names who, what and when."""

    def __init__(self, sentence: str, *, who: str, at: Any, action: str) -> None:
        self.who, self.at, self.action = who, at, action
        super().__init__(sentence)


class Refused(CaseError):
    """What was given is not enough or not right; `faults` by field name, each a list of sentences."""

    def __init__(self, faults: Mapping[str, Sequence[str]]) -> None:
        self.faults = {field: [str(sentence) for sentence in sentences] for field, sentences in faults.items()}
        super().__init__(" ".join(sentence for sentences in self.faults.values() for sentence in sentences))


class RulesBroken(CaseError):
    """A rule that blocks does not hold at filing; `explanations` say which and why."""

    def __init__(self, explanations: Sequence[Any]) -> None:
        self.explanations = tuple(explanations)
        super().__init__(", ".join(each.rule for each in self.explanations))
