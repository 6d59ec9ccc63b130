"""The family of documents: which frame an output is printed in, and what that frame is told by address."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from typing import ClassVar

from procedures.definition.words import Address, Need


@dataclass(frozen=True)
class Frame:
    """One member of the family; `code` is also the name of its template."""

    code: ClassVar[str] = ""
    speaks_english: ClassVar[bool] = False  # whether an output may ask for English beside Arabic and French

    def needs(self) -> tuple[Need, ...]:
        """Addresses it reads of the whole case."""
        return ()

    def columns_of(self) -> tuple[Address, tuple[Address, ...]]:
        """The group whose granted rows it prints, and the addresses that it reads in each; ("", ()) for none."""
        return "", ()


@dataclass(frozen=True)
class Act(Frame):
    """A decision in articles, after the texts it rests on."""

    code: ClassVar[str] = "decision"


@dataclass(frozen=True)
class Diploma(Frame):
    """Certifies a success; the name of its holder stands in the middle of the sheet."""

    code: ClassVar[str] = "diploma"
    speaks_english: ClassVar[bool] = True


@dataclass(frozen=True)
class Certificate(Frame):
    """Certifies what somebody holds or knows: a competency, a part of a programme."""

    code: ClassVar[str] = "certificate"
    speaks_english: ClassVar[bool] = True


@dataclass(frozen=True)
class Attestation(Frame):
    """States a fact, with what it is not worth written under it."""

    code: ClassVar[str] = "attestation"
    speaks_english: ClassVar[bool] = True


@dataclass(frozen=True)
class NominalList(Frame):
    """The granted rows of a group by name, bound by the one seal of the sheet; at most four columns besides."""

    code: ClassVar[str] = "nominal_list"
    MOST_COLUMNS: ClassVar[int] = 4

    rows: Address
    _: KW_ONLY
    names: Address = ""  # where a row says whom it is about; the row itself where it asks an identity
    columns: tuple[Address, ...] = ()

    def columns_of(self) -> tuple[Address, tuple[Address, ...]]:
        return self.rows, tuple(address for address in (self.names, *self.columns) if address)


@dataclass(frozen=True)
class Convocation(Frame):
    """Calls its holder to a place on a day; paragraphs of the body after the first are what to know or to bring."""

    code: ClassVar[str] = "convocation"
    speaks_english: ClassVar[bool] = True

    day: Need
    _: KW_ONLY
    time: Need = ""
    place: Need = ""

    def needs(self) -> tuple[Need, ...]:
        return tuple(need for need in (self.day, self.time, self.place) if need)


@dataclass(frozen=True)
class VerificationReport(Frame):
    """What the register says of a list of codes when the report is made; the seal binds each answer."""

    code: ClassVar[str] = "verification_report"

    rows: Address
    _: KW_ONLY
    codes: Address  # the column that holds the codes

    def columns_of(self) -> tuple[Address, tuple[Address, ...]]:
        return self.rows, (self.codes,)


@dataclass(frozen=True)
class Duplicate(Frame):
    """Prints the document that `Output.replaces` names once more, in its own frame and with its own names.

    It bears its mark, the number of the first and the reason; the first is replaced when it is issued.
    """

    code: ClassVar[str] = "duplicate"

    reason: Need

    def needs(self) -> tuple[Need, ...]:
        return (self.reason,)


ACT = Act()
