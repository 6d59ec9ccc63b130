"""Administrators prepare an edition of a checklist, line by line, and publish it; what was published stays."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from procedures.audit.services import append, change
from procedures.refusal import Refusal
from procedures.visits.items import NUMBERS
from procedures.visits.models import Checklist, Edition, Item
from procedures.visits.selectors import draft_edition, latest_edition

COPIED = (
    "code", "position", "kind", "sentence_ar", "sentence_fr", "sentence_en", "unit", "least", "most", "severity",
    "basis",
)  # fmt: skip


class ChecklistRefused(Refusal):
    """Why a change of a checklist was refused."""


@transaction.atomic
def make_checklist(*, code: str, by: Any, basis: str = "", **titles: str) -> Checklist:
    """A new, empty checklist with an edition to prepare. `titles`: title_ar, title_fr, title_en."""
    if Checklist.objects.filter(code=code).exists():
        raise ChecklistRefused(_("Another list has this code."), "code")
    made = Checklist.objects.create(code=code, basis=basis.strip(), **titles)
    append(action="checklist.make", subject=made, actor=by, data={"code": code})
    begin_edition(checklist=made, by=by)
    return made


@transaction.atomic
def change_checklist(*, checklist: Checklist, by: Any, basis: str, **titles: str) -> Checklist:
    """Other titles or another basis; past reports show the new titles, their lines stay as they were."""
    held = Checklist.objects.select_for_update().get(pk=checklist.pk)
    change(held, titles | {"basis": basis.strip()}, action="checklist.change", actor=by)
    return held


@transaction.atomic
def offer_checklist(*, checklist: Checklist, by: Any, offered: bool) -> Checklist:
    """Offer a list for new visits, or no longer."""
    held = Checklist.objects.select_for_update().get(pk=checklist.pk)
    change(held, {"is_offered": offered}, action="checklist.offer", actor=by)
    return held


@transaction.atomic
def begin_edition(*, checklist: Checklist, by: Any) -> Edition:
    """An edition to prepare, which starts as a copy of the one in force; the one being prepared, if there is one."""
    held = Checklist.objects.select_for_update().get(pk=checklist.pk)
    if prepared := draft_edition(held):
        return prepared
    before = latest_edition(held)
    made = Edition.objects.create(checklist=held, number=before.number + 1 if before else 1)
    if before:
        Item.objects.bulk_create(
            Item(edition=made, **{name: getattr(item, name) for name in COPIED}) for item in before.items.all()
        )
    append(action="checklist.begin_edition", subject=held, actor=by, data={"edition": made.number})
    return made


@transaction.atomic
def change_item(
    *,
    edition: Edition,
    by: Any,
    item: Item | None = None,
    kind: str,
    severity: str,
    unit: str = "",
    least: Decimal | None = None,
    most: Decimal | None = None,
    basis: str = "",
    **sentences: str,
) -> Item:
    """Add a line to an edition that is prepared, or change one of it. Raises ChecklistRefused."""
    held = _prepared(edition)
    if least is not None and most is not None and least > most:
        raise ChecklistRefused(_("The least is more than the most."), "most")
    if kind == Item.Kind.MEASUREMENT and not unit.strip():
        raise ChecklistRefused(_("A measurement needs its unit, for example m or m²."), "unit")
    measured = kind in NUMBERS
    said: dict[str, Any] = {"kind": kind, "severity": severity, "basis": basis.strip()} | sentences
    said |= {"unit": unit.strip() if measured else "", "least": least if measured else None}
    said["most"] = most if measured else None
    if item is None:
        last = held.items.aggregate(last=Max("position"))["last"] or 0
        code = _free_code(held.checklist, sentences["sentence_en"] or sentences["sentence_fr"])
        kept = Item.objects.create(edition=held, position=last + 1, code=code, **said)
    else:
        kept = Item.objects.select_for_update().get(pk=item.pk, edition=held)
        for name, value in said.items():
            setattr(kept, name, value)
        kept.save()
    told = {"edition": held.number, "item": kept.code, "kind": kind, "severity": severity}
    append(action="checklist.change_item", subject=held.checklist, actor=by, data=told)
    return kept


@transaction.atomic
def remove_item(*, item: Item, by: Any) -> None:
    """Take a line out of an edition that is prepared."""
    held = _prepared(item.edition)
    Item.objects.filter(pk=item.pk, edition=held).delete()
    told = {"edition": held.number, "item": item.code}
    append(action="checklist.remove_item", subject=held.checklist, actor=by, data=told)


@transaction.atomic
def publish_edition(*, edition: Edition, by: Any) -> Edition:
    """Put an edition into force for visits that begin from now on. Raises ChecklistRefused where it is empty."""
    held = _prepared(edition)
    if not held.items.exists():
        raise ChecklistRefused(_("The list has no line yet."))
    held.published_at, held.published_by = timezone.now(), by
    held.save(update_fields=["published_at", "published_by"])
    told = {"edition": held.number, "items": held.items.count()}
    append(action="checklist.publish_edition", subject=held.checklist, actor=by, data=told)
    return held


def _prepared(edition: Edition) -> Edition:
    held = Edition.objects.select_for_update(of=("self",)).select_related("checklist").get(pk=edition.pk)
    if held.published_at is not None:
        raise ChecklistRefused(_("This edition is published and stays as it is. Prepare the next one."))
    return held


def _free_code(checklist: Checklist, sentence: str) -> str:
    """A code that no line of any edition of this list ever had."""
    used = set(Item.objects.filter(edition__checklist=checklist).values_list("code", flat=True))
    stem = slugify(sentence)[:32].strip("-") or "line"
    candidates = [stem, *(f"{stem}-{number}" for number in range(2, len(used) + 3))]
    return next(code for code in candidates if code not in used)
