"""A bulk act as its page shows it: how far it is, and the result of each case in words."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from procedures.bulk.models import BulkAct, BulkItem
from procedures.cases.models import Case

State, Foreseen, Outcome = BulkAct.State, BulkItem.Foreseen, BulkItem.Outcome
RUNS = (State.FORESEEING, State.RUNNING, State.UNDOING)


class Progress:
    """Of the step that runs now."""

    def __init__(self, bulk: BulkAct) -> None:
        counted = bulk.items.aggregate(
            total=Count("pk"),
            seen=Count("pk", filter=~Q(foreseen="")),
            yes=Count("pk", filter=Q(foreseen=Foreseen.YES)),
            later=Count("pk", filter=Q(foreseen=Foreseen.LATER)),
            no=Count("pk", filter=Q(foreseen=Foreseen.NO)),
            done=Count("pk", filter=Q(outcome=Outcome.DONE)),
            failed=Count("pk", filter=Q(outcome=Outcome.NO)),
            undone=Count("pk", filter=Q(outcome=Outcome.UNDONE)),
            kept=Count("pk", filter=Q(outcome=Outcome.KEPT)),
        )
        self.state = bulk.state
        self.counted: dict[str, int] = counted
        self.runs = bulk.state in RUNS

    @property
    def share(self) -> int:
        """Hundredths of the step that runs."""
        told = self.counted
        if self.state == State.FORESEEING:
            part, whole = told["seen"], told["total"]
        elif self.state == State.UNDOING:
            part, whole = told["undone"] + told["kept"], told["undone"] + told["kept"] + told["done"]
        else:
            part, whole = told["done"] + told["failed"], told["yes"]
        return min(100, 100 * part // whole) if whole else 100


@dataclass(frozen=True)
class Result:
    case: Case
    foreseen: str
    outcome: str
    look: str
    why: str


def results(bulk: BulkAct) -> list[Result]:
    """Two queries. The names of applicants are in the list from which they were chosen."""
    items = bulk.items.select_related("case__office").defer("case__answers", "case__explanations", "before")
    return [_result(item) for item in items]


def _result(item: Any) -> Result:
    foreseen = {
        Foreseen.YES: _("Can be done"),
        Foreseen.LATER: _("Is done when the time to undo is over"),
        Foreseen.NO: _("Cannot be done"),
    }
    outcome = {
        Outcome.DONE: _("Done"),
        Outcome.NO: _("Not done"),
        Outcome.UNDONE: _("Taken back"),
        Outcome.KEPT: _("Could not be taken back"),
    }
    looks = {Outcome.DONE: "ok", Outcome.NO: "bad-t", Outcome.UNDONE: "off", Outcome.KEPT: "warn"}
    early = {Foreseen.NO: "bad-t", Foreseen.LATER: "warn", Foreseen.YES: "ok"}
    return Result(
        item.case,
        foreseen.get(item.foreseen, _("Not tried yet")),
        outcome.get(item.outcome, ""),
        looks.get(item.outcome) or early.get(item.foreseen, ""),
        item.why,
    )
