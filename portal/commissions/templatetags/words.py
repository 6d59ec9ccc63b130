"""Words kept in several languages, read in one."""

from django import template

register = template.Library()


@register.filter
def said(words: dict[str, str], language: str) -> str:
    return words.get(language) or words.get("ar", "")
