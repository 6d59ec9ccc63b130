"""What people are told of an organisation's account: by e-mail and in the portal, in the language of each."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from notifications.services import Message, notify, send_secret
from portal.organisation.expiries import Expiry
from registers.organisations.models import Claim, Invitation, Organisation
from registers.organisations.roles import Act
from registers.organisations.selectors import people_who_may


def send_invitation(invitation: Invitation, secret: str, *, language: str) -> None:
    """The secret link; in the language of whoever invites, as the invited person's is not known."""
    with translation.override(language):
        path = reverse("organisation_desk:invitation", kwargs={"secret": secret})
        values = {
            "organisation": str(invitation.organisation),
            "role": str(invitation.get_role_display()),
            "until": date_format(timezone.localtime(invitation.expires_at), "DATE_FORMAT"),
        }
        opening = _("You are invited to serve in the account of %(organisation)s as: %(role)s.") % values
        doing = _("Open this link, then log in with this address, or create an account with it:")
        ending = _("The link works until %(until)s. If you do not know what this is about, do nothing.") % values
        send_secret(
            key=f"organisation-invitation:{invitation.pk}",
            address=invitation.email,
            language=language,
            subject=_("Invitation to the account of an organisation"),
            paragraphs=(opening, doing, urljoin(settings.TAKWIN_PUBLIC_URL, path), ending),
            good_until=invitation.expires_at,
        )


def tell_of_handover(invitation: Invitation) -> None:
    """The one who is replaced hears that the successor has accepted."""
    staff = invitation.replaces
    if staff is None or invitation.accepted_by is None:
        return
    staff.refresh_from_db()
    with translation.override(staff.person.language):
        values = {
            "role": str(staff.get_role_display()),
            "organisation": str(invitation.organisation),
            "on": date_format(staff.reads_since, "DATE_FORMAT") if staff.reads_since else "",
            "until": date_format(staff.until, "DATE_FORMAT") if staff.until else "",
        }
        body = _(
            "Your successor has accepted your role (%(role)s) in the account of %(organisation)s. "
            "From %(on)s on you read only, and before %(until)s."
        )
        message = Message(_("Your role was taken over"), body % values, reverse("organisation_desk:home"))
        _notify(f"handover:{invitation.pk}", "organisation_handover", staff.person, message)


def tell_of_decision(claim: Claim) -> None:
    """The claimant hears whether the account is theirs, and why not."""
    person = claim.claimant
    with translation.override(person.language):
        values = {"tax_number": claim.tax_number, "reason": claim.reason, "office": str(claim.office)}
        if claim.state == Claim.State.ACCEPTED:
            subject = _("The account of your organisation is open")
            body = _("You own the account of the organisation with tax number %(tax_number)s from today on.") % values
        else:
            subject = _("The account of your organisation was not opened")
            body = _("%(office)s did not accept your request for tax number %(tax_number)s: %(reason)s") % values
        path = reverse("organisation_desk:home")
        _notify(f"claim:{claim.pk}", "organisation_claim", person, Message(subject, body, path))


def tell_owners_of_request(organisation: Organisation, person: Any) -> None:
    """Somebody asks to be invited: those who may invite read by which address; once a day and person."""
    day = timezone.localdate()
    for owner in people_who_may(organisation, Act.MANAGE_STAFF):
        with translation.override(owner.language):
            body = _(
                "The holder of the account %(email)s asks to join the account of %(organisation)s. "
                "Invite this address if you know the person; otherwise do nothing."
            ) % {"email": person.email or person.phone, "organisation": organisation}
            path = reverse("organisation_desk:staff", kwargs={"organisation": organisation.public_id})
            message = Message(_("Somebody asks to join your organisation"), body, path)
            key = f"join:{organisation.pk}:{person.pk}:{day}:{owner.pk}"
            _notify(key, "organisation_join", owner, message)


def tell_of_expiries(person: Any, organisation: Organisation, found: Sequence[Expiry], *, key: str) -> None:
    """One message for everything that ends on the same day; `found` is not empty."""
    first = found[0]
    with translation.override(person.language):
        left = ngettext("%(days)s day left", "%(days)s days left", first.left) % {"days": first.left}
        subject = _("%(organisation)s: something ends, %(left)s") % {"organisation": organisation, "left": left}
        lines = [f"• {each.structure} ({each.structure.number}): {each.title}" for each in found]
        last_day = date_format(first.last_day, "DATE_FORMAT")
        opening = _("The last day is %(day)s (%(left)s):") % {"day": last_day, "left": left}
        body = "\n\n".join([opening, "\n".join(lines), first.next_step])
        path = reverse("organisation_desk:deadlines", kwargs={"organisation": organisation.public_id})
        _notify(key, "organisation_expiry", person, Message(subject[:200], body, path))


def _notify(key: str, event: str, person: Any, message: Message) -> None:
    notify(key=key, event=event, person=person, case=None, language=person.language, message=message)
