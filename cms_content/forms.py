"""Editors choose a part from a list and type a value as people write it: a number, dinars, yes or no."""

import json
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from cms_content.overriding import parts_of
from cms_content.value_words import in_words
from procedures.amounts import MILLIMES
from procedures.definition.overrides import Overridable
from procedures.registry import procedures

SEPARATOR = ":"  # between the code of a procedure and a path, which hold none


def part_choices(*, words: bool) -> list[Any]:
    """The parts that may change, grouped by procedure; each by its path and the beginning of its default."""
    groups: list[Any] = [("", _("Choose a part"))]
    for code, procedure in procedures().items():
        parts = [
            (f"{code}{SEPARATOR}{path}", _named(path, part))
            for path, part in parts_of(code).items()
            if (part.kind == "text") is words and path != "open"  # an Opening says that, with its reason
        ]
        groups.append((str(procedure.title), parts))
    return groups


def _named(path: str, part: Overridable) -> str:
    default = in_words(part, part.default)
    return f"{path} — {default[:70]}" if default else path


class PartForm(WagtailAdminModelForm):
    """One list stands for the procedure and the path; a part that is gone stays choosable until it is changed."""

    words = True
    stands_for: ClassVar[dict[str | None, str]] = {"path": "target", "procedure": "target"}
    target = forms.ChoiceField(label=_("Part of a procedure"), choices=list)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = part_choices(words=self.words)
        if self.instance.path:
            here = f"{self.instance.procedure}{SEPARATOR}{self.instance.path}"
            self.initial["target"] = here
            if not any(here == value for _group, parts in choices[1:] for value, _name in parts):
                choices.append((here, here))
        self.fields["target"].choices = choices

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        procedure, found, path = cleaned.get("target", "").partition(SEPARATOR)
        if found:
            self.instance.procedure, self.instance.path = procedure, path
            if self._is_taken(cleaned):
                self.add_error("target", _("This part already has a row. Change that one."))
        return cleaned

    def add_error(self, field: str | None, error: Any) -> None:
        """What the model says of its own fields is said beside what stands for them here, once."""
        for name, faults in getattr(error, "error_dict", {field: error}).items():
            shown = self.stands_for.get(name, name)
            if shown not in self.errors:
                super().add_error(None if shown == NON_FIELD_ERRORS else shown, faults)

    def _is_taken(self, cleaned: dict[str, Any]) -> bool:
        same = type(self.instance).objects.filter(procedure=self.instance.procedure, path=self.instance.path)
        return same.exclude(pk=self.instance.pk).exists()


class ValueForm(PartForm):
    """Which of these is read depends on the part chosen; the others stay empty."""

    words = False
    stands_for: ClassVar[dict[str | None, str]] = PartForm.stands_for | {"value": "number"}
    number = forms.DecimalField(
        label=pgettext_lazy("kind of value", "Number"),
        required=False,
        min_value=0,
        help_text=_("A delay in the unit of the list, a fee in dinars, or the new figure."),
    )
    asked = forms.ChoiceField(
        label=_("A paper is asked"), choices=[("", "—"), ("yes", _("Yes")), ("no", _("No"))], required=False
    )
    table = forms.JSONField(
        label=_("A list or a table"), required=False, help_text=_("Only for a figure that is a list, in JSON.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial |= self._as_typed(self.instance.value)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        part = parts_of(self.instance.procedure).get(self.instance.path)
        if part:
            try:
                self.instance.value = self._as_stored(part, cleaned)
            except ValidationError as fault:
                self.add_error("asked" if part.kind == "yes_no" else "number", fault)
        return cleaned

    def _is_taken(self, cleaned: dict[str, Any]) -> bool:
        same = type(self.instance).objects.filter(
            procedure=self.instance.procedure, path=self.instance.path, since=cleaned.get("since")
        )
        return same.exclude(pk=self.instance.pk).exists()

    def _as_stored(self, part: Overridable, cleaned: dict[str, Any]) -> Any:
        number: Decimal | None = cleaned.get("number")
        if part.kind == "yes_no":
            if not cleaned.get("asked"):
                raise ValidationError(_("Choose yes or no."))
            return cleaned["asked"] == "yes"
        if part.kind == "value" and cleaned.get("table") is not None:
            return cleaned["table"]
        if number is None:
            raise ValidationError(_("Enter the number."))
        if part.kind == "money":
            number *= MILLIMES
        if number % 1 and part.kind != "value":
            raise ValidationError(_("Enter a whole number, or a fee with three decimals at most."))
        return float(number) if number % 1 else int(number)

    def _as_typed(self, value: Any) -> dict[str, Any]:
        if isinstance(value, bool):
            return {"asked": "yes" if value else "no"}
        if isinstance(value, int) and self.instance.path == "fee":
            return {"number": Decimal(value) / MILLIMES}
        if isinstance(value, int | float):
            return {"number": value}
        return {} if value is None else {"table": json.dumps(value, ensure_ascii=False)}
