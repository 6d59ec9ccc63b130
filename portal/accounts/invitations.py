"""People asked to serve in an office: a secret link by e-mail, which makes the account and the appointment once."""

import hashlib
import secrets
from datetime import date, timedelta
from typing import Any
from urllib.parse import urljoin

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from notifications.services import send_secret
from portal.accounts.models import Invitation, User
from portal.accounts.services import create_account
from procedures.audit.services import append
from procedures.offices.guards import demand_administrator
from procedures.offices.models import Office, Role
from procedures.offices.selectors import roles_of
from procedures.offices.services import appoint
from procedures.refusal import Refusal

LIFE = timedelta(days=7)


def open_invitations() -> QuerySet[Invitation]:
    """Invitations that wait for an answer, also those whose link is too old by now, the latest first."""
    waiting = Invitation.objects.filter(accepted_at=None, withdrawn_at=None)
    return waiting.select_related("office", "invited_by").order_by("-sent_at", "-pk")


@transaction.atomic
def invite(
    *,
    email: str,
    name: str,
    language: str,
    office: Office,
    role: str,
    by: User,
    since: date | None = None,
    until: date | None = None,
) -> Invitation:
    """Ask somebody to serve in an office, by a link that works for seven days.

    Raises Refusal (the address has an account or an open invitation, the office is closed, the days are not right).
    """
    demand_administrator(by)
    email, since = email.strip().lower(), since or timezone.localdate()
    Office.objects.select_for_update().get(pk=office.pk)
    _refuse_account(email)
    if open_invitations().filter(email=email).exists():
        raise Refusal(_("This e-mail is invited already. Send that invitation again, or withdraw it first."), "email")
    if not office.is_open:
        raise Refusal(_("This office is closed. Open it again, or choose another one."), "office")
    if since < timezone.localdate():
        raise Refusal(_("Rights are not given for days that are past. Enter today or a later day."), "since")
    if until is not None and until <= since:
        raise Refusal(_("The end lies before the beginning. Enter a later day."), "until")
    now = timezone.now()
    secret = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=email,
        name=name,
        language=language,
        office=office,
        role=Role(role),
        since=since,
        until=until,
        secret_digest=_digest(secret),
        invited_by=by,
        invited_at=now,
        sent_at=now,
        expires_at=now + LIFE,
    )
    _record("account.invite", invitation, by)
    _send(invitation, secret)
    return invitation


@transaction.atomic
def send_again(*, invitation: Invitation, by: User) -> Invitation:
    """A new link, for seven more days; the one before opens nothing. Raises Refusal (no longer open)."""
    demand_administrator(by)
    held = _open(invitation.pk)
    secret = secrets.token_urlsafe(32)
    held.secret_digest, held.sent_at = _digest(secret), timezone.now()
    held.expires_at, held.invited_by = held.sent_at + LIFE, by
    held.save(update_fields=("secret_digest", "sent_at", "expires_at", "invited_by"))
    _record("account.invite_again", held, by)
    _send(held, secret)
    return held


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: User) -> Invitation:
    """The link opens nothing from now on. Raises Refusal (no longer open)."""
    demand_administrator(by)
    held = _open(invitation.pk)
    held.withdrawn_at = timezone.now()
    held.save(update_fields=("withdrawn_at",))
    _record("account.withdraw_invitation", held, by)
    return held


def invitation_of(secret_digest: str) -> Invitation | None:
    """The invitation that a link opens today: open, young enough, and its inviter may still give rights."""
    found = open_invitations().filter(secret_digest=secret_digest, expires_at__gt=timezone.now()).first()
    return found if found and Role.ADMINISTRATOR in roles_of(found.invited_by) else None


@transaction.atomic
def accept(*, secret_digest: str, name: str, password: str, language: str) -> User:
    """Make the account of whoever holds the link, and appoint it. Raises Refusal (the link opens nothing any more)."""
    Invitation.objects.select_for_update().filter(secret_digest=secret_digest).first()
    invitation = invitation_of(secret_digest)
    if invitation is None:
        raise Refusal(_("This link opens nothing any more. Ask the administrator for a new one."))
    _refuse_account(invitation.email)  # two who invited at once made two links: the first that is used counts
    account = create_account(email=invitation.email, name=name, language=language, password=password)
    invitation.accepted_at, invitation.account = timezone.now(), account
    invitation.save(update_fields=("accepted_at", "account"))
    _record("account.accept_invitation", invitation, account)
    appoint(
        person=account,
        office=invitation.office,
        role=invitation.role,
        since=max(invitation.since, timezone.localdate()),
        until=invitation.until,
        by=invitation.invited_by,
    )
    return account


def digest_of(secret: str) -> str:
    """What is kept of a secret link, here and in the session that opened it."""
    return _digest(secret)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _open(pk: int) -> Invitation:
    held = Invitation.objects.select_for_update().get(pk=pk)
    if held.accepted_at or held.withdrawn_at:
        raise Refusal(_("This invitation was accepted or withdrawn already. Nothing changed."))
    return held


def _refuse_account(email: str) -> None:
    if User.objects.filter(email=email).exists() or EmailAddress.objects.filter(email=email).exists():
        raise Refusal(_("This e-mail has an account already. Find the person, then appoint them there."), "email")


def _record(action: str, invitation: Invitation, by: Any) -> None:
    data = {"office": invitation.office.code, "role": invitation.role, "account": invitation.account_id}
    append(action=action, subject=invitation, actor=by, data=data)


def _send(invitation: Invitation, secret: str) -> None:
    language = invitation.language
    with translation.override(language):
        path = reverse("accounts:invitation", kwargs={"secret": secret})
        words = {"office": invitation.office, "until": date_format(timezone.localtime(invitation.expires_at))}
        opening = _("You are asked to serve in this office: %(office)s.") % words
        doing = _("Open this link, choose a password and add a second factor:")
        ending = _("The link works until %(until)s, once. If you do not know what this is about, do nothing.") % words
        send_secret(
            key=f"invitation:{invitation.pk}:{invitation.secret_digest[:16]}",
            address=invitation.email,
            language=language,
            subject=_("Your staff account"),
            paragraphs=(opening, doing, urljoin(settings.TAKWIN_PUBLIC_URL, path), ending),
            good_until=invitation.expires_at,
        )
