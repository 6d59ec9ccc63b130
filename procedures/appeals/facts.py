"""What a procedure of appeal may ask of the decision that it contests."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from procedures.definition import Fact
from procedures.definition.procedure import CONTESTED


def _last_day(number: str) -> date:
    from procedures.appeals.selectors import last_day_to_appeal as found  # words are read before any table

    return found(number)


last_day_to_appeal = Fact("last_day_to_appeal", (CONTESTED,), _last_day, title=_("Last day to appeal"))
