"""Who handles a case, in which order."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from typing import TYPE_CHECKING

from procedures.definition.asking import Block
from procedures.definition.judging import Condition
from procedures.definition.words import Address, Deadline, Kind, Need

if TYPE_CHECKING:
    from procedures.fields import Fieldset


@dataclass(frozen=True)
class Party:
    """Someone who acts on a case: an office, a body outside, or those concerned."""

    _: KW_ONLY
    when: Condition | None = None


@dataclass(frozen=True)
class Regional(Party):
    """The directorate of a place, a structure or a person."""

    of: Need


@dataclass(frozen=True)
class Central(Party):
    """A central service."""

    service: str


@dataclass(frozen=True)
class Superior(Party):
    """The authority above the one that took a decision, without those who took it."""

    of: Need


@dataclass(frozen=True)
class Outside(Party):
    """Another ministry, a body or a pool of experts."""

    body: str


@dataclass(frozen=True)
class Concerned(Party):
    """The structure or person the case is about: asked, or heard before a sanction."""

    of: Need


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A stretch of the route in one office; what it asks is answered by those who handle it."""

    code: str = ""
    at: Party | None = None
    by: str = ""
    asks: tuple[type[Fieldset] | Block, ...] = ()
    deadline: Deadline | None = None
    when: Condition | None = None
    optional: bool = False

    @property
    def kind(self) -> str:
        """The kind of stage as one word: "completeness", "commission", "signature"."""
        return type(self).__name__.lower()

    @property
    def name(self) -> str:
        """The code under which the stage is addressed: its own, or its kind where it is the only one."""
        return self.code or self.kind


class Completeness(Stage):
    """The papers are read for completeness; the legal clock starts when they are."""


class Instruction(Stage):
    """An officer examines and reports."""


class Visit(Stage):
    """An inspector goes there with a checklist, measures and photographs."""


class Opinion(Stage):
    """Another party answers typed questions within a deadline."""


class Signature(Stage):
    """Someone who did not prepare the decision signs it; the document is sealed after the last one."""


@dataclass(frozen=True)
class Commission(Stage):
    """A commission deliberates in session; what answers alike at the addresses of `precedents` is a precedent."""

    commission: str
    _: KW_ONLY
    precedents: tuple[Address, ...] = ()


@dataclass(frozen=True)
class Decision(Stage):
    """One of these kinds is chosen with reasons; the first is taken by itself when `automatic` holds."""

    kinds: tuple[Kind, ...]
    _: KW_ONLY
    automatic: Condition | None = None
    each: Address = ""
