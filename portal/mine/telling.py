"""What the two people of a mandate are told: that it was given, accepted or ended, never more than that."""

from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from notifications.services import Message, notify, send_later
from procedures.mandates.models import Mandate


@transaction.atomic
def tell_of_mandate(mandate: Mandate) -> None:
    """The proxy, who may not have an account yet, at the address that was named."""
    language = get_language() or "ar"
    with translation.override(language):
        day = date_format(mandate.until, "DATE_FORMAT")
        opening = _("Somebody asks you to file applications in their name, until %(until)s.") % {"until": day}
        how = _("Log in with this address, read who asks, and accept or decline.")
        link = urljoin(settings.TAKWIN_PUBLIC_URL, reverse("mine:mandates"))
        send_later(
            key=f"mandate:{mandate.pk}",
            channel="email",
            address=mandate.email,
            language=language,
            subject=_("You are asked to act for somebody"),
            body=f"{opening} {how}\n\n{link}",
        )


@transaction.atomic
def tell_of_answer(mandate: Mandate, *, by: Any) -> None:
    """The other one of the two."""
    person = mandate.proxy if by.pk == mandate.principal_id else mandate.principal
    if person is None:
        return
    with translation.override(person.language):
        ended = mandate.ended_at is not None
        said = Message(
            subject=_("A mandate is ended") if ended else _("Your mandate is accepted"),
            body=_("From now on nobody acts under it.") if ended else _("The person you named may now act for you."),
            path=reverse("mine:mandates"),
        )
        notify(
            key=f"mandate-{'end' if ended else 'accept'}:{mandate.pk}",
            event="mandate_ended" if ended else "mandate_accepted",
            person=person,
            case=None,
            language=person.language,
            message=said,
        )
