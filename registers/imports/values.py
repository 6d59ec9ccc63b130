"""How a cell becomes a value: text, names, identity numbers, days, numbers, choices; each says what it repaired."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import cached_property, lru_cache
from typing import Any, ClassVar

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils import timezone, translation
from rapidfuzz import fuzz, process

from procedures.api import Text
from procedures.cases.folding import fold
from procedures.fields.choices import countries
from procedures.fields.drawn import ARABIC, MARKS
from procedures.fields.tidying import APOSTROPHES, compact, tidied
from registers.imports.faults import Fault
from registers.imports.reading.tables import Cell
from registers.organisations.tax_numbers import NoTaxNumber, identity_of

Noted = list[str]  # codes of faults.REPAIRS
Values = dict[str, Any]

_SIGN = "[!-~\u00c0-\u017f\u0621-\u063a\u0641-\u064a]"
PLAIN = re.compile(f"{_SIGN}+(?: {_SIGN}+)*")  # what tidying would leave as it is: nearly every cell
SHEET_ERROR = re.compile(r"#(REF|N/A|VALUE|NAME|DIV/0|NUM|NULL|SPILL|GETTING_DATA)[!?]?", re.I)
LANGUAGES = ("ar", "fr", "en")


@lru_cache(maxsize=2_000)
def folded(text: str) -> str:
    return fold(text)


def text_of(cell: Cell, noted: Noted) -> str:
    """A cell as tidy text; raises Fault for invisible signs and for the errors of a spreadsheet."""
    if cell is None:
        return ""
    if type(cell) is not str:
        return str(cell)
    if PLAIN.fullmatch(cell):
        if cell[0] == "#" and SHEET_ERROR.fullmatch(cell):
            raise Fault("sheet_error")
        return cell
    try:
        tidy = tidied(cell)
    except ValidationError as hidden:
        raise Fault("invisible") from hidden
    if tidy != cell.translate(APOSTROPHES):
        figures = any(sign.isdecimal() and not sign.isascii() for sign in cell)
        noted.append("figures" if figures else "spaces")
    return tidy


@dataclass(frozen=True)
class Words:
    """Text on one line, of at most `most` characters."""

    most: int = 200
    format: ClassVar[str] = "@"  # how the template sets the cells: text, so that no spreadsheet drops a zero

    def read(self, cell: Cell, row: Values, noted: Noted) -> Any:
        text = text_of(cell, noted)
        if len(text) > self.most:
            raise Fault("too_long", {"most": self.most, "found": len(text)})
        return text

    def written(self, value: Any) -> str:
        """A value as it is shown beside what the file had."""
        return str(value)


@dataclass(frozen=True)
class Name(Words):
    """A name in one script: "ar" or "lat"."""

    most: int = 60
    script: str = "ar"

    ALLOWED: ClassVar[Mapping[str, re.Pattern[str]]] = {
        "ar": re.compile(f"[{''.join(sorted(MARKS | set(filter(str.isalpha, ARABIC))))} '.-]+"),
        "lat": re.compile("[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u017f\u1ea0-\u1ef9ƏəƠơƯưȘșȚțẞ '.-]+"),
    }

    def read(self, cell: Cell, row: Values, noted: Noted) -> str:
        text: str = super().read(cell, row, noted)
        if text and not (self.ALLOWED[self.script].fullmatch(text) and any(map(str.isalpha, text))):
            raise Fault("arabic" if self.script == "ar" else "latin")
        return text


@dataclass(frozen=True)
class Code(Words):
    """A reference: letters, figures and the signs between them, as on the paper."""

    most: int = 40

    def read(self, cell: Cell, row: Values, noted: Noted) -> str:
        text: str = super().read(cell, row, noted)
        if text and not re.fullmatch(r"[\w./ -]+", text):
            raise Fault("code", {"most": self.most})
        return text


@dataclass(frozen=True)
class IdentityNumber(Words):
    """The number of an identity paper, whose kind stands in the column `of`."""

    of: str = "id_kind"
    FORMS: ClassVar[Mapping[str, re.Pattern[str]]] = {
        "cin": re.compile(r"\d{8}"),
        "iuc": re.compile(r"\d{11}"),
        "passport": re.compile(r"[A-Z0-9]{6,9}"),
        "residence": re.compile(r"[A-Z0-9]{6,12}"),
    }
    LETTERS: ClassVar[Mapping[str, str]] = {"O": "0", "I": "1", "L": "1", "S": "5", "B": "8"}

    def read(self, cell: Cell, row: Values, noted: Noted) -> str:
        if isinstance(cell, float):
            raise Fault("cin")
        text, kind = text_of(cell, noted), row.get(self.of) or "cin"
        number = text.upper() if text.isascii() and text.isalnum() else compact(text)
        if kind == "cin" and number:
            number = self._with_zeros(number, cell, noted)
        if number and not self.FORMS[kind].fullmatch(number):
            raise self._fault(number, kind)
        return number

    def _with_zeros(self, number: str, cell: Cell, noted: Noted) -> str:
        """A spreadsheet that takes the number for a quantity drops its zeros, and writes 1234567.0 into a CSV."""
        if isinstance(cell, str) and cell.endswith(".0") and cell[:-2].isdigit():
            number = cell[:-2]
        dropped = 5 <= len(number) < 8 if isinstance(cell, int) else len(number) == 7
        if dropped and number.isdigit():
            noted.append("zeros")
            return number.zfill(8)
        return number

    def _fault(self, number: str, kind: str) -> Fault:
        letters = [sign for sign in number if sign in self.LETTERS]
        if kind == "cin" and len(number) == 8 and len(letters) == 1 and number.replace(letters[0], "").isdigit():
            return Fault("cin_letter", {"sign": letters[0], "figure": self.LETTERS[letters[0]]})
        return Fault(kind)


@dataclass(frozen=True)
class Day(Words):
    """A day as d/m/Y, ISO, or a date cell; `past` refuses days after today."""

    past: bool = False
    least: date = date(1900, 1, 1)
    format: ClassVar[str] = "dd/mm/yyyy"

    def read(self, cell: Cell, row: Values, noted: Noted) -> date | None:
        text = str(cell) if type(cell) is int else text_of(cell, noted)
        if not text:
            return None
        day, how = _day(text, isinstance(cell, int))
        if day is None:
            raise Fault("day")
        if how and how not in noted:
            noted.append(how)
        if self.past and day > (row.get("_today") or timezone.localdate()):
            raise Fault("day_later")
        if day < self.least:
            raise Fault("day_early", {"least": f"{self.least:%d/%m/%Y}"})
        return day

    def written(self, value: date) -> str:
        return f"{value:%d/%m/%Y}"


@lru_cache(maxsize=10_000)
def _day(text: str, is_serial: bool) -> tuple[date | None, str]:
    """The day and the repair that it took; Excel's own count of days is taken where the cell lost its format."""
    if is_serial:
        number = int(text)
        return (date(1899, 12, 30) + timedelta(days=number), "date") if 3000 < number < 73_000 else (None, "")
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][\d:.]+Z?)?", text):
        return _existing(found[1], found[2], found[3]), ""
    if found := re.fullmatch(r"(\d{1,2})([/.\- ])(\d{1,2})\2(\d{4}|\d{2})", text):
        usual = found[2] == "/" and len(found[4]) == 4
        return _existing(_whole_year(found[4]), found[3], found[1]), "" if usual else "date"
    return None, ""


