"""Times and fees in words, in the language that is read: the page, the wizard and the documents say them alike."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from procedures.definition import Delay, Fee, Months, Procedure, Text, WorkingDays

MILLIMES = 1000


@dataclass(frozen=True)
class AnnouncedDelay:
    """One delay of a procedure: "legal" only where its text was read."""

    length: str
    is_legal: bool
    when: Text = ""


@dataclass(frozen=True)
class Terms:
    """On what terms a procedure is asked: its delays, the first that applies holds, and its fee."""

    delays: tuple[AnnouncedDelay, ...]
    fee: str


def terms_of(procedure: Procedure) -> Terms:
    delays = tuple(
        AnnouncedDelay(length(each.within), each.basis is not None, each.when.says if each.when else "")
        for each in procedure.deadlines
    )
    return Terms(delays, price(procedure.fee))


def length(delay: Delay) -> str:
    """ "45 working days", in the right plural."""
    amount = delay.amount
    if isinstance(delay, WorkingDays):
        if not amount:
            return _("At once")
        return ngettext("%(count)d working day", "%(count)d working days", amount) % {"count": amount}
    if isinstance(delay, Months):
        return ngettext("%(count)d month", "%(count)d months", amount) % {"count": amount}
    return ngettext("%(count)d day", "%(count)d days", amount) % {"count": amount}


def dinars(millimes: int) -> str:
    """An amount of `millimes` (thousandths of a dinar)."""
    places = 0 if millimes % MILLIMES == 0 else 3
    return _("%(amount)s dinars") % {"amount": number_format(Decimal(millimes) / MILLIMES, places)}


def price(fee: Fee) -> str:
    """What is paid at filing, or that nothing is."""
    if not fee.amount:
        return _("Free")
    text = dinars(fee.amount)
    return _("%(amount)s for each unit asked") % {"amount": text} if fee.per else text


length_lazy = lazy(length, str)
price_lazy = lazy(price, str)
