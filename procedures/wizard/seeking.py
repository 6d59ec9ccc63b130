"""A question that is looked up by words: a box and a button, and what was found as options in place of the list."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from procedures.fields import Found, Searched
from procedures.wizard.pages import Page

WORDS = "sought."  # and the name of the question: what was typed in its box; no answer, so it is not kept
BUTTON = "seek"
LONGEST = 80
MOST = 20


class Lookup(forms.Widget):
    """The widget of a question with its search; nothing is read from the register before words are given."""

    template_name = "wizard/lookup.html"

    def __init__(self, field: Searched, words: str, *, pressed: bool) -> None:
        super().__init__(field.widget.attrs)
        self.plain, self.field, self.words, self.pressed = field.widget, field, words, pressed
        self.language = (get_language() or "ar")[:2]
        rows = list(field.found(words, self.language, most=MOST + 1)) if words else []
        self.more, self.found = len(rows) > MOST, rows[:MOST]
        self.use_fieldset = bool(rows)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return self.plain.value_from_datadict(data, files, name)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return self.plain.value_omitted_from_data(data, files, name)

    def id_for_label(self, id_: str, index: Any = None) -> str:
        return "" if self.use_fieldset else self.plain.id_for_label(id_)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        context = self.get_context(name, value, attrs) | {
            "words_name": f"{WORDS}{name}",
            "button": BUTTON,
            "name": name,
            "words": self.words,
            "found": self.options(value),
            "count": len(self.found),
            "more": self.more,
            "most": MOST,
            "nothing": bool(self.words) and not self.found,
            "wordless": self.pressed and not self.words,
            "plain": "" if self.found else self.plain.render(name, value, attrs, renderer),
        }
        return self._render(self.template_name, context, renderer)  # type: ignore[attr-defined]  # Django's own

    def options(self, value: Any) -> list[tuple[Found, bool, bool]]:
        """What was found, each with whether it is chosen; first what was chosen before and is not found now."""
        if not self.found:
            return []
        chosen = str(value or "")
        known = {each.value for each in self.found}
        before = [self.field.found_by_value(chosen, self.language)] if chosen and chosen not in known else []
        return [(each, each.value == chosen, each in before) for each in [*before, *self.found]]


def offer(page: Page, posted: QueryDict) -> None:
    """Put the search beside every question of the page that can be looked up."""
    for form in page.every_form():
        for name, field in () if form.shut else form.fields.items():
            if isinstance(field, Searched):
                html_name = form.add_prefix(name)
                words = posted.get(f"{WORDS}{html_name}", "").replace("\0", "").strip()[:LONGEST]
                field.widget = Lookup(field, words, pressed=posted.get(BUTTON) == html_name)
