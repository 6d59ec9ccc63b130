"""Giving an account back at a desk: a paper seen, a code read out from the new address, and everything old stopped."""

import secrets
from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from notifications.services import send_later, send_secret
from portal.accounts.models import Recovery, User
from portal.accounts.phones import as_international
from procedures.audit.services import append
from procedures.offices.models import Membership, Role
from procedures.offices.selectors import roles_of

CODE_LIFE = timedelta(minutes=15)
ATTEMPTS = 5


class NotRecovered(Exception):
    """Why not, in a sentence for the officer."""


def find_account(typed: str) -> User:
    """The one account of an e-mail or a telephone typed in full."""
    by = {"email": typed.strip().lower()} if "@" in typed else {"phone": _phone(typed)}
    user = User.objects.filter(**by).first()
    if user is None:
        raise NotRecovered(_("No account has this e-mail or telephone. Ask the person which one they gave at sign-up."))
    if not user.is_active:
        raise NotRecovered(_("This account was closed. Only an administrator opens it again."))
    return user


@transaction.atomic
def begin_recovery(*, typed: str, paper_seen: str, new_email: str, by: User) -> Recovery:
    """Sends a code to the new address; nothing of the account changes yet."""
    account = find_account(typed)
    new_email = new_email.strip().lower()
    if account == by:
        raise NotRecovered(_("This is your own account. A colleague must do it."))
    if works_for_the_state(account) and Role.ADMINISTRATOR not in roles_of(by):
        raise NotRecovered(_("This is an account of staff. Only an administrator gives it back."))
    if User.objects.filter(email=new_email).exists() or EmailAddress.objects.filter(email=new_email).exists():
        raise NotRecovered(_("Another account uses this new e-mail. Ask the person for another one."))
    code = f"{secrets.randbelow(10**6):06d}"
    recovery = Recovery.objects.create(
        account=account,
        new_email=new_email,
        paper_seen=paper_seen,
        code_digest=make_password(code),
        asked_by=by,
        asked_at=timezone.now(),
    )
    append(action="account.recovery_asked", subject=("account", str(account.pk)), actor=by, data={"paper": paper_seen})
    _send_code(recovery, code)
    return recovery


def complete_recovery(*, recovery: Recovery, code: str, by: User) -> User:
    """The new address holds; the old password, sessions and, for staff, the second factor do not."""
    _count_attempt(recovery, by)
    if not check_password("".join(code.split()), recovery.code_digest):
        raise NotRecovered(
            _("This code is not the one we sent. Ask the person for the six digits of the latest message.")
        )
    with transaction.atomic():
        account = User.objects.select_for_update().get(pk=recovery.account_id)
        if User.objects.filter(email=recovery.new_email).exclude(pk=account.pk).exists():
            raise NotRecovered(_("Another account uses this new e-mail. Ask the person for another one."))
        old = [("email", account.email), ("sms", account.phone if account.phone_verified else None)]
        account.email, account.phone, account.phone_verified = recovery.new_email, None, False
        account.set_unusable_password()
        account.save(update_fields=("email", "phone", "phone_verified", "password"))
        EmailAddress.objects.filter(user=account).delete()
        EmailAddress.objects.create(user=account, email=recovery.new_email, verified=True, primary=True)
        _close_other_doors(account)
        recovery.completed_at = timezone.now()
        recovery.code_digest = ""
        recovery.save(update_fields=("completed_at", "code_digest"))
        append(
            action="account.recovered",
            subject=("account", str(account.pk)),
            actor=by,
            data={"paper": recovery.paper_seen, "recovery": recovery.pk},
        )
        for channel, address in old:
            if address:
                _warn(recovery, channel, address)
        end_sessions(account)
    return account


def _close_other_doors(account: User) -> None:
    """What opens a session alone: passkeys, national identity. A second factor stays, but for staff it is lost too."""
    SocialAccount.objects.filter(user=account).delete()
    factors = Authenticator.objects.filter(user=account)
    if not works_for_the_state(account):
        factors = factors.filter(type=Authenticator.Type.WEBAUTHN)
    factors.delete()


def end_sessions(account: User) -> None:
    for session in UserSession.objects.filter(user=account):
        session.end()


def works_for_the_state(account: User) -> bool:
    """Staff, editors, and anyone who ever held a role: their accounts open other people's files."""
    held_once = Membership.objects.filter(person=account).exists()
    return account.is_staff or account.is_superuser or held_once or account.groups.exists()


def _count_attempt(recovery: Recovery, by: User) -> None:
    """Counted before the code is compared, outside any transaction that a wrong code would undo."""
    late = timezone.now() - recovery.asked_at > CODE_LIFE
    if recovery.completed_at or late or recovery.attempts >= ATTEMPTS or recovery.asked_by_id != by.pk:
        raise NotRecovered(_("This code no longer works. Begin again: a new one is sent."))
    taken = Recovery.objects.filter(pk=recovery.pk, completed_at=None, attempts__lt=ATTEMPTS)
    if not taken.update(attempts=F("attempts") + 1):  # in one statement: guesses sent at once are counted each
        raise NotRecovered(_("This code no longer works. Begin again: a new one is sent."))


def _send_code(recovery: Recovery, code: str) -> None:
    language = recovery.account.language
    with translation.override(language):
        body = _("You are at a desk to get your account back. Read this code to the officer:")
        stop = _("If you are not at a desk, do nothing.")
        send_secret(
            key=f"recovery:{recovery.pk}",
            address=recovery.new_email,
            language=language,
            subject=_("Your code to get your account back"),
            paragraphs=(body, code, stop),
        )


def _warn(recovery: Recovery, channel: str, address: str) -> None:
    language = recovery.account.language
    with translation.override(language):
        send_later(
            key=f"recovered:{recovery.pk}:{channel}",
            channel=channel,
            address=address,
            language=language,
            subject=_("Your account now has another e-mail"),
            body=_(
                "An officer gave your account back at a desk, against an identity paper. If this was not you, call us."
            ),
        )


def _phone(typed: str) -> str:
    try:
        return as_international(typed)
    except ValidationError:
        return ""
