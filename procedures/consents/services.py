"""Agree to a text, and take it back; both on record."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from procedures.audit.services import append
from procedures.consents.models import Consent
from procedures.consents.texts import in_force
from procedures.refusal import Refusal


@transaction.atomic
def give_consent(*, person: Any, code: str, version: int) -> Consent:
    """Agree to the version that was read; raises Refusal where another one is in force by now."""
    text, now = in_force(code), timezone.now()
    if version != text.version:
        raise Refusal(_("The text has changed. Read it again."))
    get_user_model().objects.select_for_update().get(pk=person.pk)
    standing = Consent.objects.filter(person=person, code=code, withdrawn_at=None).first()
    if standing and standing.version == version:
        return standing
    if standing:  # of an older text, which the new one takes the place of
        standing.withdrawn_at = now
        standing.save(update_fields=("withdrawn_at",))
    given = Consent.objects.create(
        person=person, code=code, version=version, digest=text.digest, language=get_language() or "ar", given_at=now
    )
    append(action="consent.give", subject=("account", str(person.pk)), actor=person, data=_told(given))
    return given


@transaction.atomic
def withdraw_consent(*, person: Any, code: str) -> None:
    """Take it back; nothing happens where it was not given."""
    get_user_model().objects.select_for_update().get(pk=person.pk)
    for standing in Consent.objects.filter(person=person, code=code, withdrawn_at=None):
        standing.withdrawn_at = timezone.now()
        standing.save(update_fields=("withdrawn_at",))
        append(action="consent.withdraw", subject=("account", str(person.pk)), actor=person, data=_told(standing))


def _told(consent: Consent) -> dict[str, Any]:
    return {"text": consent.code, "version": consent.version, "digest": consent.digest}
