"""Which way something that a person typed reads, for paper: its first letter says."""

import unicodedata

from django import template

register = template.Library()


@register.filter
def base_direction(text: str) -> str:
    """ "rtl" where the first letter is Arabic, "ltr" where it is Latin or there is none."""
    signs = (unicodedata.bidirectional(sign) for sign in str(text))
    first = next((sign for sign in signs if sign in ("L", "R", "AL")), "L")
    return "ltr" if first == "L" else "rtl"
