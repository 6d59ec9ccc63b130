"""A procedure in plain words: its times, fee, papers, route and texts, as the public page prints them."""

from collections.abc import Iterable
from dataclasses import dataclass
from inspect import signature
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms_content.choices import AUDIENCES
from procedures.amounts import length, price
from procedures.definition import (
    Basis,
    Commission,
    Completeness,
    Condition,
    Deadline,
    Decision,
    Evidence,
    Instruction,
    Opinion,
    Parameter,
    Procedure,
    Rule,
    Signature,
    Stage,
    Visit,
)


@dataclass(frozen=True)
class Fact:
    """A sentence, the condition under which it holds, and the text it rests on ("" marks an assumption)."""

    text: str
    when: str = ""
    basis: str = ""


@dataclass(frozen=True)
class PaperLine:
    title: str
    notes: tuple[str, ...] = ()
    when: str = ""
    optional: bool = False


@dataclass(frozen=True)
class RouteLine:
    title: str
    who: str = ""
    text: str = ""
    when: str = ""


@dataclass(frozen=True)
class RuleLine:
    text: str
    instead: str = ""
    basis: str = ""


def deadlines(procedure: Procedure) -> tuple[Fact, ...]:
    """Every time the procedure announces, first the one that is tried first."""
    return tuple(_deadline(one) for one in procedure.deadlines)


def delay_in_brief(procedure: Procedure) -> Fact:
    """The longest time: what a row of the catalogue may promise to everyone."""
    return _deadline(procedure.deadlines[-1])


def fee_in_brief(procedure: Procedure) -> Fact:
    return Fact(price(procedure.fee), basis=_cited(procedure.fee.basis))


def papers(procedure: Procedure) -> tuple[PaperLine, ...]:
    """Papers that everyone hands in, then those asked under a condition."""
    lines = [_paper(paper) for paper in procedure.papers]
    return tuple(sorted(lines, key=lambda line: bool(line.when or line.optional)))


def audiences(procedure: Procedure) -> tuple[str, ...]:
    names = dict(AUDIENCES)
    return tuple(str(names[applicant.audience]) for applicant in procedure.applicants if applicant.audience in names)


def what_you_receive(procedure: Procedure) -> tuple[str, ...]:
    return tuple(str(output.title) for output in procedure.outputs)


def grounds(procedure: Procedure) -> tuple[RuleLine, ...]:
    """Who is turned to another door before starting."""
    return tuple(_rule(procedure, rule) for rule in procedure.eligibility)


def rules(procedure: Procedure) -> tuple[RuleLine, ...]:
    """What is checked in the answers."""
    return tuple(_rule(procedure, rule) for rule in procedure.rules)


def laws(procedure: Procedure) -> tuple[str, ...]:
    """Every text cited, once, in the order in which it is first met."""
    bases: list[Basis | None] = [
        *procedure.legal_basis,
        *(one.basis for one in procedure.deadlines),
        procedure.fee.basis,
        *(rule.basis for rule in (*procedure.eligibility, *procedure.rules)),
        *(reason.basis for reason in procedure.reasons),
    ]
    return tuple(dict.fromkeys(_cited(basis) for basis in bases if basis))


def assumptions(procedure: Procedure) -> tuple[str, ...]:
    """What rests on no text and is therefore marked so."""
    found = []
    if any(not one.basis for one in procedure.deadlines):
        found.append(_("the announced delay"))
    if not procedure.fee.basis:
        found.append(_("the fee"))
    if procedure.papers:
        found.append(_("the list of papers"))
    if not all(rule.basis for rule in (*procedure.eligibility, *procedure.rules)):
        found.append(_("some of the checks"))
    return tuple(found)


def route(procedure: Procedure) -> tuple[RouteLine, ...]:
    """What happens from filing to the document, in the order of the route."""
    told = [line for stage in procedure.route if (line := _stage(stage))]
    return (_filing(procedure), *told, _ending(procedure))


def _filing(procedure: Procedure) -> RouteLine:
    pages = len(procedure.steps) + bool(procedure.papers) + 1
    return RouteLine(
        _("You file the application"),
        _("You"),
        ngettext(
            "You answer on %(count)d short page, read your answers again, and receive a numbered receipt.",
            "You answer on %(count)d short pages, read your answers again, and receive a numbered receipt.",
            pages,
        )
        % {"count": pages},
    )


def _ending(procedure: Procedure) -> RouteLine:
    if not procedure.outputs:
        return RouteLine(_("You receive the answer"), _("In your account"))
    return RouteLine(
        _("You receive the document"),
        _("In your account: a PDF sealed with a QR code"),
        _("If the answer is no, the letter gives each reason, what it rests on and how to contest it."),
    )


def _stage(stage: Stage) -> RouteLine | None:
    when = str(stage.when.says) if stage.when else ""
    for kind, title, who, text in _stage_words():
        if isinstance(stage, kind):
            if stage.deadline:
                who = " · ".join(part for part in (who, length(stage.deadline.within)) if part)
            return RouteLine(title, who, text, when)
    return None


def _stage_words() -> Iterable[tuple[type[Stage], str, str, str]]:
    desk, central = _("Regional directorate"), _("The office in charge")
    return (
        (
            Completeness,
            _("We check that the file is complete"),
            desk,
            _("If a paper is missing, we ask for that paper only. The clock stops until you answer."),
        ),
        (Instruction, _("We examine the file"), central, ""),
        (Visit, _("An inspector visits the premises"), desk, _("You are told the date beforehand.")),
        (Opinion, _("We ask for an opinion"), "", ""),
        (Commission, _("The commission gives its opinion"), _("Advisory commission"), ""),
        (Decision, _("We prepare the decision"), central, _("Each reason is written down with what it rests on.")),
        (Signature, _("A second person signs"), _("Someone who did not prepare the decision"), ""),
    )


def _deadline(deadline: Deadline) -> Fact:
    return Fact(length(deadline.within), str(deadline.when.says) if deadline.when else "", _cited(deadline.basis))


def _paper(paper: Evidence) -> PaperLine:
    notes = []
    if paper.each:
        notes.append(_("One for each row you enter."))
    if paper.files > 1:
        notes.append(ngettext("Up to %(count)d file.", "Up to %(count)d files.", paper.files) % {"count": paper.files})
    if paper.age:
        notes.append(_("Issued less than %(length)s ago.") % {"length": length(paper.age)})
    return PaperLine(str(paper.title), tuple(notes), _says(paper.when), paper.optional)


def _says(condition: Condition | None) -> str:
    return str(condition.says) if condition else ""


def _rule(procedure: Procedure, rule: Rule) -> RuleLine:
    """The rule's sentence: figures of a circular are filled in, an applicant's answers are an ellipsis."""
    names = list(signature(rule.test).parameters)
    values: dict[str, Any] = dict.fromkeys(names, "…")
    for name, need in zip(names, rule.needs, strict=False):
        if isinstance(need, Parameter):
            changed = procedure.in_force.get(need.code)
            values[name] = changed.value if changed else need.default
    text = str(rule.says)
    return RuleLine(text % values if "%(" in text else text, rule.instead, _cited(rule.basis))


def _cited(basis: Basis | None) -> str:
    if not basis:
        return ""
    return f"{basis.cites}, {basis.article}" if basis.article else str(basis.cites)
