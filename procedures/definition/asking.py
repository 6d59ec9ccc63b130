"""What is asked, of whom, and which papers."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, TypeAlias, Union

from procedures.definition.judging import Condition, Fact
from procedures.definition.words import Address, Deadline, Delay, Text

if TYPE_CHECKING:
    from procedures.fields import Fieldset


@dataclass(frozen=True)
class Block:
    """A fieldset asked once, under a code that is unique in the procedure."""

    code: str
    asks: type[Fieldset]
    _: KW_ONLY
    when: Condition | None = None
    source: Fact | None = None
    confidential: bool = False


@dataclass(frozen=True)
class Group(Block):
    """A fieldset asked for each row; fixed rows are those of the source and no others."""

    _: KW_ONLY
    least: int = 0
    most: int = 200
    fixed: bool = False
    spreadsheet: bool = False


@dataclass(frozen=True)
class Evidence:
    """A paper to hand in, once or for each row."""

    code: str
    title: Text
    _: KW_ONLY
    when: Condition | None = None
    each: Address = ""
    optional: bool = False
    files: int = 1
    age: Delay | None = None
    form: str = ""
    opens_on: Address = ""
    at: str = ""  # the stage at which those concerned hand it in, with their answer; empty: with the filing
    bears: Address = ""  # the block of the person whose name stands on it; a warning where it does not


Asked: TypeAlias = Union["type[Fieldset]", Block]


@dataclass(frozen=True)
class Step:
    """A page of the wizard; pages group questions and give no answer its address."""

    code: str
    title: Text
    asks: tuple[Asked, ...]
    _: KW_ONLY
    when: Condition | None = None


class Asks(Protocol):
    """Whatever asks blocks: a step of the wizard or a stage of the route."""

    @property
    def asks(self) -> tuple[Asked, ...]: ...


def blocks_of(place: Asks) -> tuple[Block, ...]:
    """What a step or a stage asks, as blocks: a bare fieldset becomes a block under its own code."""
    return tuple(asked if isinstance(asked, Block) else Block(asked.code(), asked) for asked in place.asks)


class Audience(StrEnum):
    """Whom a procedure is for."""

    TRAINEE, CENTRE, EMPLOYER, PUBLIC, AUTHORITY = "trainee", "centre", "employer", "public", "authority"


@dataclass(frozen=True)
class Applicant:
    """Who may file, in which role of an organisation; anonymous where the law lets them."""

    audience: Audience
    _: KW_ONLY
    roles: tuple[str, ...] = ()
    anonymous: bool = False


@dataclass(frozen=True)
class Signatory:
    """Someone besides the applicant who signs or confirms before the filing counts; one a row if in a group."""

    code: str
    title: Text
    who: Address
    _: KW_ONLY
    when: Condition | None = None
    deadline: Deadline | None = None


def authority(*roles: str) -> Applicant:
    """The authority itself: an officer who holds one of these roles in the office that is competent."""
    return Applicant(Audience.AUTHORITY, roles=roles)


TRAINEE, CENTRE, EMPLOYER, PUBLIC, AUTHORITY = map(Applicant, Audience)
