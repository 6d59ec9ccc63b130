"""Prepare an act on many cases, order it once its results are seen, take it back within the window."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from procedures.audit.services import append
from procedures.bulk.acts import ACTS
from procedures.bulk.models import BulkAct, BulkItem
from procedures.cases.models import Case
from procedures.jobs import services as jobs
from procedures.refusal import Refusal

MOST = 500
State = BulkAct.State


@transaction.atomic
def prepare(
    *,
    act: str,
    cases: Iterable[Case],
    by: Any,
    given: Mapping[str, Any] | None = None,
    of_each: Mapping[int, Mapping[str, Any]] | None = None,
    asked: Mapping[str, Any] | None = None,
) -> BulkAct:
    """Ask what an act would do to these cases; nothing is done. A job tries each and takes it back.

    `given` is what the act is told, `of_each` by case what it is told of that one, `asked` the filter they came from.
    Raises Refusal (no case, more than 500, no such act).
    """
    chosen = list(cases)
    if act not in ACTS:
        raise Refusal(_("Choose what to do."), "act")
    if not chosen:
        raise Refusal(_("Choose at least one case."), "case")
    if len(chosen) > MOST:
        raise Refusal(_("At most 500 cases at once. Narrow the filter."), "case")
    bulk = BulkAct.objects.create(
        by=by, act=act, given=dict(given or {}), language=(get_language() or "ar")[:2], prepared_at=timezone.now()
    )
    own = of_each or {}
    BulkItem.objects.bulk_create(
        BulkItem(bulk=bulk, case=case, version=case.version, given=dict(own.get(case.pk, {}))) for case in chosen
    )
    told = {"act": act, "cases": len(chosen)} | ({"filter": dict(asked)} if asked else {})
    append(action="bulk.prepared", subject=bulk, actor=by, data=told)
    jobs.add(kind="bulk.foresee", key=f"bulk.foresee:{bulk.pk}", payload={"bulk_id": bulk.pk})
    return bulk


@transaction.atomic
def order(*, bulk: BulkAct, by: Any) -> BulkAct:
    """Have it done as foreseen. Raises Refusal where it is not ready, or where no case would change."""
    held = _held(bulk, by)
    if held.state != State.READY:
        raise Refusal(_("This was ordered or dropped already."))
    if not held.items.exclude(foreseen=BulkItem.Foreseen.NO).exists():
        raise Refusal(_("None of these cases can be done."))
    held.state, held.ordered_at = State.RUNNING, timezone.now()
    held.undo_until = held.ordered_at + timedelta(seconds=settings.TAKWIN_BULK_UNDO_SECONDS)
    held.save(update_fields=["state", "ordered_at", "undo_until"])
    append(action="bulk.ordered", subject=held, actor=by, data={"act": held.act})
    payload = {"bulk_id": held.pk}
    jobs.add(kind="bulk.carry_out", key=f"bulk.carry_out:{held.pk}", payload=payload)
    jobs.add(kind="bulk.finish", key=f"bulk.finish:{held.pk}", payload=payload, run_after=held.undo_until)
    return held


@transaction.atomic
def undo(*, bulk: BulkAct, by: Any) -> BulkAct:
    """Take it all back. Raises Refusal once the window is over. What was promised waits until each row is written."""
    held = _held(bulk, by)
    over = held.undo_until is None or timezone.now() >= held.undo_until
    if held.state not in (State.RUNNING, State.CARRIED) or over:
        raise Refusal(_("This can no longer be undone: the time for it is over."))
    held.state = State.UNDOING
    held.save(update_fields=["state"])
    promised = [pk for each in held.items.values_list("promised", flat=True) for pk in each]
    jobs.postpone(promised, timezone.now() + timedelta(days=1))
    append(action="bulk.undo_ordered", subject=held, actor=by, data={"act": held.act})
    jobs.add(kind="bulk.undo", key=f"bulk.undo:{held.pk}", payload={"bulk_id": held.pk})
    return held


@transaction.atomic
def drop(*, bulk: BulkAct, by: Any) -> BulkAct:
    """Leave it: nothing was done."""
    held = _held(bulk, by)
    if held.state not in (State.FORESEEING, State.READY):
        raise Refusal(_("This was ordered or dropped already."))
    held.state = State.DROPPED
    held.save(update_fields=["state"])
    append(action="bulk.dropped", subject=held, actor=by)
    return held


def own_bulk_act(person: Any, public_id: UUID) -> BulkAct | None:
    """One's own; a colleague's does not exist."""
    return BulkAct.objects.filter(by=person, public_id=public_id).first()


def _held(bulk: BulkAct, by: Any) -> BulkAct:
    held = BulkAct.objects.select_for_update().get(pk=bulk.pk)
    if held.by_id != by.pk:
        raise Refusal(_("This belongs to a colleague."))
    return held
