"""Everything of a procedure that is in force at a filing, as canonical JSON in three languages."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from procedures.definition import (
    Appeal,
    Block,
    Both,
    Commission,
    Condition,
    Deadline,
    Decision,
    Delay,
    Evidence,
    Given,
    Group,
    InForce,
    Need,
    Not,
    Output,
    Parameter,
    Party,
    Placed,
    Procedure,
    Rule,
    Stage,
    Validity,
    blocks_of,
    in_languages,
)
from procedures.definition.walking import every_parameter
from procedures.rules.explaining import addresses, basis_as_json, plain
from procedures.writing import given

FORMAT = 1


def take_snapshot(procedure: Procedure, *, on: date) -> dict[str, Any]:
    """The resolved procedure as JSON, as it stands on a day; functions are not in it, they are found by their code.

    Keys: procedure, steps, blocks, papers, rules, parameters, fee, deadlines, authority, route, reasons, signatories,
    outputs, effects, legal_basis, retention, appeal. Texts are {"ar", "fr", "en"}; what has no basis has null there.
    """
    return {
        "format": FORMAT,
        "on": on.isoformat(),
        "procedure": _head(procedure),
        "steps": [
            {
                "code": step.code,
                "title": in_languages(step.title),
                "blocks": [block.code for block in blocks_of(step)],
                "when": condition_as_json(step.when),
            }
            for step in procedure.steps
        ],
        "blocks": [_placed(placed) for placed in procedure.places()],
        "papers": [_paper(paper) for paper in procedure.papers],
        "rules": [_rule(rule, procedure) for rule in procedure.every_rule],
        "parameters": _parameters(procedure),
        "fee": {
            "amount": procedure.fee.amount,
            "per": need_as_json(procedure.fee.per),
            "basis": basis_as_json(procedure.fee.basis),
        },
        "deadlines": [_deadline(deadline) for deadline in procedure.deadlines],
        "authority": [_party(party) for party in procedure.authorities],
        "route": [_stage(stage) for stage in procedure.route],
        "reasons": [
            {
                "code": reason.code,
                "text": in_languages(reason.text),
                "mend": in_languages(reason.mend),
                "on": _values(reason.on),
                "basis": basis_as_json(reason.basis),
            }
            for reason in procedure.reasons
        ],
        "signatories": [
            {"code": each.code, "title": in_languages(each.title), "who": each.who} for each in procedure.signatories
        ],
        "outputs": [_output(output) for output in procedure.outputs],
        "effects": [{"on": _values(effect.on), "says": in_languages(effect.says)} for effect in procedure.effects],
        "legal_basis": [basis_as_json(basis) for basis in procedure.legal_basis],
        "retention": _delay(procedure.retention),
        "appeal": _appeal(procedure.appeal),
    }


def canonical(content: Mapping[str, Any]) -> bytes:
    """The one form of a snapshot: sorted keys, no spaces, UTF-8."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(content: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal.

    The day it was taken on is left out, so that filings of different days under the same rules share one snapshot.
    """
    return hashlib.sha256(canonical({key: value for key, value in content.items() if key != "on"})).hexdigest()


def condition_as_json(condition: Condition | None) -> dict[str, Any] | None:
    """A condition as data: what is given by answers can be judged again, a function is named by its code."""
    if condition is None:
        return None
    if isinstance(condition, Not):
        return {"op": "not", "of": condition_as_json(condition.of)}
    if isinstance(condition, Both):
        return {"op": "and", "of": [condition_as_json(condition.first), condition_as_json(condition.second)]}
    content = {"says": in_languages(condition.says), "needs": [need_as_json(need) for need in condition.needs]}
    if isinstance(condition, Given) and isinstance(condition.needs[0], str):
        return {"op": "given", **content, "values": plain(condition.values)}
    return {"op": "code", **content, "code": condition.code}


def condition_from_json(content: Mapping[str, Any] | None, known: Mapping[str, Condition]) -> Condition | None:
    """The condition again; one that is a function is looked up by code in `known`, and unknown when it is gone."""
    if content is None:
        return None
    if content["op"] == "not":
        inner = condition_from_json(content["of"], known)
        return ~inner if inner else None
    if content["op"] == "and":
        first, second = (condition_from_json(side, known) for side in content["of"])
        return first & second if first and second else first or second
    if content["op"] == "given":
        return given(content["needs"][0], *content["values"], says=content["says"]["en"])
    return known.get(content["code"]) or Condition(content["code"], "", ("case.gone",), bool)


def need_as_json(need: Need) -> Any:
    """A need by its address, or by the code of a parameter or a fact with what it needs."""
    if isinstance(need, str):
        return need
    if isinstance(need, Parameter):
        return {"parameter": need.code}
    return {"fact": need.code, "needs": [need_as_json(each) for each in need.needs]}


def _head(procedure: Procedure) -> dict[str, Any]:
    return {
        "code": procedure.code,
        "prefix": procedure.prefix,
        "version": procedure.version,
        "title": in_languages(procedure.title),
        "summary": in_languages(procedure.summary),
        "about": need_as_json(procedure.about),
        "binding": procedure.binding,
        "applicants": [applicant.audience.value for applicant in procedure.applicants],
    }


def _placed(placed: Placed) -> dict[str, Any]:
    block = placed.block
    group = block if isinstance(block, Group) else None
    return {
        "code": block.code,
        "legend": in_languages(block.asks.legend),
        "step": placed.step.code if placed.step else "",
        "stage": placed.stage.name if placed.stage else "",
        "when": condition_as_json(block.when),
        "confidential": block.confidential,
        "group": {"least": group.least, "most": group.most, "fixed": group.fixed} if group else None,
        "fields": _fields(block),
    }


def _fields(block: Block) -> list[dict[str, Any]]:
    return [
        {"name": name, **field.declaration(), "when": condition_as_json(field.when)}
        for name, field in block.asks.questions().items()
    ]


def _paper(paper: Evidence) -> dict[str, Any]:
    return {
        "code": paper.code,
        "title": in_languages(paper.title),
        "when": condition_as_json(paper.when),
        "each": paper.each,
        "optional": paper.optional,
        "files": paper.files,
        "age": _delay(paper.age),
        "form": paper.form,
        "opens_on": paper.opens_on,
        **({"at": paper.at} if paper.at else {}),
    }


def _rule(rule: Rule, procedure: Procedure) -> dict[str, Any]:
    return {
        "code": rule.code,
        "says": in_languages(rule.says),
        "title": in_languages(rule.title),
        "weight": rule.weight.value,
        "each": rule.each,
        "instead": rule.instead,
        "needs": [need_as_json(need) for need in rule.needs],
        "addresses": list(addresses(rule.needs)),
        "basis": basis_as_json(rule.basis),
        "eligibility": rule in procedure.eligibility,
    }


def _parameters(procedure: Procedure) -> dict[str, Any]:
    return {
        parameter.code: _in_force(
            procedure.in_force.get(parameter.code) or InForce(parameter.default, basis=parameter.basis)
        )
        | {"title": in_languages(parameter.title)}
        for parameter in every_parameter(procedure)
    }


def _in_force(value: InForce) -> dict[str, Any]:
    return {"value": plain(value.value), "since": plain(value.since), "basis": basis_as_json(value.basis)}


def _stage(stage: Stage) -> dict[str, Any]:
    return {
        "kind": stage.kind,
        "code": stage.name,
        "at": _party(stage.at) if stage.at else None,
        "by": stage.by,
        "blocks": [block.code for block in blocks_of(stage)],
        "deadline": _deadline(stage.deadline) if stage.deadline else None,
        "when": condition_as_json(stage.when),
        "optional": stage.optional,
        "commission": stage.commission if isinstance(stage, Commission) else "",
        "precedents": list(stage.precedents) if isinstance(stage, Commission) else [],
        "kinds": _values(stage.kinds) if isinstance(stage, Decision) else [],
        "automatic": condition_as_json(stage.automatic) if isinstance(stage, Decision) else None,
        "each": stage.each if isinstance(stage, Decision) else "",
    }


def _party(party: Party) -> dict[str, Any]:
    fields = {name: getattr(party, name) for name in ("of", "service", "body") if hasattr(party, name)}
    return {
        "party": type(party).__name__.lower(),
        "when": condition_as_json(party.when),
        **{name: need_as_json(value) for name, value in fields.items()},
    }


def _deadline(deadline: Deadline) -> dict[str, Any]:
    return {
        "within": _delay(deadline.within),
        "silence": deadline.silence.value,
        "when": condition_as_json(deadline.when),
        "basis": basis_as_json(deadline.basis),
    }


def _delay(delay: Delay | None) -> dict[str, Any] | None:
    return {"unit": type(delay).__name__.lower(), "amount": delay.amount} if delay else None


def _output(output: Output) -> dict[str, Any]:
    claims = {name: getattr(output.claims, name) for name in ("holder", "title", "structure", "level")}
    return {
        "code": output.code,
        "title": in_languages(output.title),
        "number": output.number,
        "on": _values(output.on),
        "frame": output.frame.code,
        "body": in_languages(output.body),
        "each": output.each,
        "when": condition_as_json(output.when),
        "to": need_as_json(output.to),
        "claims": {name: need_as_json(need) for name, need in claims.items()},
        "validity": _validity(output.validity),
        "replaces": need_as_json(output.replaces),
        **_printed(output),
    }


def _printed(output: Output) -> dict[str, Any]:
    """What the frame is told, where it is told something: what was released before stays as it was."""
    told = {each.name: getattr(output.frame, each.name) for each in fields(output.frame)}
    told = {name: list(need) if isinstance(need, tuple) else need_as_json(need) for name, need in told.items() if need}
    return ({"frame_told": told} if told else {}) | ({"english": True} if output.english else {})


def _validity(validity: Validity | None) -> dict[str, Any] | None:
    if validity is None:
        return None
    return {"lasts": _delay(validity.lasts), "until": need_as_json(validity.until), "plus": _delay(validity.plus)}


def _appeal(appeal: Appeal | None) -> dict[str, Any] | None:
    if appeal is None:
        return None
    return {
        "within": _delay(appeal.within),
        "procedure": appeal.procedure,
        "on": _values(appeal.on),
        "says": in_languages(appeal.says),
        "basis": basis_as_json(appeal.basis),
    }


def _values(kinds: Iterable[Any]) -> list[str]:
    return [kind.value for kind in kinds]
