"""A table inside a row: one figure for each column that a fact gives."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from procedures.definition import Fact
from procedures.fields.described import Described
from procedures.fields.numbers import grouped, typed_number


class Grid(Described, forms.JSONField):
    """Marks by unit, presence by half-day: {column: figure}, each from `least` to `most`."""

    sample: ClassVar[Any] = {"fr": {}}
    refusals = {
        "invalid": _("“%(label)s” is not in the expected form. Write one figure in each column."),
        "min_value": _("“%(label)s”: %(column)s is too small. The least is %(limit_value)s."),
        "max_value": _("“%(label)s”: %(column)s is too large. The most is %(limit_value)s."),
    }

    def __init__(self, label: Any, columns: Fact | None = None, **options: Any) -> None:
        self.columns = columns
        super().__init__(label, **options)

    def django(self, *, least: Any = 0, most: Any = None, step: str = "") -> dict[str, Any]:
        return {}

    def clean(self, value: Any) -> Any:
        cells = super().clean(value)
        if cells in (None, ""):
            return cells
        if not isinstance(cells, Mapping):
            raise self.refuse("invalid")
        return {str(column): self._figure(str(column), typed) for column, typed in cells.items()}

    def _figure(self, column: str, typed: Any) -> float:
        try:
            figure = float(typed_number(typed))
        except (TypeError, ValueError):
            raise self.refuse("invalid") from None
        least, most = self.options.get("least", 0), self.options.get("most")
        if figure != figure or figure < float(least):
            raise self.refuse("min_value", column=column, limit_value=least)
        if most is not None and figure > float(most):
            raise self.refuse("max_value", column=column, limit_value=most)
        return figure

    def shown(self, value: Any, language: str) -> str:
        return "; ".join(f"{column}: {grouped(figure, language)}" for column, figure in value.items())
