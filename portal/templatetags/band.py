"""What the pages of a practice space show: its band, which asks nothing of anybody, and whom one can try."""

from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest

from portal.accounts.second_step import code_of_the_moment
from portal.demonstration.accounts import PASSWORD
from portal.practice.people import accounts

register = template.Library()


@register.inclusion_tag("practice/band.html", takes_context=True)
def practice_band(context: template.Context) -> dict[str, Any]:
    """On every page, those for what went wrong too; officers find from each the room that gives them cases."""
    practice = settings.TAKWIN_PRACTICE
    return {"practice": practice, "has_room": practice and bool(context.get("serves_in_office"))}


@register.inclusion_tag("practice/at_the_door.html")
def practice_accounts() -> dict[str, Any]:
    """On the page for logging in."""
    return {"accounts": accounts(), "password": PASSWORD} if settings.TAKWIN_PRACTICE else {}


@register.inclusion_tag("practice/second_step.html")
def practice_code(request: HttpRequest) -> dict[str, Any]:
    """On the page that asks for the second factor: nobody has the telephone of an invented person."""
    return {"code": code_of_the_moment(request) if settings.TAKWIN_PRACTICE else ""}
