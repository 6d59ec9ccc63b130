"""Where a period stands today, and the name and the source of a thing in the language of the page."""

from typing import Any

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.administration.people import standing_of

register = template.Library()
SOURCES = {"Decree 2021-223 of 7 December 2021": _("Decree 2021-223 of 7 December 2021")}  # of what the portal brings


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
    return str(SOURCES.get(holiday.source, holiday.source))
