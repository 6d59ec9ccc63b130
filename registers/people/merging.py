"""Decide on a proposal: two entries become one, or stay two for ever; what was made one can be told apart again."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from procedures.audit.services import append
from registers.history.causes import NoCause
from registers.history.errors import Refusal
from registers.history.models import Period
from registers.people.models import DuplicateProposal, Person

STAYING = {
    "people.duplicateproposal.left", "people.duplicateproposal.right", "people.person.merged_into",
    "people.nameword.person",
}  # fmt: skip
State = DuplicateProposal.State
Moved = dict[str, list[int]]


class DecidedAlready(Refusal):
    """Somebody decided on this proposal meanwhile, or one of its entries was made one with another."""

    @property
    def sentence(self) -> str:
        return _("Somebody decided on this meanwhile. Open the list again to see what holds now. Nothing was changed.")


@transaction.atomic
def merge(
    *, proposal: DuplicateProposal, by: Any = None, reason: str, into: Person | None = None, case_id: int | None = None
) -> Person:
    """Both entries are one person: everything of the one is moved to the other (`into`; the older one) and noted.

    A person decides by hand, or the decision of a case does.

    What both have in the same place (an enrolment in one session) stays where it is; readers ask for both. The entry
    that is given up keeps its names and says into which it went. Raises DecidedAlready; NoCause without a reason.
    """
    held = _held(proposal, by, reason, State.OPEN, case_id)
    pair = {
        person.pk: person for person in Person.objects.select_for_update().filter(pk__in=(held.left_id, held.right_id))
    }
    if any(person.merged_into_id for person in pair.values()):
        raise DecidedAlready
    survivor = pair[into.pk if into else held.left_id]
    given_up = pair[held.right_id if survivor.pk == held.left_id else held.left_id]
    moved: Moved = {}
    move(given_up, survivor, moved)
    for person in Person.objects.filter(merged_into=given_up):
        moved.setdefault("people.person.merged_into", []).append(person.pk)
    Person.objects.filter(merged_into=given_up).update(merged_into=survivor)
    Person.objects.filter(pk=given_up.pk).update(merged_into=survivor)
    Person.objects.filter(pk=survivor.pk).update(compared_at=None)
    open_ones = DuplicateProposal.objects.filter(state=State.OPEN).exclude(pk=held.pk)
    open_ones.filter(Q(left=given_up) | Q(right=given_up)).delete()
    _decide(held, State.MERGED, by, reason, {"from": given_up.pk, "into": survivor.pk, "rows": moved})
    return survivor


@transaction.atomic
def keep_apart(
    *, proposal: DuplicateProposal, by: Any = None, reason: str, case_id: int | None = None
) -> DuplicateProposal:
    """They are two persons: the pair is never proposed again. Raises DecidedAlready; NoCause without a reason."""
    return _decide(_held(proposal, by, reason, State.OPEN, case_id), State.APART, by, reason, {})


@transaction.atomic
def tell_apart(
    *, proposal: DuplicateProposal, by: Any = None, reason: str, case_id: int | None = None
) -> DuplicateProposal:
    """They were two after all: what the merge moved goes back; what came since stays with the entry that was kept.

    Raises DecidedAlready; NoCause without a reason.
    """
    held = _held(proposal, by, reason, State.MERGED, case_id)
    given_up, survivor = held.moved["from"], held.moved["into"]
    list(Person.objects.select_for_update().filter(pk__in=(given_up, survivor)).order_by("pk"))
    relations = {_label(relation): relation for model in _models_with_belongings() for relation in _relations(model)}
    for label, pks in held.moved["rows"].items():
        name, _at, target = label.partition("@")
        owner = int(target) if target else given_up
        _rows_of(relations.get(name), name).filter(pk__in=pks).update(**{name.rpartition(".")[2]: owner})
    Person.objects.filter(pk=given_up).update(merged_into=None)
    return _decide(held, State.APART, by, reason, {})


def move(given_up: models.Model, survivor: models.Model, moved: Moved, *, owner: str = "") -> None:
    """Let everything that names one row name another of its model; `moved` learns which rows, by model and column.

    A row that cannot be moved, because the other has one in its place, stays. Where each may have one row only
    (a trainer), what belongs to the one is moved to the other.
    """
    for relation in _relations(type(given_up)):
        name = relation.field.name
        rows = relation.related_model._default_manager.filter(**{name: given_up})
        for row in list(rows.order_by("pk")):
            if _taken(relation, row, survivor):
                there = relation.related_model._default_manager.filter(**{name: survivor}).first()
                if relation.one_to_one and there is not None:
                    move(row, there, moved, owner=f"@{row.pk}")
            elif _put(relation.related_model, row.pk, name, survivor):
                moved.setdefault(_label(relation) + owner, []).append(row.pk)


def _put(model: type[models.Model], pk: Any, name: str, survivor: models.Model) -> bool:
    try:
        with transaction.atomic():
            model._default_manager.filter(pk=pk).update(**{name: survivor})
    except IntegrityError:
        return False
    return True


def _taken(relation: Any, row: Any, survivor: models.Model) -> bool:
    """Whether the survivor has its own in this place: one row only, or a believed period on the same days."""
    rows = relation.related_model._default_manager.filter(**{relation.field.name: survivor})
    if relation.one_to_one:
        return bool(rows.exists())
    if not isinstance(row, Period) or relation.field.name != "subject" or row.superseded_at is not None:
        return False
    keys = {name: getattr(row, name) for name in row.exclusive if name != "subject"}
    overlapping = rows.filter(Q(until__isnull=True) | Q(until__gt=row.since), superseded_at__isnull=True, **keys)
    return bool((overlapping if row.until is None else overlapping.filter(since__lt=row.until)).exists())


def _relations(model: type[models.Model]) -> list[Any]:
    found = [relation for relation in model._meta.related_objects if not relation.many_to_many]
    return [relation for relation in found if _label(relation) not in STAYING]


def _models_with_belongings() -> list[type[models.Model]]:
    one_to_one = [relation.related_model for relation in _relations(Person) if relation.one_to_one]
    return [Person, *one_to_one]


def _label(relation: Any) -> str:
    return f"{relation.related_model._meta.label_lower}.{relation.field.name}"


def _rows_of(relation: Any, label: str) -> Any:
    return Person._default_manager if relation is None else relation.related_model._default_manager


def _held(proposal: DuplicateProposal, by: Any, reason: str, state: str, case_id: int | None) -> DuplicateProposal:
    if (by is None and case_id is None) or not reason.strip():
        raise NoCause("A person or a case, and a reason, must stand behind this decision.")
    held = DuplicateProposal.objects.select_for_update().get(pk=proposal.pk)
    if held.state != state:
        raise DecidedAlready
    held.case_id = case_id
    return held


def _decide(held: DuplicateProposal, state: str, by: Any, reason: str, moved: dict[str, Any]) -> DuplicateProposal:
    before, held.state, held.decided_by, held.decided_at = held.state, state, by, timezone.now()
    held.reason, held.moved = reason.strip(), moved
    held.save(update_fields=["state", "decided_by", "decided_at", "case", "reason", "moved"])
    data: dict[str, Any] = {"left": held.left_id, "right": held.right_id, "before": before, "moved": moved}
    data |= {"case": held.case_id} if held.case_id is not None else {}
    append(action=f"people.{state}", subject=held, actor=by, data=data)
    return held
