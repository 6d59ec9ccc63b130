"""Forms as Qallaline draws them: a renderer, errors that carry an id, a summary that leads to each, three-box dates."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.utils import ErrorList
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

STOCK_WIDGETS = "django/forms/widgets/"
OWN_WIDGETS = "design/forms/widgets/"
TICKED = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple)


class Errors(ErrorList):
    template_name = "design/forms/errors.html"


class QallalineBoundField(BoundField):
    """A field with its value, which knows how it is to be drawn."""

    @property
    def kind(self) -> str:
        widget = self.field.widget
        if isinstance(widget, forms.FileInput):
            return "file"
        return "checkbox" if isinstance(widget, forms.CheckboxInput) else "control"

    @property
    def first_control(self) -> str:
        """The id to which a link of the summary leads: the first box or option of a field that has several."""
        return f"{self.auto_id}_0" if self.use_fieldset else self.id_for_label or self.auto_id

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        attrs = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        if not isinstance(widget, (*TICKED, forms.FileInput, forms.MultiWidget)):
            attrs["class"] = f"inp {widget.attrs.get('class', '')}".strip()
        return attrs


class QallalineRenderer(TemplatesSetting):
    """Stock widgets are drawn by our template of the same name where there is one."""

    form_template_name = "design/forms/form.html"
    field_template_name = "design/forms/field.html"
    bound_field_class = QallalineBoundField

    def get_template(self, template_name: str) -> Any:
        if template_name.startswith(STOCK_WIDGETS):
            try:
                return super().get_template(template_name.replace(STOCK_WIDGETS, OWN_WIDGETS, 1))
            except TemplateDoesNotExist:
                pass
        return super().get_template(template_name)


if TYPE_CHECKING:
    _Form = forms.BaseForm
else:
    _Form = object  # a mixin: the form itself comes after it


class QallalineForm(_Form):
    """To be mixed in before `forms.Form`: the look, and no browser bubbles in a language that the page is not in."""

    default_renderer = QallalineRenderer()
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("error_class", Errors)
        super().__init__(*args, **kwargs)

    @property
    def error_summary(self) -> SafeString:
        return error_summary(self)


def error_summary(*asked: Any) -> SafeString:
    """Every error of these forms and formsets, each a link to the control that mends it; empty where there is none."""
    items = [item for each in asked for item in _errors_of(each)]
    return SafeString(render_to_string("design/forms/error_summary.html", {"items": items})) if items else SafeString()


def _errors_of(asked: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(asked, forms.BaseFormSet):
        yield from (("", message) for message in asked.non_form_errors())
        for form in asked.forms:
            yield from _errors_of(form)
        return
    yield from (("", message) for message in asked.non_field_errors())
    for field in asked:
        target = field.first_control if isinstance(field, QallalineBoundField) else field.id_for_label
        yield from ((target, message) for message in field.errors)


class YesNo(forms.RadioSelect):
    """Two options in words, for a NullBooleanField: unanswered is neither."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, choices=(("True", _("Yes")), ("False", _("No"))))


class ThreeBoxDate(forms.MultiWidget):
    """Day, month and year typed in three boxes; whatever was typed comes back as it was, valid or not."""

    template_name = "design/forms/widgets/three_box_date.html"
    use_fieldset = True
    titles: Mapping[str, Any] = {
        "day": pgettext_lazy("part of a date", "Day"),
        "month": pgettext_lazy("part of a date", "Month"),
        "year": pgettext_lazy("part of a date", "Year"),
    }

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({part: forms.TextInput() for part in self.titles}, attrs)

    def decompress(self, value: Any) -> list[str]:
        if isinstance(value, date):
            return [str(value.day), str(value.month), str(value.year)]
        year, month, day = [*str(value or "").split("-", 2), "", "", ""][:3]
        return [day, month, year]

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        day, month, year = (_digits(typed) for typed in super().value_from_datadict(data, files, name))
        return f"{year}-{month}-{day}" if day or month or year else ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        autofill = self.attrs.get("autocomplete", "off")
        for box, (part, title) in zip(context["widget"]["subwidgets"], self.titles.items(), strict=True):
            box["title"] = title
            box["attrs"] |= {
                "class": "inp w-4" if part == "year" else "inp w-2",
                "inputmode": "numeric",
                "dir": "ltr",
                "autocomplete": f"bday-{part}" if autofill == "bday" else "off",
            }
        return context


class DayInAddress(ThreeBoxDate):
    """A day of a filter: typed in three boxes, or written whole (2026-11-29) as links and kept filters have it."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        return super().value_from_datadict(data, files, name) or data.get(name, "")


def _digits(typed: Any) -> str:
    """What was typed, Arabic-Indic digits as Western ones, a hyphen kept apart from those that part the boxes."""
    text = "".join(str(int(sign)) if sign.isdigit() and sign.isdecimal() else sign for sign in str(typed or "").strip())
    return text.replace("-", "\u2010")


def autocomplete(forms_shown: Iterable[Any], names: Mapping[str, str]) -> None:
    """Tell browsers what a field holds (WCAG 1.3.5): `names` maps a field's name to its autocomplete token."""
    for form in forms_shown:
        for field, token in names.items():
            if field in form.fields:
                form.fields[field].widget.attrs["autocomplete"] = token
