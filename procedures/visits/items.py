"""Judging one item of a checklist by what was written for it on site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from procedures.visits.models import Edition, Item

YES, NO, NOT_APPLICABLE = "yes", "no", "na"
CONFORMITY = {
    YES: pgettext_lazy("conforms", "Yes"),
    NO: pgettext_lazy("conforms", "No"),
    NOT_APPLICABLE: pgettext_lazy("conforms", "Not applicable"),
}
NUMBERS = (Item.Kind.MEASUREMENT, Item.Kind.COUNT)
NEEDED = (Item.Kind.CONFORMS, *NUMBERS)
DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩٫", "0123456789.")
LARGEST = Decimal(10**9)


@dataclass(frozen=True)
class Looked:
    """An item with what was written for it; `failed` where it does not conform, `fault` where it cannot be read."""

    item: Item
    value: str
    note: str
    failed: bool = False
    fault: str = ""

    @property
    def answered(self) -> bool:
        return bool(self.value)

    @property
    def shown(self) -> str:
        """The answer in words."""
        if self.item.kind == Item.Kind.CONFORMS:
            return str(CONFORMITY.get(self.value, ""))
        return f"{self.value} {self.item.unit}".strip() if self.value else ""


def looked_at(edition: Edition | None, answers: Mapping[str, str]) -> Iterator[Looked]:
    """Each item of an edition with its answer, in order; none before a visit has begun."""
    for item in edition.items.all() if edition else ():
        yield _judged(item, answers.get(f"item-{item.code}", "").strip(), answers.get(f"note-{item.code}", "").strip())


def bounds(item: Item) -> str:
    """What is allowed, in words: "2.5 to 4 m"; the unit alone where nothing bounds it."""
    least, most = _written(item.least, item.unit), _written(item.most, item.unit)
    if least and most:
        return _("%(least)s to %(most)s") % {"least": _written(item.least), "most": most}
    if least:
        return _("at least %(least)s") % {"least": least}
    return _("at most %(most)s") % {"most": most} if most else item.unit


def number(text: str) -> Decimal | None:
    """A number as people write it, in Arabic digits or with a comma too; None for anything else."""
    try:
        value = Decimal(text.translate(DIGITS).replace(",", ".").replace(" ", "").replace("\u00a0", ""))
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value) < LARGEST else None


def _judged(item: Item, value: str, note: str) -> Looked:
    if item.kind == Item.Kind.CONFORMS:
        known = value if value in CONFORMITY else ""
        return Looked(item, known, note, failed=known == NO)
    if item.kind in NUMBERS and value:
        measured = number(value)
        whole = measured is not None and (item.kind != Item.Kind.COUNT or measured == measured.to_integral_value())
        if measured is None or not whole or measured < 0:
            return Looked(item, value, note, fault=_("Write a number, for example 3 or 2.75."))
        out = (item.least is not None and measured < item.least) or (item.most is not None and measured > item.most)
        return Looked(item, value, note, failed=bool(out))
    return Looked(item, value, note)


def _written(bound: Decimal | None, unit: str = "") -> str:
    if bound is None:
        return ""
    number = number_format(bound.normalize() if bound else 0, use_l10n=True)
    return f"{number}\u00a0{unit}" if unit else number
