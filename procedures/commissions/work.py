"""Work of this room: sending the opinions of a signed session to their cases."""

from django.contrib.auth import get_user_model

from procedures.commissions.services.carrying import carry_opinion
from procedures.jobs.registry import handles


@handles("commissions.carry", atomic=True)
def carry(item_id: int, by: int | None = None) -> None:
    carry_opinion(item_id=item_id, by=get_user_model().objects.get(pk=by) if by else None)
