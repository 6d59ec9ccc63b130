"""The numbers of identity papers in the one form in which they are sealed and found again."""

import re
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from procedures.fields.tidying import compact
from registers.people.models import Identifier

FORMS = {
    Identifier.Kind.CIN: r"\d{8}",
    Identifier.Kind.IUC: r"\d{11}",
    Identifier.Kind.PASSPORT: r"[A-Z0-9]{6,9}",
    Identifier.Kind.RESIDENCE: r"[A-Z0-9]{6,12}",
}
TUNISIAN = {Identifier.Kind.CIN, Identifier.Kind.IUC, Identifier.Kind.RESIDENCE}  # issued by no other country
KINDS_OF_PAPERS = {"residence_card": Identifier.Kind.RESIDENCE}  # as procedures call them, where they differ


class WrongIdentifier(ValueError):
    """The number does not have the form of its kind; `kind` says which. The number itself is not repeated."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"not a number of the kind {kind}")
        self.kind = kind


@dataclass(frozen=True)
class GivenIdentifier:
    """An identifier as a case or an import gives it, in its stored form. Raises WrongIdentifier."""

    kind: str
    number: str = field(repr=False)
    country: str = "TN"

    def __post_init__(self) -> None:
        kind = KINDS_OF_PAPERS.get(self.kind, self.kind)
        object.__setattr__(self, "kind", str(kind))
        object.__setattr__(self, "number", tidy_number(kind, self.number))
        object.__setattr__(self, "country", "TN" if kind in TUNISIAN else self.country.upper())
        if not re.fullmatch("[A-Z]{2}", self.country):
            raise WrongIdentifier(self.kind)


def tidy_number(kind: str, number: str) -> str:
    """`number` in capitals without separators, its digits Western. Raises WrongIdentifier."""
    try:
        tidy = compact(number)
    except ValidationError as error:
        raise WrongIdentifier(kind) from error
    if kind not in FORMS or not re.fullmatch(FORMS[Identifier.Kind(kind)], tidy):
        raise WrongIdentifier(kind)
    return tidy


def masked(number: str) -> str:
    """What a screen shows where the whole number is not needed: its last three signs."""
    return "•" * (len(number) - 3) + number[-3:]
