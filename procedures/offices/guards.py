"""Who changes rights, and what no change may do: raise one's own, or leave the portal without an administrator."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from procedures.offices.models import Membership, Role
from procedures.offices.selectors import in_force, roles_of
from procedures.refusal import Refusal


class NotAdministrator(Refusal):
    """Only administrators change offices, rights and lists."""

    def __init__(self) -> None:
        super().__init__(_("Only an administrator does this. Nothing changed."))


class OwnRights(Refusal):
    """Nobody gives rights to themselves."""

    def __init__(self) -> None:
        super().__init__(_("These are your own rights. Another administrator must give them."))


class LastAdministrator(Refusal):
    """Somebody must stay who can give rights back."""

    def __init__(self) -> None:
        super().__init__(
            _("Nobody else administers the portal without an end date. Appoint another administrator, then try again.")
        )


def demand_administrator(by: Any) -> None:
    """Raises NotAdministrator unless `by` administers the portal today; commands act as nobody (None) and pass."""
    if by is not None and Role.ADMINISTRATOR not in roles_of(by):
        raise NotAdministrator


def refuse_own(person: Any, by: Any) -> None:
    """Raises OwnRights where `by` is the person who would gain; commands act as nobody and pass."""
    if by is not None and by.pk == person.pk:
        raise OwnRights


def keep_an_administrator(*, without: Q) -> None:
    """Raises LastAdministrator unless somebody active still administers, today and with no end, apart from `without`.

    Call it inside the transaction that takes the right away: it locks every administrator's membership, so that two
    administrators who remove one another at once are heard one after the other.
    """
    administrators = Membership.objects.filter(role=Role.ADMINISTRATOR)
    list(administrators.select_for_update().order_by("pk"))
    lasting = administrators.filter(in_force(), until__isnull=True, person__is_active=True)
    if not lasting.exclude(without).exists():
        raise LastAdministrator
