"""What a case says, for print: values by address, names, and the readable text of each answer in both languages."""

from dataclasses import dataclass
from typing import Any

from django.utils.timezone import localdate

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
        """The names behind a block of identity, a legal person, or one answer."""
        return named(self.value(need))

    def text(self, address: str) -> Words:
        """The readable answer at an address, in each language."""
        return {language: self.texts[language].get(address, ("", ""))[1] for language in LANGUAGES}

    def label(self, address: str) -> Words:
        return {language: self.texts[language].get(address, ("", ""))[0] for language in LANGUAGES}

    def paths(self, block: str) -> list[str]:
        """The addresses answered in a block, in the order in which they are read."""
        return [path for path in self.texts["ar"] if path.startswith(f"{block}.")]


def read_case(case: Case, decision: Decision | None = None) -> Reading:
    """Answers as corrected, then those of each stage, then those of the decision."""
    values: dict[str, Any] = dict(answers_of(case))
    for stage in case.stages.all():
        values |= {code: answer for code, answer in stage.answers.items() if isinstance(answer, dict)}
    if decision is not None:
        values |= decision.answers
    texts = {language: _texts(case, values, language) for language in LANGUAGES}
    return Reading(case, resolve(case.procedure, on=localdate(case.filed_at)), values, texts)


def _texts(case: Case, values: dict[str, Any], language: str) -> dict[str, tuple[str, str]]:
    sections = read_answers(case.snapshot.content, values, language=language)
    return {item.path: (str(item.label), str(item.text)) for section in sections for item in section.items}
