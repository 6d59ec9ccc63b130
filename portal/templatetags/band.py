"""The band of a practice space, which asks neither the database nor the context: pages for what went wrong bear it too."""

from typing import Any

from django import template
from django.conf import settings

register = template.Library()


@register.inclusion_tag("practice/band.html")
def practice_band() -> dict[str, Any]:
    return {"practice": settings.TAKWIN_PRACTICE}
