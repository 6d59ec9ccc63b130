"""The letter to somebody who must confirm a filing: a secret link, sent once, with its last day."""

from datetime import datetime, time, timedelta
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from notifications.models import Delivery
from notifications.services import send_secret
from procedures.cases.models import Confirmation
from procedures.cases.services.confirming import give_link


@transaction.atomic
def ask_to_confirm(confirmation: Confirmation) -> None:
    """Called again it sends nothing more, so that the link of the first letter goes on opening the page.

    In the language of the filing: that of somebody without an account is not known.
    """
    key = f"signatory:{confirmation.pk}"
    if Delivery.objects.filter(key=key).exists():
        return
    language, last = confirmation.case.language, confirmation.due_on + timedelta(days=1)
    with translation.override(language):
        link = reverse("desk:signatory_link", kwargs={"secret": give_link(confirmation=confirmation)})
        until = formats.date_format(confirmation.due_on, "DATE_FORMAT")
        send_secret(
            key=key,
            address=confirmation.email,
            language=language,
            subject=_("An application waits for your confirmation"),
            paragraphs=(
                _("Somebody filed an application that counts only once you have confirmed it. Read it here:"),
                urljoin(settings.TAKWIN_PUBLIC_URL, link),
                _("You can confirm it or decline until %(until)s. If you know nothing of it, decline.")
                % {"until": until},
            ),
            good_until=timezone.make_aware(datetime.combine(last, time())),
        )
