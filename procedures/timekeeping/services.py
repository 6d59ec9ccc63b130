"""Change when officers are warned of a date."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from procedures.audit.services import append
from procedures.offices.guards import demand_administrator
from procedures.refusal import Refusal
from procedures.timekeeping.models import WarningSettings


@transaction.atomic
def set_warnings(*, near_at: int, again_after: int, by: Any) -> WarningSettings:
    """Hundredths of the delay at which the first warning goes out, and days between two once the date has passed."""
    demand_administrator(by)
    row = WarningSettings.objects.select_for_update().first() or WarningSettings()
    was = {"near_at": row.near_at, "again_after": row.again_after}
    row.near_at, row.again_after = near_at, again_after
    try:
        row.full_clean()
    except ValidationError as wrong:
        raise Refusal(_("This figure is out of its range."), next(iter(wrong.message_dict))) from None
    row.save()
    now = {"near_at": near_at, "again_after": again_after}
    append(action="warnings.set", subject=row, actor=by, data={"was": was, "now": now})
    return row
