"""A lost second factor taken off: one administrator asks after speaking to the person, another one decides."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from notifications.services import send_later
from portal.accounts.closing import about
from portal.accounts.models import FactorReset, User
from portal.accounts.reauthentication import has_second_factor
from portal.accounts.recovery import end_sessions
from procedures.audit.services import append
from procedures.offices.guards import demand_administrator
from procedures.refusal import Refusal

LIFE = timedelta(days=3)


def open_resets() -> QuerySet[FactorReset]:
    """Requests that wait for a second person, the oldest first; one that nobody decides lapses after three days."""
    young = FactorReset.objects.filter(decided_at=None, asked_at__gt=timezone.now() - LIFE)
    return young.select_related("account", "asked_by").order_by("asked_at", "pk")


@transaction.atomic
def ask_reset(*, account: User, reason: str, by: User) -> FactorReset:
    """Ask that the second factor of an account be taken off; nothing changes until another administrator agrees.

    Raises Refusal (one's own account, no second factor, a request that waits already).
    """
    demand_administrator(by)
    if account.pk == by.pk:
        raise Refusal(_("This is your own second factor. Two colleagues must take it off."))
    held = User.objects.select_for_update().get(pk=account.pk)
    if not has_second_factor(held):
        raise Refusal(_("This account has no second factor: its next login asks for one."))
    if open_resets().filter(account=held).exists():
        raise Refusal(_("A request for this account waits already. Another administrator decides on it."))
    FactorReset.objects.filter(account=held, decided_at=None).update(decided_at=timezone.now())  # by nobody: it lapsed
    reset = FactorReset.objects.create(
        account=held, reason=FactorReset.Reason(reason), asked_by=by, asked_at=timezone.now()
    )
    append(action="account.ask_reset", subject=about(held), actor=by, data={"reason": reason, "reset": reset.pk})
    return reset


@transaction.atomic
def decide_reset(*, reset: FactorReset, approve: bool, by: User) -> FactorReset:
    """Take the second factor off and end every session, or leave all as it is; the person is told either way.

    Raises Refusal (the same person asked, one's own account, decided or lapsed already).
    """
    demand_administrator(by)
    account = User.objects.select_for_update().get(pk=reset.account_id)
    held = FactorReset.objects.select_for_update().get(pk=reset.pk)
    if held.decided_at or timezone.now() - held.asked_at > LIFE:
        raise Refusal(_("This request was decided or is too old. Nothing changed."))
    if by.pk == held.asked_by_id:
        raise Refusal(_("You asked for this. Another administrator must decide."))
    if by.pk == account.pk:
        raise Refusal(_("This is your own second factor. Two colleagues must take it off."))
    held.decided_by, held.decided_at, held.approved = by, timezone.now(), approve
    held.save(update_fields=("decided_by", "decided_at", "approved"))
    if approve:
        Authenticator.objects.filter(user=account).delete()
        end_sessions(account)
    _tell(held, account)
    action = "account.reset_factor" if approve else "account.refuse_reset"
    append(action=action, subject=about(account), actor=by, data={"reset": held.pk})
    return held


def _tell(reset: FactorReset, account: User) -> None:
    ways = [("email", account.email), ("sms", account.phone if account.phone_verified else None)]
    with translation.override(account.language):
        taken_off = _("Two administrators took your second factor off. Log in with your password and add a new one.")
        kept = _("Somebody asked to take your second factor off. It was refused and nothing changed.")
        call = _("If you did not ask for this, call us.")
        for channel, address in ways:
            if address:
                send_later(
                    key=f"factor-reset:{reset.pk}:{channel}",
                    channel=channel,
                    address=address,
                    language=account.language,
                    subject=_("About your second factor"),
                    body=f"{taken_off if reset.approved else kept} {call}",
                )
