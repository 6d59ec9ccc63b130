"""Tax numbers: one company has one, however it is written."""

from stdnum.exceptions import ValidationError
from stdnum.tn import mf

IDENTITY = 8  # seven digits and the key; regime, category and branch, which follow, change in a company's life


class NoTaxNumber(ValueError):
    """The text has not the form of a Tunisian tax number."""


def identity_of(text: str) -> str:
    """What identifies the taxpayer in a number written in any usual way: "1234567 m/A/E/001" gives "1234567M".

    Raises NoTaxNumber.
    """
    try:
        number: str = mf.validate(text)
    except ValidationError as fault:
        raise NoTaxNumber from fault
    return number[:IDENTITY]
