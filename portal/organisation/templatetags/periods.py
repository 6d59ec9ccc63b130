"""Days of periods as people say them: the register keeps the first day without, a page names the last day with."""

from datetime import date, timedelta

from django import template

register = template.Library()


@register.filter
def last_day(until: date | None) -> date | None:
    """The day before the one on which a period does not hold any more."""
    return until - timedelta(days=1) if until else None
