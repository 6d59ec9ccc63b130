"""Forms for the questions of a procedure: one for a block, one for each row of a group; and the way back to JSON."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from itertools import count, islice
from typing import Any

from django.utils.translation import ngettext

from procedures.definition import Block, Group, Procedure, blocks_of
from procedures.fields import Fieldset
from procedures.rules import Situation

__all__ = ["Rows", "blocks_of", "form_for", "formset_for", "new_row_id", "row_ids", "stored", "to_json"]

ROW_SIGNS = "23456789abcdefghjkmnpqrstvwxyz"
ROW = "row"  # the name, after the group's, of the hidden inputs that list its rows in order


def form_for(
    procedure: Procedure,
    block: Block,
    *,
    data: Mapping[str, Any] | None = None,
    initial: Mapping[str, Any] | None = None,
    prefix: str | None = None,
    situation: Situation | None = None,
    row: str = "",
) -> Fieldset:
    """The form of a block; `initial` are its stored answers (JSON), `prefix` is the block's code unless said.

    A question that hangs on another block is left out when it is not asked. One that hangs on its own fieldset
    (`when=given(".destination", "abroad")`) stays in the form, and its answer is dropped when it turns out not asked:
    so the page works without a script.
    """
    form: Fieldset = block.asks(
        data=data, initial=_initial(block, initial), prefix=block.code if prefix is None else prefix
    )
    form.row_id = row
    if situation is None:
        return form
    for name, field in list(form.fields.items()):
        condition = getattr(field, "when", None)
        beside = condition is not None and all(str(need).startswith(".") for need in condition.needs)
        if condition is not None and not beside and not situation.field_is_asked(block.code, name, row):
            del form.fields[name]
    form.not_asked = lambda cleaned: _falls_away(form, block, situation, cleaned)
    return form


def formset_for(
    procedure: Procedure,
    group: Group,
    *,
    data: Mapping[str, Any] | None = None,
    initial: Sequence[Mapping[str, Any]] = (),
    prefix: str | None = None,
    situation: Situation | None = None,
) -> Rows:
    """The forms of a group, one a row; `initial` are its stored rows, each with its `_row`."""
    return Rows(procedure, group, data=data, initial=initial, prefix=prefix, situation=situation)


class Rows:
    """The rows of a group as forms; the POST names are `stays-k3f9-country`, and `stays-row` once for each row.

    Without `stays-row` in the data the rows are those whose cells were posted. `add()` and `remove()` are for the
    buttons that work without a script.
    """

    def __init__(
        self,
        procedure: Procedure,
        group: Group,
        *,
        data: Mapping[str, Any] | None,
        initial: Sequence[Mapping[str, Any]],
        prefix: str | None,
        situation: Situation | None,
    ) -> None:
        self.procedure, self.group, self.situation = procedure, group, situation
        self.prefix = group.code if prefix is None else prefix
        self.data, self.is_bound = data, data is not None
        self.initial = {str(row.get("_row") or new_row_id()): row for row in initial}
        ids = row_ids(data, self.prefix)[: group.most + 1] if data is not None else list(self.initial)
        blank = [] if self.is_bound or group.fixed else blank_ids(ids, group.least)
        self.forms = [self._form(row_id) for row_id in (*ids, *blank)]

    @property
    def row_field(self) -> str:
        """The name of the hidden inputs that keep the order of the rows."""
        return f"{self.prefix}-{ROW}"

    @property
    def legend(self) -> Any:
        return self.group.asks.legend

    @property
    def can_add(self) -> bool:
        return not self.group.fixed and len(self.forms) < self.group.most

    @property
    def can_remove(self) -> bool:
        return not self.group.fixed

    def add(self) -> str:
        """Add an empty row, and give its id."""
        row_id = new_row_id()
        self.forms.append(self._form(row_id, bound=False))
        return row_id

    def remove(self, row_id: str) -> None:
        """Take a row away; an id that is not there changes nothing."""
        self.forms = [form for form in self.forms if form.row_id != row_id]

    def is_valid(self) -> bool:
        valid = [form.is_valid() for form in self.forms]  # every row, so that what is right in each is understood
        return self.is_bound and all(valid) and not self.non_form_errors()

    def non_form_errors(self) -> list[str]:
        """Too few or too many rows, each as a sentence."""
        count, least, most = len(self.forms), self.group.least, self.group.most
        if self.is_bound and count < least:
            sentence = ngettext(
                "“%(label)s”: give at least %(number)d row.", "“%(label)s”: give at least %(number)d rows.", least
            )
            return [sentence % {"label": self.legend, "number": least}]
        if self.is_bound and count > most:
            sentence = ngettext(
                "“%(label)s”: give at most %(number)d row.", "“%(label)s”: give at most %(number)d rows.", most
            )
            return [sentence % {"label": self.legend, "number": most}]
        return []

    def stored(self) -> list[dict[str, Any]]:
        """The rows as the draft stores them, each with its `_row`."""
        return [{"_row": form.row_id, **stored(form)} for form in self.forms]

    def __iter__(self) -> Any:
        return iter(self.forms)

    def __len__(self) -> int:
        return len(self.forms)

    def _form(self, row_id: str, *, bound: bool = True) -> Fieldset:
        return form_for(
            self.procedure,
            self.group,
            data=self.data if bound else None,
            initial=self.initial.get(row_id),
            prefix=f"{self.prefix}-{row_id}",
            situation=self.situation,
            row=row_id,
        )


def row_ids(data: Mapping[str, Any], prefix: str) -> list[str]:
    """The ids of the posted rows of a group, in order, each once; ids that could not be ours are left out."""
    key = f"{prefix}-{ROW}"
    listed = data.getlist(key) if hasattr(data, "getlist") else data.get(key, ())
    ids = [listed] if isinstance(listed, str) else list(listed)
    if not ids:
        names = (name.removeprefix(f"{prefix}-") for name in data if name.startswith(f"{prefix}-"))
        ids = [name.partition("-")[0] for name in names if "-" in name]
    return [row_id for row_id in dict.fromkeys(ids) if row_id.isalnum() and len(row_id) <= 40]


def blank_ids(ids: Sequence[str], least: int) -> list[str]:
    """Ids of the rows that a group still owes: the same each time the page is shown, in every tab."""
    free = (f"blank{number}" for number in count(1))
    return list(islice((row_id for row_id in free if row_id not in ids), max(0, least - len(ids))))


def new_row_id() -> str:
    """A row's own name for as long as it lives; no sign that reads like another."""
    return "".join(secrets.choice(ROW_SIGNS) for _sign in range(6))


