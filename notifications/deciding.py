"""The letter that brings a decision to somebody: a secret link, sent once, that opens it without logging in."""

from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from notifications.models import Delivery
from notifications.services import send_secret
from procedures.documents.models import Document
from procedures.serving.models import DecisionLink
from procedures.serving.services import give_link


@transaction.atomic
def send_decision(document: Document, person: Any) -> None:
    """Called again it sends nothing more, so that the link of the first letter goes on opening the decision."""
    key = f"decision:{document.pk}:{person.pk}"
    if document.case is None or Delivery.objects.filter(key=key).exists():
        return
    with translation.override(person.language):
        secret = give_link(document=document, person=person)
        link = DecisionLink.objects.get(document=document, person=person)
        until = formats.date_format(timezone.localdate(link.good_until), "DATE_FORMAT")
        send_secret(
            key=key,
            address=person.email,
            language=person.language,
            subject=_("The decision on your application %(number)s can be read") % {"number": document.case.number},
            paragraphs=(
                _("It is sealed, and says its reasons. You can read it here without logging in:"),
                urljoin(settings.TAKWIN_PUBLIC_URL, reverse("desk:decision_link", kwargs={"secret": secret})),
                _("From the day on which you open it the time to appeal runs. The link opens it until %(until)s.")
                % {"until": until},
            ),
            good_until=link.good_until,
        )
