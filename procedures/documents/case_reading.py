"""What a case says, for print: values by address, names, and the readable text of each answer in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.timezone import localdate

from procedures.cases.decided_rows import of_granted
from procedures.cases.models import Case, Decision
from procedures.cases.selectors import answers_of
from procedures.definition import Fact, Need, Parameter, Procedure
from procedures.documents.names import Names, named
from procedures.documents.wording import LANGUAGES, Words
from procedures.reading import read_answers
from procedures.resolving import resolve


@dataclass(frozen=True)
class Reading:
    """A case with everything its officers answered, as one set of values."""

    case: Case
    procedure: Procedure
    values: dict[str, Any]
    texts: dict[str, dict[str, tuple[str, str]]]  # language -> path -> (label, text)

    def value(self, need: Need) -> Any:
        """The raw value at an address; None where it was not asked or is not an address."""
        if isinstance(need, Parameter | Fact) or not need:
            return None
        block, _, name = need.rstrip("?").partition(".")
        found = self.values.get(block)
        if name:
            return found.get(name) if isinstance(found, dict) else None
        return found

    def number(self, need: Need) -> int | None:
        """The number that the question at an address declares for its answer."""
        value = self.value(need)
        if value is None or not isinstance(need, str):
            return None
        block, _, name = need.rstrip("?").partition(".")
        number: int | None = self.procedure.blocks[block].block.asks.questions()[name].number_of(value)
        return number

    def names(self, need: Need) -> Names:
        """Names behind a block of identity, a legal person, one answer, a register's entry; or of whoever filed it."""
        if need == "case.applicant":
            return Names(ar=self.case.applicant_name)
        question = self.question(need)
        ar, lat = question.names_of(self.value(need)) if question is not None and self.value(need) else ("", "")
        if question is not None and question.names_a_person:
            return Names(ar, lat)
        return Names(ar, lat, ar, lat) if ar or lat else named(self.value(need))

    def question(self, need: Need) -> Any:
        """The question that an address names; None where it names none."""
        block, _, name = need.rstrip("?").partition(".") if isinstance(need, str) else ("", "", "")
        placed = self.procedure.blocks.get(block)
        return placed.block.asks.questions().get(name) if placed and name else None

    def text(self, address: str) -> Words:
        """The readable answer at an address, in each language."""
        return {language: self.texts[language].get(address, ("", ""))[1] for language in LANGUAGES}

    def label(self, address: str) -> Words:
        return {language: self.texts[language].get(address, ("", ""))[0] for language in LANGUAGES}

    def with_row(self, group: str, row: Mapping[str, Any]) -> "Reading":
        """The same case with one row in the place of its group: for values and names, not for texts."""
        return replace(self, values={**self.values, group: row})

    def of_row(self, group: str, row: Mapping[str, Any]) -> "Reading":
        """The same case as a document of one row reads it: the group is that row alone."""
        row_id = str(row.get("_row", ""))
        here, other = f"{group}[{row_id}].", f"{group}["
        texts = {
            language: {
                f"{group}.{path.removeprefix(here)}" if path.startswith(here) else path: text
                for path, text in told.items()
                if path.startswith(here) or not path.startswith(other)
            }
            for language, told in self.texts.items()
        }
        return replace(self, values={**self.values, group: row}, texts=texts)

    def paths(self, block: str) -> list[str]:
        """The addresses answered in a block, in the order in which they are read."""
        return [path for path in self.texts["ar"] if path.startswith(f"{block}.")]


def read_case(case: Case, decision: Decision | None = None) -> Reading:
    """Answers as corrected, then those of each stage, then those of the decisions; of rows, those granted."""
    values: dict[str, Any] = dict(answers_of(case))
    for stage in case.stages.exclude(closed_at=None):
        values |= {code: answer for code, answer in stage.answers.items() if isinstance(answer, dict)}
    for each in case.decisions.filter(sent_back_at=None).order_by("pk"):
        values |= each.answers
    if decision is not None:
        values = of_granted(values | decision.answers, decision)
    texts = {language: _texts(case, values, language) for language in LANGUAGES}
    return Reading(case, resolve(case.procedure, on=localdate(case.filed_at)), values, texts)


def _texts(case: Case, values: dict[str, Any], language: str) -> dict[str, tuple[str, str]]:
    sections = read_answers(case.snapshot.content, values, language=language)
    return {item.path: (str(item.label), str(item.text)) for section in sections for item in section.items}