def _whole_year(year: str) -> str:
    """Two figures are a year of this century unless that is yet to come."""
    if len(year) == 4:
        return year
    today = timezone.localdate().year
    century = today // 100 * 100
    return str(century + int(year) if century + int(year) <= today else century - 100 + int(year))


def _existing(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


@dataclass(frozen=True)
class Number(Words):
    """A number from `least` to `most`, with at most `places` decimals."""

    least: int = 0
    most: int = 20
    places: int = 0
    format: ClassVar[str] = "General"

    def read(self, cell: Cell, row: Values, noted: Noted) -> Decimal | int | None:
        text = text_of(cell, noted)
        if not text:
            return None
        try:
            number = Decimal(text.replace(",", ".").replace(" ", ""))
        except InvalidOperation:
            raise Fault("number", {"example": "12.5" if self.places else "12"}) from None
        if not number.is_finite() or isinstance(cell, bool):
            raise Fault("number", {"example": "12.5" if self.places else "12"})
        if not self.least <= number <= self.most:  # before it is rounded: a number of 30 figures cannot be
            raise Fault("range", {"least": self.least, "most": self.most})
        if number != round(number, self.places):
            raise Fault("number", {"example": "12.5" if self.places else "12"})
        if "," in text:
            noted.append("decimal")
        return round(number, self.places) if self.places else int(number)


@dataclass(frozen=True)
class Choice(Words):
    """One of a few values, written as its code or in words of any language of the portal."""

    options: Mapping[str, Text] = field(default_factory=dict, hash=False)
    preset: str = ""  # taken where the cell is empty
    also: Mapping[str, str] = field(default_factory=dict, hash=False)  # other words that people write

    @cached_property
    def meanings(self) -> dict[str, str]:
        found = {folded(code): code for code in self.options}
        for language in LANGUAGES:
            found |= {folded(words): code for code, words in self.words(language).items()}
        return found | {folded(words): code for words, code in self.also.items()}

    def words(self, language: str) -> dict[str, str]:
        with translation.override(language):
            return {code: str(words) for code, words in self.options.items()}

    def read(self, cell: Cell, row: Values, noted: Noted) -> str:
        text = text_of(cell, [])  # how a word of the list is spaced changes nothing
        if not text:
            return self.preset
        code = text if text in self.options else self.meanings.get(folded(text))
        if code is not None:
            return code
        near = process.extractOne(folded(text), list(self.meanings), scorer=fuzz.ratio, score_cutoff=80)
        raise Fault("not_in_list") if near is None else Fault("near", {"near": self.meanings[near[0]]})

    def written(self, value: str) -> str:
        return str(self.options.get(value, value))


@dataclass(frozen=True)
class Country(Choice):
    """A country by its ISO code or its name."""

    def words(self, language: str) -> dict[str, str]:
        return dict(countries(language))

    @cached_property
    def meanings(self) -> dict[str, str]:
        codes = self.words("fr")
        named = {folded(words): code for language in LANGUAGES for code, words in self.words(language).items()}
        return (
            {folded(code): code for code in codes} | named | {folded(words): code for words, code in self.also.items()}
        )

    def written(self, value: str) -> str:
        return self.words((translation.get_language() or "ar")[:2]).get(value, value)


@dataclass(frozen=True)
class Phone(Words):
    """A telephone number, Tunisian without a country code; kept as E.164."""

    def read(self, cell: Cell, row: Values, noted: Noted) -> str:
        text = text_of(cell, noted)
        if not text:
            return ""
        try:
            number = phonenumbers.parse(text, "TN")
        except phonenumbers.NumberParseException:
            raise Fault("phone") from None
        if not phonenumbers.is_valid_number(number):
            raise Fault("phone")
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@dataclass(frozen=True)
class Email(Words):
    def read(self, cell: Cell, row: Values, noted: Noted) -> str:
        text: str = super().read(cell, row, noted)
        try:
            if text:
                EmailValidator()(text)
        except ValidationError:
            raise Fault("email") from None
        return text


@dataclass(frozen=True)
class TaxNumber(Words):
    """A Tunisian tax number, kept as what identifies the taxpayer."""

    def read(self, cell: Cell, row: Values, noted: Noted) -> str:
        text = text_of(cell, noted)
        try:
            return identity_of(text) if text else ""
        except NoTaxNumber:
            raise Fault("tax_number") from None
