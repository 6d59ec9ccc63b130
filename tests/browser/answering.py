"""A person at the keyboard: finds each question by its words on the page, answers it, and remembers what they saw."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.utils import translation
from playwright.sync_api import Locator, Page

from procedures.definition import Block, Group, Procedure

MONTHS = {
    "ar": "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "en": "January February March April May June July August September October November December",
}
Seen = list[tuple[str, str]]


class Person:
    """Someone who answers the questions of a procedure in a language; `seen` holds label and answer as shown."""

    def __init__(self, page: Page, procedure: Procedure, language: str, answers: Mapping[str, Any]) -> None:
        self.page, self.procedure, self.language, self.answers = page, procedure, language, answers
        self.seen: Seen = []

    def answer_page(self) -> None:
        """Answer every block on the page, with as many rows in a group as there are answers."""
        for code in self.blocks_shown():
            block = self.procedure.blocks[code].block
            if isinstance(block, Group):
                self.answer_rows(block)
            else:
                self.answer_block(block, self.page.locator(f"#block-{code}"), self.answers[code])

    def blocks_shown(self) -> list[str]:
        shown = self.page.locator("section[id^='block-']")
        return [str(one.get_attribute("id")).removeprefix("block-") for one in shown.all()]

    def answer_rows(self, group: Group) -> None:
        rows = self.page.locator(f"#block-{group.code} ol.rep > li")
        for position, answers in enumerate(self.answers.get(group.code, [])):
            if rows.count() <= position:
                press(self.page.locator(f"button[name=add][value='{group.code}']"))
            self.answer_block(group, rows.nth(position), answers)

    def answer_block(self, block: Block, scope: Locator, answers: Mapping[str, Any]) -> None:
        for name, field in block.asks.questions().items():
            value = answers.get(name)
            if value is not None:
                with translation.override(self.language):
                    label, options = str(field.label), {str(code): str(text) for code, text in options_of(field)}
                self.seen.append((label, answer(scope, label, value, options, self.language)))

    def go_on(self) -> None:
        press(self.page.locator("button.btn-big[name=next]"))


def press(way: Locator) -> None:
    """Click a link or a button, and wait for the page to which it leads."""
    with way.page.expect_navigation():
        way.click()


def step_of(page: Page) -> str:
    """The page of the wizard at hand, by the last word of its address."""
    return urlsplit(page.url).path.rstrip("/").rsplit("/", 1)[-1]


def answer(scope: Locator, label: str, value: Any, options: Mapping[str, str], language: str) -> str:
    """Type or choose `value` in the question called `label`; gives back how it will be read."""
    if isinstance(value, bool):
        return tick(scope, label, value, options)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", str(value)):
        return type_date(scope, label, date.fromisoformat(value), language)
    group = scope.get_by_role("group", name=label, exact=True)
    if str(value) in options and group.count():
        group.get_by_role("radio", name=options[str(value)], exact=True).check()
        return options[str(value)]
    box = scope.get_by_label(called(label))
    if box.evaluate("node => node.tagName") == "SELECT":
        box.select_option(**value) if isinstance(value, dict) else box.select_option(str(value))
        return str(box.locator("option:checked").text_content()).strip()
    box.press("Control+a")
    box.press_sequentially(str(value))
    return str(value)


def tick(scope: Locator, label: str, value: bool, options: Mapping[str, str]) -> str:
    group = scope.get_by_role("group", name=label, exact=True)
    if group.count():
        group.get_by_role("radio").nth(0 if value else 1).check()
    else:
        scope.get_by_role("checkbox", name=label, exact=True).set_checked(value)
    return ""


def type_date(scope: Locator, label: str, day: date, language: str) -> str:
    boxes = scope.get_by_role("group", name=label, exact=True).get_by_role("textbox")
    for position, part in enumerate((day.day, day.month, day.year)):
        boxes.nth(position).press("Control+a")
        boxes.nth(position).press_sequentially(str(part))
    return f"{day.day} {MONTHS[language].split()[day.month - 1]} {day.year}"


def called(label: str) -> re.Pattern[str]:
    """A label, with or without the word that says it may stay empty."""
    return re.compile(rf"^\s*{re.escape(label)}\s*(\(\w+\))?\s*$")


def options_of(field: Any) -> Iterable[tuple[Any, Any]]:
    """The answers that the procedure itself names; those of a register are read off the page."""
    choices: Mapping[Any, Any] = field.options.get("choices") or {}
    return choices.items()


def bare(text: str) -> str:
    """Without spaces and marks of direction, which change from screen to screen."""
    return re.sub(r"[\s\u00a0\u202f\u200e\u200f\u2066-\u2069]", "", text)
