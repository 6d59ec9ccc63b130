"""What allauth's scripts for keys read from a page: data, never code."""

from django import template
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def on_load(function: str, **ids: str) -> SafeString:
    """Names the function that runs when the page is loaded, and the elements that it works on."""
    data = json_script({"ids": ids})
    opening = format_html('<script data-allauth-onload="{}" ', function)
    return SafeString(data.replace("<script ", opening, 1))
