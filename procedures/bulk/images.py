"""Rows of a case as they stand, what an act changed in them, and how to write them back.

Every table that points at a case is looked at, so that one that is added is looked at too. What an act writes
elsewhere (documents, registers, papers) cannot be taken back by writing rows: `written_tables` tells of it.
"""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models

from procedures.cases.models import Case

Rows = dict[str, dict[int, dict[str, Any]]]  # by model, by key
Difference = dict[str, list[Any]]
BINDING = ("documents", "evidence", "bulk")  # rooms whose rows stand for files, or for this work itself
DERIVED = ("inboxes_line", "inboxes_word", "audit_entry", "jobs_job", "bulk_bulkitem")
WRITES = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+"(\w+)"', re.IGNORECASE)


@cache
def restorable() -> tuple[type[models.Model], ...]:
    """The case, and every table of the engine that has a row a case or more."""
    fields: list[Any] = Case._meta.get_fields(include_hidden=True)
    pointing = [each for each in fields if each.auto_created and (each.one_to_many or each.one_to_one)]
    related = [each.related_model for each in pointing if _is_looked_at(each)]
    return (Case, *(model for model in related if model._meta.db_table not in DERIVED))


def _is_looked_at(pointing: Any) -> bool:
    model = pointing.related_model
    is_ours = model.__module__.startswith("procedures.")  # what is written in a register stays written
    return pointing.field.name == "case" and is_ours and model._meta.app_label not in BINDING


def image_of(case: Case) -> Rows:
    told: Rows = {}
    for model in restorable():
        wanted = {"pk": case.pk} if model is Case else {"case": case}
        told[model._meta.label] = {row["id"]: row for row in model._default_manager.filter(**wanted).values()}
    return told


def difference(before: Rows, after: Rows) -> Difference:
    """What to write to come back from `after` to `before`: rows to change, rows that came, rows that are gone."""
    told: Difference = {"changed": [], "created": [], "gone": []}
    for label, rows in after.items():
        was = before[label]
        told["created"] += [[label, key] for key in rows if key not in was]
        told["gone"] += [[label, key] for key in was if key not in rows]
        for key, row in rows.items():
            old = {name: value for name, value in was.get(key, row).items() if value != row[name]}
            if old:
                told["changed"].append([label, key, old])
    return dict(json.loads(json.dumps(told, cls=DjangoJSONEncoder)))


def restore(case: Case, kept: Difference) -> Case:
    """Write rows back as they were. The version of the case goes on counting, so that open pages notice."""
    for label, key in reversed(kept["created"]):
        apps.get_model(label)._default_manager.filter(pk=key).delete()
    for label, key, old in kept["changed"]:
        model = apps.get_model(label)
        values = {name: _python(model, name, value) for name, value in old.items()}
        if model is Case:
            for name, value in values.items():
                setattr(case, name, value)
        else:
            model._default_manager.filter(pk=key).update(**values)
    return case


@contextmanager
def written_tables() -> Iterator[set[str]]:
    """The tables that the block writes, apart from those that only follow: lists, the chain, the outbox."""
    found: set[str] = set()

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if match := WRITES.match(sql):
            found.add(match.group(1))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found
    found.difference_update(DERIVED)


def can_be_restored(tables: set[str], kept: Difference) -> bool:
    return not kept["gone"] and tables <= {model._meta.db_table for model in restorable()}


def _python(model: type[models.Model], name: str, value: Any) -> Any:
    field = next(each for each in model._meta.concrete_fields if each.attname == name)
    field = field.target_field if isinstance(field, models.ForeignKey) else field
    return value if value is None or isinstance(field, models.JSONField) else field.to_python(value)
