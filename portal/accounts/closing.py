"""Accounts closed and opened again by an administrator, and sessions that somebody else ends."""

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from portal.accounts.models import User
from portal.accounts.recovery import end_sessions
from procedures.audit.services import append
from procedures.offices.guards import demand_administrator, keep_an_administrator
from procedures.offices.models import Membership, Role
from procedures.refusal import Refusal

REASONS = {
    "left": gettext_lazy("The person left the administration"),
    "away": gettext_lazy("The person is away for long"),
    "suspicion": gettext_lazy("Somebody else may be using the account"),
    "asked": gettext_lazy("The person asked for it"),
    "mistake": pgettext_lazy("reason", "It was entered by mistake"),
}


@transaction.atomic
def deactivate(*, account: User, reason: str, by: User) -> User:
    """Close an account: nobody logs in, every session ends, its roles count for nothing; its acts and files stay.

    `reason`: a code of REASONS. Raises LastAdministrator; Refusal (one's own account, no reason).
    """
    demand_administrator(by)
    if account.pk == by.pk:
        raise Refusal(_("This is your own account. Another administrator must close it."))
    if reason not in REASONS:
        raise Refusal(_("Choose a reason."), "reason")
    held = User.objects.select_for_update().get(pk=account.pk)
    if not held.is_active:
        return held
    if Membership.objects.filter(person=held, role=Role.ADMINISTRATOR).exists():
        keep_an_administrator(without=Q(person=held))
    held.is_active = False
    held.save(update_fields=("is_active",))
    end_sessions(held)
    append(action="account.deactivate", subject=about(held), actor=by, data={"reason": reason})
    return held


@transaction.atomic
def reactivate(*, account: User, by: User) -> User:
    """Open a closed account again, with the roles whose days still run. Raises Refusal (one's own account)."""
    demand_administrator(by)
    if account.pk == by.pk:
        raise Refusal(_("This is your own account. Another administrator must open it."))
    held = User.objects.select_for_update().get(pk=account.pk)
    if not held.is_active:
        held.is_active = True
        held.save(update_fields=("is_active",))
        append(action="account.reactivate", subject=about(held), actor=by)
    return held


def sessions_of(account: User) -> list[UserSession]:
    """Where an account is logged in now, the latest first; sessions that are over are forgotten on the way."""
    return sorted(UserSession.objects.purge_and_list(account), key=lambda session: session.created_at, reverse=True)


@transaction.atomic
def end_session(*, account: User, session: int | None, by: User) -> int:
    """End one session of an account by its number, or all of them (None); how many ended."""
    demand_administrator(by)
    held = User.objects.select_for_update().get(pk=account.pk)
    found = UserSession.objects.filter(user=held, **({} if session is None else {"pk": session}))
    ended = [each.end() for each in found]
    if ended:
        append(action="account.end_sessions", subject=about(held), actor=by, data={"ended": len(ended)})
    return len(ended)


def about(account: User) -> tuple[str, str]:
    """How the audit chain names an account."""
    return ("account", str(account.pk))
