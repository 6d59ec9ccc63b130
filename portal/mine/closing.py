"""A person closes their own account: what was only theirs goes, what was filed stays as long as the law keeps it."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.closing import about
from portal.accounts.models import User
from portal.accounts.recovery import end_sessions, works_for_the_state
from portal.verification.models import ShareLink
from portal.verification.sharing import open_links, withdraw_link
from procedures.audit.services import append
from procedures.cases.selectors import cases_of
from procedures.cases.states import CLOSED
from procedures.consents.selectors import consents_of
from procedures.consents.services import withdraw_consent
from procedures.documents.models import Document
from procedures.mandates.models import Mandate
from procedures.mandates.services import end_mandate
from procedures.refusal import Refusal
from procedures.representation import represented_by
from procedures.wizard.selectors import drafts_of
from procedures.wizard.services import discard_draft


def obstacles_of(account: User) -> list[str]:
    """Why this account cannot be closed yet, each with what to do first; empty where nothing stands in the way."""
    found = []
    if works_for_the_state(account):
        found.append(_("This is an account of the administration: an administrator closes it."))
    numbers = cases_of(account).exclude(state__in=CLOSED).values_list("number", flat=True)
    if numbers:
        listed = _("Wait for the decision, or withdraw them first. Open cases: %(numbers)s.")
        found.append(listed % {"numbers": " · ".join(f"\u2068{number}\u2069" for number in numbers)})
    if bodies := represented_by(account):
        names = " · ".join(f"\u2068{each.name}\u2069" for each in bodies)
        found.append(_("Hand over your role, or end it first. Organisations: %(names)s.") % {"names": names})
    return found


@transaction.atomic
def close_account(*, account: User) -> None:
    """Raises Refusal where something stands in the way; then nothing is changed.

    Drafts go with their files, links and mandates end, addresses and ways to log in are wiped; nobody logs in any more.
    Cases and documents keep what was filed, for as long as their procedure says.
    """
    held = User.objects.select_for_update().get(pk=account.pk)
    if obstacles := obstacles_of(held):
        raise Refusal(obstacles[0])
    for draft in drafts_of(held):
        discard_draft(draft=draft)
    links: list[ShareLink] = list(open_links(*Document.objects.filter(case__in=cases_of(held))))
    for link in links:
        withdraw_link(link=link, by=held)
    for mandate in Mandate.objects.filter(ended_at=None, principal=held) | Mandate.objects.filter(
        ended_at=None, proxy=held
    ):
        end_mandate(mandate=mandate, by=held)
    for code in set(consents_of(held).filter(withdrawn_at=None).values_list("code", flat=True)):
        withdraw_consent(person=held, code=code)
    append(action="account.close", subject=about(held), actor=held)
    _wipe(held)


def _wipe(held: User) -> None:
    end_sessions(held)
    for ways in (EmailAddress, Authenticator, SocialAccount):
        ways.objects.filter(user=held).delete()
    held.notices.all().delete()
    held.email, held.phone, held.phone_verified, held.name, held.is_active = None, None, False, "", False
    held.set_unusable_password()
    held.save()
