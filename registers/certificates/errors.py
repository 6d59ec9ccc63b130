"""What the register of certificates refuses, in sentences that say what holds and how to go on."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from registers.history.errors import Refusal, shown


class NotPassed(Refusal):
    """The trainee has no believed result with which they passed, or its jury has not deliberated."""

    @property
    def sentence(self) -> str:
        return _("A certificate is issued on a passed exam whose jury has deliberated. Check the results.")


class IssuedTooEarly(Refusal):
    """A certificate is not issued before the exam it stands on."""

    def __init__(self, issued_on: date, held_on: date) -> None:
        super().__init__(issued_on, held_on)
        self.issued_on, self.held_on = issued_on, held_on

    @property
    def sentence(self) -> str:
        return _("The exam was held on %(held_on)s: a certificate cannot be issued on %(issued_on)s.") % {
            "held_on": shown(self.held_on),
            "issued_on": shown(self.issued_on),
        }


class PaperNumberTaken(Refusal):
    """The structure printed this number on another certificate; `certificate` is it."""

    def __init__(self, certificate: Any) -> None:
        super().__init__(certificate.pk)
        self.certificate = certificate

    @property
    def sentence(self) -> str:
        return _("The number %(number)s is on record for another certificate of this structure. Check the number.") % {
            "number": self.certificate.paper_number
        }


class NotInForce(Refusal):
    """A certificate that was revoked is suspended, resumed, replaced no more; `status` is its code."""

    def __init__(self, status: str, on: date) -> None:
        super().__init__(status, on)
        self.status, self.on = status, on

    @property
    def sentence(self) -> str:
        return {
            "valid": _("On %(on)s the certificate is in force. Nothing was changed."),
            "suspended": _("On %(on)s the certificate is suspended. Nothing was changed."),
            "revoked": _("On %(on)s the certificate is revoked for good. Nothing was changed."),
        }[self.status] % {"on": shown(self.on)}
