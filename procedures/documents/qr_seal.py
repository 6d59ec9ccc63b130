"""The seal of the QR code as a decision needs it: made at once, or the decision is refused with a sentence."""

import logging

from django.utils.translation import gettext as _

from procedures.documents import cose
from procedures.documents.addresses import code_text
from procedures.documents.claims import SealedClaims
from procedures.documents.keys import NoKey, Sealer, sealer_for
from procedures.documents.models import SealKey
from procedures.documents.rendering.qr import TooLongForCode, fitted
from procedures.refusal import Refusal

logger = logging.getLogger(__name__)


class CannotSeal(Refusal):
    """A document of what was decided cannot be sealed, so that nothing is decided; the message says why."""


def qr_sealer() -> Sealer:
    """Raises CannotSeal."""
    try:
        return sealer_for(SealKey.Purpose.QR)
    except NoKey as wrong:
        raise _cannot_seal(wrong) from wrong


def sealed_to_fit(claims: SealedClaims, public_id: str, sealer: Sealer) -> bytes:
    """The seal, refused before anything is stored where its QR could not be read. Raises CannotSeal."""
    try:
        seal = cose.sealed(claims, public_id, sealer)
        fitted(code_text(public_id, cose.fragment(seal)))
    except NoKey as wrong:
        raise _cannot_seal(wrong) from wrong
    except TooLongForCode as wrong:
        logger.warning("A document is not sealed: %s", wrong)
        raise CannotSeal(
            _("The names are too long for the code of the document, so nothing was changed. Shorten the Latin name.")
        ) from wrong
    return seal


def _cannot_seal(wrong: NoKey) -> CannotSeal:
    """What is wrong with the key is for whoever runs the portal: their journal has it."""
    logger.error("Nothing can be sealed: %s", wrong)
    return CannotSeal(
        _(
            "Documents cannot be sealed at present, so nothing was changed. "
            "Tell whoever runs the portal: the key of the seal is missing, has ended or was retired."
        )
    )
