"""Why nothing changed in an organisation's account, said so that the person can mend it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from procedures.refusal import Refusal


class OrganisationError(Refusal):
    """One of the refusals below."""

    sentence: str | Promise = ""

    def __init__(self, field: str = "", sentence: str | Promise = "") -> None:
        super().__init__(str(sentence or self.sentence), field)


class NotAllowed(OrganisationError):
    sentence = _("Your role in this organisation does not allow this. Ask its owner or director.")


class BeyondReach(OrganisationError):
    sentence = _("You serve in some structures only. Choose among these, at least one.")


class OwnersServeEverywhere(OrganisationError):
    sentence = _("An owner answers for every structure. Choose none.")


class LastOwner(OrganisationError):
    sentence = _(
        "Nobody else would own this organisation on that day. Hand the role over first: "
        "once your successor has taken it over, you can leave."
    )


class WrongDays(OrganisationError):
    sentence = _("These days do not follow one another, or lie before today. Correct them.")


class NotTheirColleague(OrganisationError):
    sentence = _("Choose a colleague who serves in this organisation on all of these days.")


class AlreadyOwned(OrganisationError):
    sentence = _("This organisation has an account with an owner. Ask the owner for an invitation.")


class AlreadyAsked(OrganisationError):
    sentence = _("You have asked for this organisation already. The answer comes to your messages.")


class TooManyClaims(OrganisationError):
    sentence = _("Several of your requests wait for an answer. Ask again once they are decided.")


class LinkIsOver(OrganisationError):
    sentence = _("This link opens nothing any more. Ask for a new invitation.")


class NotInvited(OrganisationError):
    sentence = _("This invitation was sent to another e-mail address. Log in with the account of that address.")


class AlreadyInvited(OrganisationError):
    sentence = _("This address has an open invitation to this role. Withdraw it before you send another.")


class AlreadyDecided(OrganisationError):
    sentence = _("This request was decided or withdrawn meanwhile. Nothing changed.")
