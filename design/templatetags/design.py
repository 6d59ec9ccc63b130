"""Numbers, dates, codes and icons as every page writes them, in both directions of reading."""

import re
from datetime import date as Day
from datetime import datetime
from typing import Any

from django import template
from django.utils import formats, timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from design.icons import DIRECTIONAL, ICONS

register = template.Library()

# A number of a written page; the digits of a character reference (&#x27; is an apostrophe) and of a tag are none.
NUMBER = re.compile(r"<[^>]*>|&#?\w+;|(\d+(?:[:.,\u00a0]\d+)*)")
FIRST = re.compile(r"\b1(?= )")  # French says "1er janvier", and no other day so
WRITTEN = {"day": "DATE_FORMAT", "moment": "DATETIME_FORMAT", "time": "TIME_FORMAT"}
KIB = 1024


@register.simple_tag
def num(value: Any) -> SafeString:
    """A number grouped by a no-break space and held together, or any short text of digits and signs, as it is."""
    written = formats.number_format(value, use_l10n=True, force_grouping=True) if _is_number(value) else value
    return format_html('<span class="num">{}</span>', "" if written is None else written)


@register.simple_tag
def date(value: Day | datetime | None, style: str = "day") -> SafeString:
    """A day in words ("day"), with its weekday ("weekday"), with the hour ("moment"), or the hour alone ("time")."""
    if not value:
        return SafeString("")
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    if style == "weekday":
        written = f"{formats.date_format(value, 'l')} {formats.date_format(value, 'DATE_FORMAT')}"
    else:
        written = formats.date_format(value, WRITTEN[style])
    if value.day == 1 and get_language() == "fr" and style != "time":
        written = FIRST.sub("1er", written, count=1)
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), _numbers_held(written))


@register.simple_tag
def code(value: Any) -> SafeString:
    """An identifier, telephone, address or file name: always read from left to right."""
    return format_html('<bdi dir="ltr">{}</bdi>', "" if value is None else value)


@register.simple_tag
def held(text: Any) -> SafeString:
    """A sentence whose numbers must not be torn from their place in a right-to-left line."""
    return _numbers_held(text)


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """A decorative icon; the words beside it say the same."""
    classes = " ".join(["i", *(["i-dir"] if name in DIRECTIONAL else []), *([extra] if extra else [])])
    drawing = '<svg class="{}" viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>'
    return format_html(drawing, classes, ICONS[name])


@register.filter("bytes")
def file_size(size: int) -> str:
    """A file's size in the units people know, for example "1,2 Mo"."""
    if size >= KIB * KIB:
        return _("%(size)s MB") % {"size": formats.number_format(round(size / KIB / KIB, 1), 1)}
    return _("%(size)s kB") % {"size": formats.number_format(max(1, round(size / KIB)))}


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) or type(value).__name__ == "Decimal"


def _numbers_held(text: Any) -> SafeString:
    escaped = str(conditional_escape(text))
    return SafeString(
        NUMBER.sub(lambda found: f'<span class="num">{found[1]}</span>' if found[1] else found[0], escaped)
    )
