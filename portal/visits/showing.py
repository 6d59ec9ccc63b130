"""A visit as its pages show it: lines with answers, findings, photographs, and what this person may do."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from procedures.cases.errors import CaseError, Refused
from procedures.visits.access import makes_it, may_change_plan, may_close, record_to_visit
from procedures.visits.answering import FREE, free_findings
from procedures.visits.items import CONFORMITY, Looked, bounds, looked_at
from procedures.visits.models import Finding, Item, Photograph, Severity, Visit
from procedures.visits.selectors import photographs_of

STATE_LOOKS = {
    Visit.State.PLANNED: "",
    Visit.State.BEGUN: "warn",
    Visit.State.REPORTED: "warn",
    Visit.State.CLOSED: "ok",
    Visit.State.CALLED_OFF: "off",
}
SEVERITY_LOOKS = {Severity.MINOR: "", Severity.MAJOR: "warn", Severity.GRAVE: "bad-t"}


@dataclass(frozen=True)
class Line:
    """One item on the page of the site."""

    looked: Looked
    bounds: str
    photographs: list[Photograph]

    @property
    def item(self) -> Item:
        return self.looked.item

    @property
    def conformity(self) -> list[tuple[str, Any, bool]]:
        return [(code, words, code == self.looked.value) for code, words in CONFORMITY.items()]


class VisitPage:
    """Everything that pages of one visit show, each part read once and only if asked for."""

    def __init__(self, visit: Visit, reader: Any) -> None:
        self.visit, self.reader = visit, reader

    @property
    def look(self) -> str:
        return STATE_LOOKS[Visit.State(self.visit.state)]

    @cached_property
    def makes_it(self) -> bool:
        return makes_it(self.reader, self.visit)

    @property
    def may_change(self) -> bool:
        return may_change_plan(self.reader, self.visit)

    @property
    def may_begin(self) -> bool:
        planned = self.visit.state == Visit.State.PLANNED
        return planned and self.makes_it and record_to_visit(self.visit.case) is not None

    @property
    def on_site(self) -> bool:
        return self.visit.state == Visit.State.BEGUN and self.makes_it

    @property
    def may_reopen(self) -> bool:
        return self.visit.state == Visit.State.REPORTED and self.makes_it

    @property
    def may_close(self) -> bool:
        return may_close(self.reader, self.visit)

    @property
    def has_report(self) -> bool:
        return self.visit.state in (Visit.State.REPORTED, Visit.State.CLOSED)

    @cached_property
    def lines(self) -> list[Line]:
        taken: dict[str, list[Photograph]] = {}
        for one in self.photographs:
            taken.setdefault(one.item, []).append(one)
        answers = self.visit.answers
        return [
            Line(one, bounds(one.item), taken.get(one.item.code, [])) for one in looked_at(self.visit.edition, answers)
        ]

    @property
    def failed(self) -> list[Looked]:
        return [line.looked for line in self.lines if line.looked.failed]

    @property
    def unanswered(self) -> int:
        return sum(not line.looked.answered for line in self.lines if line.item.kind != Item.Kind.PHOTOGRAPH)

    @cached_property
    def photographs(self) -> list[Photograph]:
        return list(photographs_of(self.visit))

    @property
    def other_photographs(self) -> list[Photograph]:
        return [one for one in self.photographs if not one.item]

    @property
    def free(self) -> list[dict[str, Any]]:
        """Places for findings besides the list, those that are used first."""
        answers = self.visit.answers
        return [
            {
                "number": number,
                "text": answers.get(f"finding-{number}-text", ""),
                "remedy": answers.get(f"finding-{number}-remedy", ""),
                "severities": [
                    (code, words, code == answers.get(f"finding-{number}-severity")) for code, words in Severity.choices
                ],
            }
            for number in range(1, FREE + 1)
        ]

    @property
    def free_found(self) -> list[tuple[int, dict[str, str]]]:
        return free_findings(self.visit.answers)

    @cached_property
    def findings(self) -> list[tuple[Finding, str, str]]:
        """Each finding of the report with its sentence and the look of its severity."""
        sentences = {line.item.code: str(line.item) for line in self.lines}
        besides = _("Besides the list")
        return [
            (one, sentences.get(one.code, besides), SEVERITY_LOOKS[Severity(one.severity)])
            for one in self.visit.findings.all()
        ]

    @cached_property
    def changes(self) -> list[Any]:
        return list(self.visit.changes.select_related("by"))


def name_in_words(visit: Visit, name: str) -> str:
    """What an answer's name stands for: "item-exits" is the sentence of the line."""
    kind, _dash, rest = name.partition("-")
    if kind in ("item", "note"):
        sentence = next((str(one.item) for one in looked_at(visit.edition, {}) if one.item.code == rest), rest)
        return sentence if kind == "item" else _("Remark: %(line)s") % {"line": sentence}
    if kind == "finding":
        number, _dash, part = rest.partition("-")
        words = {"text": _("What was seen"), "severity": _("How grave"), "remedy": _("What mends it")}
        return f"{_('Besides the list')} {number}: {words[part]}"
    return _("Remarks")


def value_in_words(visit: Visit, name: str, value: str) -> str:
    """An answer as people read it."""
    if name.startswith("item-"):
        found = next((one for one in looked_at(visit.edition, {name: value}) if f"item-{one.item.code}" == name), None)
        return found.shown if found else value
    return str(dict(Severity.choices).get(value, value)) if name.endswith("-severity") else value


def take_faults(form: Any, refused: CaseError) -> None:
    """Put what was refused beside the field that it is about, else above the form."""
    faults = refused.faults if isinstance(refused, Refused) else {"": [str(refused)]}
    for name, sentences in faults.items():
        for sentence in sentences:
            form.add_error(name if name in form.fields else None, sentence)