def stored(form: Fieldset) -> dict[str, Any]:
    """The cleaned answers of a valid form as JSON; what was left empty is None."""
    return {name: to_json(value, form.fields[name]) for name, value in form.cleaned_data.items() if name in form.fields}


def to_json(value: Any, field: Any = None) -> Any:
    """A cleaned value as JSON holds it."""
    if field is not None and hasattr(field, "to_json"):
        value = field.to_json(value)
    if value in ("", [], ()):
        return None
    return list(value) if isinstance(value, tuple | set) else value


def _initial(block: Block, answers: Mapping[str, Any] | None) -> dict[str, Any]:
    names: Iterable[str] = block.asks.questions()
    return {name: answers[name] for name in names if name in answers} if answers else {}


def _falls_away(form: Fieldset, block: Block, situation: Situation, cleaned: Mapping[str, Any]) -> frozenset[str]:
    """The questions of this very form that its own answers make unasked."""
    conditional = [name for name, field in form.fields.items() if getattr(field, "when", None) is not None]
    if not conditional:
        return frozenset()
    row: dict[str, Any] = {name: to_json(value, form.fields[name]) for name, value in cleaned.items()}
    if form.row_id:
        others = [each for each in situation.answers.get(block.code) or () if each.get("_row") != form.row_id]
        answers: Any = [*others, {"_row": form.row_id, **row}]
    else:
        answers = row
    now = Situation(
        situation.procedure,
        {**situation.answers, block.code: answers},
        on=situation.on,
        engine=situation.engine,
    )
    return frozenset(name for name in conditional if not now.field_is_asked(block.code, name, form.row_id))
