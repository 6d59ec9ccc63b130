"""What a decision gives: reasons, documents, effects, messages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass, field

from django.utils.translation import gettext_lazy

from procedures.definition.frames import ACT, Frame
from procedures.definition.judging import Condition
from procedures.definition.route import Party
from procedures.definition.words import Address, Basis, Days, Delay, Kind, Need, Text


@dataclass(frozen=True)
class Reason:
    """Why a decision goes against the applicant, and what would mend it; a failed rule is a reason already."""

    code: str
    text: Text
    _: KW_ONLY
    on: tuple[Kind, ...] = (Kind.REFUSE,)
    mend: Text = ""
    basis: Basis | None = None


@dataclass(frozen=True)
class Validity:
    """How long a document holds: the earlier of a time from issue and a date, plus a margin."""

    lasts: Delay | None = None
    _: KW_ONLY
    until: Need = ""
    plus: Delay | None = None


@dataclass(frozen=True, kw_only=True)
class Claims:
    """What the QR says of a document: the slots of the seal, by address."""

    holder: Need
    title: Need = ""
    structure: Need = ""
    level: Need = ""


@dataclass(frozen=True)
class Output:
    """A document: one, or one for each row; `number` is its type in the seal, never reused.

    One that is `published` is read by anybody, in the list of what is published; `corrects` is where the code of the
    published document stands that it corrects.
    """

    code: str
    title: Text
    _: KW_ONLY
    number: int
    on: tuple[Kind, ...]
    claims: Claims
    frame: Frame = ACT  # which member of the family it is
    body: Text = ""  # a paragraph an article, %(block.field)s filled in
    shows: tuple[Address, ...] = ()  # answers printed beside what the decision gives
    each: Address = ""
    when: Condition | None = None
    to: Need = "case.applicant"
    validity: Validity | None = None
    replaces: Need = ""  # the code of the document of which this one is the duplicate
    published: bool = False
    corrects: Need = ""
    english: bool = False  # printed beside Arabic and French, for use abroad


@dataclass(frozen=True)
class Effect:
    """What a decision writes in the registers, in its own transaction."""

    on: tuple[Kind, ...]
    says: Text
    apply: Callable[..., None] = field(compare=False)


@dataclass(frozen=True)
class Opens:
    """A decision offers the applicant, or opens for the authority, a case of another procedure."""

    procedure: str
    _: KW_ONLY
    on: tuple[Kind, ...]
    when: Condition | None = None


SIXTY_DAYS = Days(60)
BY_OTHERS = gettext_lazy(
    "You appeal on this portal, from the page of your case. The authority above examines the appeal; nobody who "
    "took the decision has a hand in it."
)


@dataclass(frozen=True, kw_only=True)
class Appeal:
    """How a decision is contested: in which procedure, and within what time from the day it was notified.

    `says` is what the letter and the page say of the way; without `basis` all of it is printed as an assumption.
    """

    within: Delay = SIXTY_DAYS
    procedure: str = "administrative_appeal"
    on: tuple[Kind, ...] = (Kind.REFUSE,)
    says: Text = BY_OTHERS
    basis: Basis | None = None


@dataclass(frozen=True)
class Message:
    """Someone told beyond the standard messages: on a decision, or on days around a date.

    Where `to` is a fact it gives a list: "account:<id>", "office:<code>", or the public id of an organisation. They are
    told once the document is published, where the decision publishes one.
    """

    code: str
    title: Text
    _: KW_ONLY
    to: Party | Need
    on: tuple[Kind, ...] = ()
    at: Need = ""
    days: tuple[int, ...] = ()
