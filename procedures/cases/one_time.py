"""One-time codes for acts that bind: given to one person for one act on one version, good once and for minutes."""

import secrets
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from procedures.audit.services import append
from procedures.cases.errors import CaseError
from procedures.cases.models import OneTimeCode

LIFE = timedelta(minutes=10)
ATTEMPTS = 5
MOST_IN_AN_HOUR = 6
HOUR = timedelta(hours=1)
FILE = "file"


class TooManyCodes(CaseError):
    def __str__(self) -> str:
        return _("Several codes were sent already. Use the latest one, or wait an hour. Nothing is lost.")


class WrongCode(CaseError):
    def __str__(self) -> str:
        return _("This is not the code that we sent. Copy the six digits of the latest message.")


class CodeOver(CaseError):
    def __str__(self) -> str:
        return _("This code opens nothing any more. Ask for a new one: your answers are kept.")


@transaction.atomic
def give_code(*, person: Any, act: str, about: str) -> tuple[OneTimeCode, str]:
    """A new code of six digits, and its row; those given before for the same act open nothing from now on.

    `about` names what is done and its version, so that what changed since needs another code. The caller sends the
    digits, which are kept nowhere, within the same transaction. Raises TooManyCodes.
    """
    now = timezone.now()
    get_user_model().objects.select_for_update().get(pk=person.pk)  # two at once are counted one by one
    given = OneTimeCode.objects.filter(person=person, act=act)
    if given.filter(given_at__gt=now - HOUR).count() >= MOST_IN_AN_HOUR:
        raise TooManyCodes
    given.filter(used_at=None).update(digest="")
    digits = f"{secrets.randbelow(10**6):06d}"
    row = OneTimeCode.objects.create(person=person, act=act, about=about, digest=make_password(digits), given_at=now)
    append(action="code.give", subject=("one_time_code", str(row.pk)), actor=person, data={"act": act})
    return row, digits


def waiting_code(*, person: Any, act: str, about: str) -> OneTimeCode | None:
    """The code that was given for this very act and still opens it."""
    row = OneTimeCode.objects.filter(person=person, act=act, about=about, used_at=None).exclude(digest="").last()
    return row if row and row.attempts < ATTEMPTS and timezone.now() - row.given_at <= LIFE else None


def check_code(*, person: Any, act: str, about: str, typed: str) -> OneTimeCode:
    """The row whose digits were typed; `use_code` spends it with the act itself. Raises WrongCode or CodeOver.

    The attempt is counted first, in a statement of its own: guesses sent at once are counted each.
    """
    row = waiting_code(person=person, act=act, about=about)
    if row is None:
        raise CodeOver
    open_still = OneTimeCode.objects.filter(pk=row.pk, used_at=None, attempts__lt=ATTEMPTS)
    if not open_still.update(attempts=F("attempts") + 1):
        raise CodeOver
    if not check_password("".join(str(int(sign)) for sign in typed if sign.isdecimal()), row.digest):
        if row.attempts + 1 >= ATTEMPTS:
            raise CodeOver
        raise WrongCode
    return row


def use_code(row: OneTimeCode) -> int:
    """Spend a checked code inside the transaction of its act, whose audit entry names it. Raises CodeOver."""
    if not OneTimeCode.objects.filter(pk=row.pk, used_at=None).update(used_at=timezone.now(), digest=""):
        raise CodeOver
    return row.pk
