"""A procedure, whole, and the samples that try it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from procedures.definition.asking import Applicant, Audience, Block, Evidence, Signatory, Step, blocks_of
from procedures.definition.judging import Rule
from procedures.definition.outcome import Appeal, Effect, Message, Opens, Output, Reason
from procedures.definition.route import Party, Stage
from procedures.definition.words import Basis, Deadline, Delay, Fee, Kind, Need, Text


@dataclass(frozen=True)
class Ago:
    """A day of a sample that is told from the day of its filing, so that a minor of a sample never comes of age."""

    years: int = 0
    days: int = 0

    def before(self, day: date) -> date:
        """The day that lies `years` and `days` before `day`; the 29th of February becomes the 28th."""
        last = 28 if (day.month, day.day) == (2, 29) else day.day
        return day.replace(year=day.year - self.years, day=last) - timedelta(days=self.days)


@dataclass(frozen=True, kw_only=True)
class Sample:
    """A filing for tests and training: the changes to the sample of every field, and how it ends.

    `answers` are by address; a date is written in ISO form, or as `Ago` where it must keep its distance from today.
    """

    code: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    breaks: str = ""
    ends: Kind = Kind.GRANT


FREE = Fee()
APPEAL = Appeal()  # of every procedure that does not say otherwise: an assumption, and printed as one
CONTESTED = "case.contested"  # the number of the case whose decision a case contests


@dataclass(frozen=True)
class InForce:
    """The value of a parameter on a day, since when, and on what basis; `since` is empty for the default."""

    value: Any
    since: date | None = None
    basis: Basis | None = None


@dataclass(frozen=True)
class Placed:
    """A block and the one place that asks it: a step of the wizard or a stage of the route."""

    block: Block
    step: Step | None = None
    stage: Stage | None = None


@dataclass(frozen=True, kw_only=True)
class Procedure:
    """One administrative procedure, whole.

    `code` is its slug and never changes; `prefix` are three capitals, unique, that begin the numbers of its cases
    (`EQV-2026-000123-NN`); `about` is the register object a case is about; `eligibility` are the rules put before
    starting; `concerned` gives the account, or the public id of the organisation, about which the authority opens a
    case, empty where there is none; `unheard` says why an act of the authority needs no hearing (it is no measure
    against anybody), empty where those concerned are heard; `retention` is how long a closed case is kept; `appeal`
    says how a decision is contested, None where it is not; `in_force` holds the parameters that editors dated, put
    there by `procedures.resolving`.
    """

    code: str
    prefix: str
    version: str
    title: Text
    summary: Text
    applicants: tuple[Applicant, ...]
    authority: Party | tuple[Party, ...]
    about: Need
    steps: tuple[Step, ...]
    papers: tuple[Evidence, ...]
    route: tuple[Stage, ...]
    outputs: tuple[Output, ...]
    retention: Delay
    deadline: Deadline | tuple[Deadline, ...]
    fee: Fee = FREE
    legal_basis: tuple[Basis, ...] = ()
    eligibility: tuple[Rule, ...] = ()
    rules: tuple[Rule, ...] = ()
    reasons: tuple[Reason, ...] = ()
    signatories: tuple[Signatory, ...] = ()
    effects: tuple[Effect, ...] = ()
    opens: tuple[Opens, ...] = ()
    appeal: Appeal | None = APPEAL
    messages: tuple[Message, ...] = ()
    samples: tuple[Sample, ...] = ()
    concerned: Need = ""
    unheard: Text = ""
    binding: bool = False
    open: bool = True
    in_force: Mapping[str, InForce] = field(default_factory=dict, compare=False, repr=False)

    @property
    def is_opened_by_authority(self) -> bool:
        """Whether officers open its cases, about somebody, instead of people filing them."""
        return bool(self.applicants) and all(each.audience is Audience.AUTHORITY for each in self.applicants)

    @cached_property
    def blocks(self) -> Mapping[str, Placed]:
        """Every block by its code, those of applicants first, then those of officers."""
        return {placed.block.code: placed for placed in self.places()}

    def places(self) -> Iterator[Placed]:
        """Every block in the order in which it is asked; a code that stands twice comes twice."""
        for step in self.steps:
            yield from (Placed(block, step=step) for block in blocks_of(step))
        for stage in self.route:
            yield from (Placed(block, stage=stage) for block in blocks_of(stage))

    @property
    def contests(self) -> bool:
        """Whether its cases are appeals: about the case whose decision they contest, from whose page they begin."""
        return self.about == CONTESTED

    @cached_property
    def deadlines(self) -> tuple[Deadline, ...]:
        """The announced deadlines; the first whose condition holds counts."""
        return self.deadline if isinstance(self.deadline, tuple) else (self.deadline,)

    @cached_property
    def authorities(self) -> tuple[Party, ...]:
        """The parties that may be competent; the first whose condition holds is."""
        return self.authority if isinstance(self.authority, tuple) else (self.authority,)

    @cached_property
    def every_rule(self) -> tuple[Rule, ...]:
        """Eligibility first, then the rules of the filing."""
        return self.eligibility + self.rules
