"""Change a value or the words of a procedure from another room than the editors': checked alike, and put on record."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import LogContext

from cms_content.models import ProcedureValue, ProcedureWords
from cms_content.wording import LANGUAGES
from procedures.added_reasons import ADDED, path_of
from procedures.audit.services import append
from procedures.offices.guards import demand_administrator
from procedures.refusal import Refusal


@transaction.atomic
def set_value(
    *,
    procedure: str,
    path: str,
    value: Any,
    since: date,
    basis: Mapping[str, str] | None = None,
    article: str = "",
    by: Any,
    case_id: int | None = None,
) -> ProcedureValue:
    """A value in force from a day on, with the text it rests on by language; without one it is an assumption.

    A value already entered for that day is replaced. Where the decision of a case sets it, nobody does by hand: `by` is
    None, and the case is on record. Raises Refusal where the part does not exist, the value is of
    another kind, or applications were filed on that day or later.
    """
    demand_administrator(by)
    held = ProcedureValue.objects.select_for_update().filter(procedure=procedure, path=path, since=since).first()
    row = held or ProcedureValue(procedure=procedure, path=path, since=since)
    row.value, row.article = value, article.strip()
    for language in LANGUAGES:
        setattr(row, f"basis_{language}", (basis or {}).get(language, "").strip())
    _check(row)
    row.save()
    row.save_revision(user=by).publish(user=by, skip_permission_checks=True)
    data: dict[str, Any] = {"procedure": procedure, "path": path, "since": since.isoformat(), "assumed": not row.basis}
    data |= {"case": case_id} if case_id is not None else {}
    append(action="value.set", subject=(row._meta.label_lower, str(row.pk)), actor=by, data=data)
    return row


@transaction.atomic
def set_words(*, procedure: str, path: str, texts: Mapping[str, str], by: Any) -> ProcedureWords | None:
    """Other words for a part, by language; a language left empty keeps the default, all empty take them back.

    Raises Refusal where the part does not exist or the placeholders are not those of the default.
    """
    demand_administrator(by)
    held = ProcedureWords.objects.select_for_update().filter(procedure=procedure, path=path).first()
    said = {language: texts.get(language, "").strip() for language in LANGUAGES}
    if not any(said.values()):
        if held is not None:
            with LogContext(user=by):
                held.delete()  # which is put on record
        return None
    row = held or ProcedureWords(procedure=procedure, path=path)
    for language, text in said.items():
        setattr(row, f"text_{language}", text)
    _check(row)
    row.save()
    row.save_revision(user=by).publish(user=by, skip_permission_checks=True)  # which is put on record
    return row


def add_reason(
    *,
    procedure: str,
    text: Mapping[str, str],
    mend: Mapping[str, str],
    since: date,
    basis: Mapping[str, str] | None = None,
    article: str = "",
    by: Any,
) -> ProcedureValue:
    """A ground beside those of the definition, offered in applications filed from a day on; its code is given to it.

    Raises Refusal where the reason is not said in Arabic and in French.
    """
    demand_administrator(by)
    with transaction.atomic():
        taken = ProcedureValue.objects.select_for_update().filter(procedure=procedure, path__startswith=ADDED)
        numbers = [int(path.removeprefix(ADDED)) for path in taken.values_list("path", flat=True)]
        told = {"basis": basis, "article": article, "since": since, "by": by}
        value = {"text": _stripped(text), "mend": _stripped(mend), "offered": True}
        return set_value(procedure=procedure, path=path_of(max(numbers, default=0) + 1), value=value, **told)


def say_of_reason(*, held: ProcedureValue, since: date, by: Any, **said: Any) -> ProcedureValue:
    """From a day on an added reason has other texts (`text`, `mend`), or is (no longer) `offered`; its basis stays.

    Raises Refusal for a day before the one from which it holds.
    """
    if since < held.since:
        raise Refusal(_("This day lies before the one from which the reason holds. Enter a later day."), "since")
    texts = {part: _stripped(told) if isinstance(told, Mapping) else told for part, told in said.items()}
    return set_value(
        procedure=held.procedure,
        path=held.path,
        value=held.value | texts,
        since=since,
        basis=held.basis,
        article=held.article,
        by=by,
    )


def _stripped(texts: Mapping[str, str]) -> dict[str, str]:
    return {language: texts.get(language, "").strip() for language in LANGUAGES}


def _check(row: Any) -> None:
    try:
        row.full_clean(exclude={"latest_revision", "locked_by"})
    except ValidationError as wrong:
        field, sentences = next(iter(wrong.message_dict.items()))
        raise Refusal(" ".join(sentences), field) from None


def values_entered(procedure: str, prefix: str = "") -> list[ProcedureValue]:
    """Dated values of a procedure's parts whose path begins so, the latest first."""
    rows = ProcedureValue.objects.filter(procedure=procedure, path__startswith=prefix, live=True)
    return list(rows.order_by("path", "-since"))


def words_entered(procedure: str, prefix: str = "") -> dict[str, ProcedureWords]:
    """Editors' words of a procedure's parts by path."""
    rows = ProcedureWords.objects.filter(procedure=procedure, path__startswith=prefix, live=True)
    return {row.path: row for row in rows}
