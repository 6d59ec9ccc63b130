"""Where a period stands today, and the name and the source of a thing in the language of the page."""

from typing import Any

from django import template
from django.utils.translation import get_language, pgettext

from portal.administration.forms.days import WEEKDAYS
from portal.administration.people import standing_of
from procedures.timekeeping.words import source_in_words

register = template.Library()


@register.simple_tag
def standing(membership: Any) -> str:
    """ "now", "ahead" or "over"."""
    return standing_of(membership)


@register.simple_tag
def named(thing: Any) -> str:
    """The name of a row that has one in each language."""
    return str(getattr(thing, f"name_{(get_language() or 'ar')[:2]}"))


@register.simple_tag
def source_of(holiday: Any) -> str:
    """Where a holiday is written: in the language of the page what the portal brought, as it was typed else."""
    return source_in_words(holiday.source)


@register.simple_tag
def weekdays(days: list[int]) -> str:
    """The names of days of the week, 0 Monday to 6 Sunday."""
    names = dict(WEEKDAYS)
    return pgettext("list", ", ").join(str(names[day]) for day in days)
