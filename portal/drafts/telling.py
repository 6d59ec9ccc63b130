"""What people are told of an application that is not filed yet: where it can be gone on with, and when it ends."""

from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from notifications.services import Message, notify, send_later
from procedures.wizard.models import Draft, DraftLink


def send_link(link: DraftLink, secret: str) -> None:
    """The secret link, to the address that asked for it."""
    with translation.override(link.language):
        opening = _("You asked for a link to go on with an application that is not filed yet.")
        ending = _("Whoever has this link can read and change the application: give it to nobody.")
        body = f"{opening}\n\n{_address(secret)}\n\n{_until(link.draft)} {ending}"
        _mail(link, _("Go on with your application"), body)


def tell_of_end(draft: Draft, title: str, person: Any) -> None:
    """The draft of an account is deleted soon: in the portal's inbox and by e-mail, once for each day of ending."""
    with translation.override(person.language):
        message = Message(
            _("An application that you did not file is deleted soon"),
            _end_of(draft, title),
            reverse("wizard:resume", kwargs={"draft": draft.pk}),
        )
        notify(
            key=f"draft-end:{draft.pk}:{draft.expires_at.date()}:{person.pk}",
            event="draft_ending",
            person=person,
            case=None,
            language=person.language,
            message=message,
        )


def tell_of_end_by_link(link: DraftLink, secret: str, title: str) -> None:
    """The same where there is no account yet, with a new secret link."""
    with translation.override(link.language):
        body = f"{_end_of(link.draft, title)}\n\n{_address(secret)}"
        _mail(link, _("An application that you did not file is deleted soon"), body)


def _end_of(draft: Draft, title: str) -> str:
    values = {"title": title, "until": _day(draft)}
    opening = _("You started this application and did not file it: %(title)s.") % values
    ending = _("It is deleted with its papers after %(until)s. Open it and save a page to keep it longer, or file it.")
    return f"{opening} {ending % values}"


def _until(draft: Draft) -> str:
    return _("The link works until %(until)s, or until you log in.") % {"until": _day(draft)}


def _day(draft: Draft) -> str:
    return date_format(timezone.localtime(draft.expires_at), "DATE_FORMAT")


def _address(secret: str) -> str:
    return urljoin(settings.TAKWIN_PUBLIC_URL, reverse("draft_links:open", kwargs={"secret": secret}))


def _mail(link: DraftLink, subject: str, body: str) -> None:
    send_later(
        key=f"draft-link:{link.pk}",
        channel="email",
        address=link.email,
        language=link.language,
        subject=subject,
        body=body,
        secret=True,
        good_until=link.draft.expires_at,
    )
