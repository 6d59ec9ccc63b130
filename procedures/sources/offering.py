"""What one page may take: each answer that is known and differs from the one there, under where it comes from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language, ngettext

from procedures.asking import blocks_of, form_for, new_row_id, stored
from procedures.definition import Block, Group, Step
from procedures.registry import plugin_manager
from procedures.rules.values import EMPTY, NOT_ASKED, UNKNOWN
from procedures.sources.cases import known_from_cases
from procedures.sources.known import Known, Origin
from procedures.sources.models import Taken
from procedures.wizard.plan import Plan

Lists = dict[str, list[str]]


@dataclass(frozen=True)
class Offer:
    """One answer, or the rows of a group: its address, both values in words, and how a browser would post it."""

    origin: Origin
    path: str
    label: Any
    text: str
    now: str
    value: Any
    data: Lists
    first: bool = True  # no nearer source answers the same question

    @property
    def key(self) -> str:
        return f"{self.origin.key}|{self.path}"


@dataclass(frozen=True)
class Offered:
    """Everything that one source offers to a page."""

    origin: Origin
    offers: tuple[Offer, ...]


def offers_for(plan: Plan, step: Step, person: Any) -> tuple[Offered, ...]:
    """By source, the nearest first: the account, the organisation, the register, then earlier cases from the latest.

    An answer that another source already offers in the same words is not offered twice; one that the question would
    refuse is not offered at all.
    """
    seen: set[tuple[str, str]] = set()
    found = []
    for known in _known(plan, step, person):
        offers = []
        for offer in _offers(plan, step, known):
            if offer.text != offer.now and (offer.path, offer.text) not in seen:
                offers.append(replace(offer, first=offer.path not in {path for path, _text in seen}))
                seen.add((offer.path, offer.text))
        if offers:
            found.append(Offered(known.origin, tuple(offers)))
    return tuple(found)


def _known(plan: Plan, step: Step, person: Any) -> Iterator[Known]:
    told = plugin_manager().hook.known_facts(person=person, organisation=plan.draft.organisation)
    yield from (known for each in told for known in each)
    yield from _from_the_register(plan, step)
    yield from known_from_cases(plan.draft)


def _from_the_register(plan: Plan, step: Step) -> Iterator[Known]:
    """`Block.source`: a mapping for a block, rows for a group; a register that is down offers nothing."""
    for block in plan.situation.asked_blocks(step):
        value = plan.situation.value(block.source, block=block.code) if block.source else None
        if not value or value in (EMPTY, NOT_ASKED, UNKNOWN):
            continue
        origin = Origin(Taken.Origin.REGISTER, on=timezone.localdate())
        if isinstance(block, Group):
            yield Known(origin, {}, groups={block.code: list(value)})
        else:
            yield Known(origin, {}, {f"{block.code}.{name}": given for name, given in dict(value).items()})


def _offers(plan: Plan, step: Step, known: Known) -> Iterator[Offer]:
    asked = {block.code for block in plan.situation.asked_blocks(step)}
    for block in (block for block in blocks_of(step) if block.code in asked):
        if isinstance(block, Group):
            rows = known.groups.get(block.code)
            if rows and (known.origin.kind == Taken.Origin.REGISTER or not block.fixed):
                yield _rows(plan, block, rows, known.origin)
            continue
        values = {name: _value(block, name, field, known) for name, field in block.asks.base_fields.items()}
        yield from _answers(plan, block, {name: value for name, value in values.items() if value}, known.origin)


def _value(block: Block, name: str, field: Any, known: Known) -> Any:
    fact = getattr(field, "fact", "")
    return known.facts.get(fact) if fact in known.facts else known.answers.get(f"{block.code}.{name}")


def _answers(plan: Plan, block: Block, values: Mapping[str, Any], origin: Origin) -> Iterator[Offer]:
    language = get_language() or "ar"
    data = written(plan, block, values, block.code)
    tried = form_for(plan.procedure, block, data=MultiValueDict(data), situation=plan.situation)
    tried.is_valid()
    clean = stored(tried) if hasattr(tried, "cleaned_data") else {}
    now = (plan.draft.answers.get(block.code) or {}) | _typed(plan, block)
    for name in tried.fields:
        field: Any = tried.fields[name]
        if name not in values or name in tried.errors or clean.get(name) is None:
            continue
        shown = {"text": field.shown(clean[name], language), "now": ""}
        if now.get(name) is not None:
            shown["now"] = field.shown(now[name], language)
        cells = {key: given for key, given in data.items() if _is_of(key, f"{block.code}-{name}")}
        yield Offer(origin, f"{block.code}.{name}", field.label, value=clean[name], data=cells, **shown)


def _typed(plan: Plan, block: Block) -> dict[str, Any]:
    """What stands on the page as it was last typed, where it can be understood."""
    step = next(code for code, step in plan.steps.items() if block.code in {each.code for each in blocks_of(step)})
    part = next((part for part in plan.page(step).parts if part.block.code == block.code), None)
    if part is None or not part.asked.is_bound:
        return {}
    part.asked.is_valid()
    return {name: value for name, value in stored(part.asked).items() if value is not None}


def _rows(plan: Plan, group: Group, rows: list[Mapping[str, Any]], origin: Origin) -> Offer:
    ids = [str(row.get("_row") or new_row_id()) for row in rows]
    data: Lists = {f"{group.code}-row": ids}
    for row_id, row in zip(ids, rows, strict=True):
        data |= written(plan, group, row, f"{group.code}-{row_id}", row_id)
    return Offer(origin, group.code, group.asks.legend, _entries(len(rows)), _now(plan, group), rows, data)


def _now(plan: Plan, group: Group) -> str:
    held = plan.draft.answers.get(group.code) or ()
    return _entries(len(held)) if held else ""


def _entries(number: int) -> str:
    return ngettext("%(number)s entry", "%(number)s entries", number) % {"number": number}


def written(plan: Plan, block: Block, values: Mapping[str, Any], prefix: str, row: str = "") -> Lists:
    """Stored answers as a browser posts them: a date in its three boxes, several choices as several values."""
    form = form_for(plan.procedure, block, initial=values, prefix=prefix, row=row)
    data: Lists = {}
    for bound in form:
        if bound.name not in values or values[bound.name] is None:
            continue
        widget: Any = bound.field.widget
        value: Any = bound.value()
        if hasattr(widget, "widgets_names"):  # several boxes
            parts: Any = value if isinstance(value, list) else widget.decompress(value)
            names = (f"{bound.html_name}{suffix}" for suffix in widget.widgets_names)
            data |= {name: [str(part)] for name, part in zip(names, parts, strict=True) if part is not None}
        else:
            data[bound.html_name] = [str(each) for each in (value if isinstance(value, list | tuple) else [value])]
    return data


def _is_of(key: str, name: str) -> bool:
    return key == name or key.startswith(f"{name}_")
