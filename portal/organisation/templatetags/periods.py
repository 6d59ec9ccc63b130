"""Days and quantities as people say them: a page names the last day with, and writes no zero that says nothing."""

from datetime import date, timedelta
from decimal import Decimal

from django import template

register = template.Library()


@register.filter
def last_day(until: date | None) -> date | None:
    """The day before the one on which a period does not hold any more."""
    return until - timedelta(days=1) if until else None


@register.filter
def short(number: Decimal) -> Decimal | int:
    """Hours or a mark: 12.50 is 12.5, and 12.00 is 12."""
    return int(number) if number == int(number) else Decimal(format(number.normalize(), "f"))
