"""The mail that tells whoever left an address what the directorate answered."""

from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from notifications.services import send_later
from registers.structures.doubts.models import Doubt


def send_answer(doubt: Doubt, address: str) -> None:
    """Once by doubt, in the language in which it was reported; the subject names nobody."""
    with translation.override(doubt.language):
        link = urljoin(settings.TAKWIN_PUBLIC_URL, reverse("directory:followed", args=[doubt.public_id]))
        body = _("The regional directorate answered the doubt that you reported:")
        send_later(
            key=f"doubt_answered:{doubt.public_id}",
            channel="email",
            address=address,
            language=doubt.language,
            subject=_("Answer to the doubt that you reported"),
            body=f"{body}\n\n{doubt.answer}\n\n{link}",
        )
