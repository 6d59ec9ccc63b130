"""Where a period stands today, and the name of a thing in the language of the page."""

from typing import Any

from django import template
from django.utils.translation import get_language

from portal.administration.people import standing_of

register = template.Library()


@register.simple_tag
def standing(membership: Any) -> str:
    """ "now", "ahead" or "over"."""
    return standing_of(membership)


@register.simple_tag
def named(thing: Any) -> str:
    """The name of a row that has one in each language."""
    return str(getattr(thing, f"name_{(get_language() or 'ar')[:2]}"))
