"""The rules of a case as the officer reads them: outcome, sentence, values, and the text they rest on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import ngettext, pgettext

from portal.backoffice.opened import OpenedCase
from procedures.rules import Explanation

KINDS = {"failed": "ko", "unknown": "ask", "held": "ok", "not_asked": "na", "empty": "na"}
ORDER = ("ko", "ask", "ok", "na")


@dataclass(frozen=True)
class Mark:
    kind: str  # ko | ask | ok | na
    claim: str
    sentence: str  # what the applicant reads when it fails; empty where the claim says it already
    values: tuple[tuple[str, str], ...]  # (question, answer)
    basis: str  # empty: an assumption

    @property
    def word(self) -> str:
        return {
            "ko": pgettext("rule", "Failed"),
            "ask": pgettext("rule", "To look at"),
            "ok": pgettext("rule", "Holds"),
            "na": pgettext("rule", "Not asked"),
        }[self.kind]


def marks_of(opened: OpenedCase) -> list[Mark]:
    """Those that failed first, then those to look at, those that hold, and those that were not asked."""
    answers = {item.path: (item.label, item.text) for section in opened.sections for item in section.items}
    marks = [_mark(Explanation.from_json(told), answers, opened.language) for told in opened.case.explanations]
    return sorted(marks, key=lambda mark: ORDER.index(mark.kind))


def _mark(told: Explanation, answers: dict[str, tuple[str, str]], language: str) -> Mark:
    paths = [_of_row(need, told.row) for need in told.needs]
    claim, sentence = told.claim(language), told.sentence(language)
    return Mark(
        kind=KINDS[told.outcome],
        claim=claim,
        sentence=sentence if told.failed and sentence != claim else "",
        values=tuple(answers[path] for path in paths if path in answers and answers[path][1]),
        basis=_cited(told.basis, language) if told.basis else "",
    )


def _of_row(need: str, row: str) -> str:
    block, _dot, name = need.partition(".")
    return f"{block}[{row}].{name}" if row else need


def _cited(basis: Mapping[str, Any], language: str) -> str:
    cites = basis["cites"].get(language) or basis["cites"]["en"]
    return f"{cites} {basis['article']}".strip()


def tally_of(marks: list[Mark]) -> list[str]:
    """How many of each outcome, in words; outcomes that did not occur are left out."""
    counts = {kind: sum(mark.kind == kind for mark in marks) for kind in ORDER}
    words = {
        "ok": ngettext("%(count)s holds", "%(count)s hold", counts["ok"]),
        "ko": ngettext("%(count)s failed", "%(count)s failed", counts["ko"]),
        "ask": ngettext("%(count)s to look at", "%(count)s to look at", counts["ask"]),
        "na": ngettext("%(count)s not asked", "%(count)s not asked", counts["na"]),
    }
    return [text % {"count": counts[kind]} for kind, text in words.items() if counts[kind]]
