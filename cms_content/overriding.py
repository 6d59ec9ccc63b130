"""Checks on what editors change: the part exists, the placeholders are the default's, the value is of its kind."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from cms_content.value_words import in_words
from cms_content.wording import LANGUAGES, PRINTED
from procedures.added_reasons import KIND as REASON
from procedures.added_reasons import is_reason, overridable_reason
from procedures.cases.models import Case
from procedures.definition.overrides import Overridable
from procedures.definition.words import Text
from procedures.documents.services import has_preview, preview_wording
from procedures.registry import procedures
from procedures.resolving import overridable

if TYPE_CHECKING:
    from cms_content.models import Override, ProcedureValue, ProcedureWords

PLACEHOLDER = re.compile(r"%\(([\w.]+)\)[sd]")
BODY = re.compile(r"output\.(?P<output>\w+)\.body")


@dataclass(frozen=True)
class Comparison:
    """One language of the preview, its words in that language."""

    language: str
    name: str
    heading_default: str
    default: str
    heading_now: str
    now: str


@dataclass(frozen=True)
class Fault:
    """A row that needs an editor: its part is gone, or its default was rewritten since."""

    row: "Override"
    says: str
    is_orphan: bool


def parts_of(procedure: str) -> Mapping[str, Overridable]:
    """The parts of a procedure by path; none when it is not loaded."""
    if procedure not in procedures():
        return {}
    return overridable(procedures()[procedure])


def part_at(procedure: str, path: str) -> Overridable | None:
    """The part that a path names, a reason that the administration added too; None when there is none."""
    if procedure not in procedures():
        return None
    return parts_of(procedure).get(path) or overridable_reason(path)


def default_hash(procedure: str, path: str) -> str:
    """A digest of the default as it reads today, in three languages when it is a text; "" when the part is gone."""
    part = part_at(procedure, path)
    if part is None:
        return ""
    text = "\x00".join(in_three_languages(part.default).values()) if part.kind == "text" else repr(part.default)
    return hashlib.sha256(text.encode()).hexdigest()


def in_three_languages(text: Text) -> dict[str, str]:
    said = {}
    for language in LANGUAGES:
        with override(language):
            said[language] = str(text)
    return said


def check_words(row: "ProcedureWords") -> None:
    part = _existing(row)
    if part.kind != "text":
        raise ValidationError({"path": _("This part is a value. Change it under “Values of procedures”.")})
    if not row.texts:
        raise ValidationError({"text_ar": _("Write the text in at least one language.")})
    if output_of(row) and (missing := [language for language in PRINTED if language not in row.texts]):
        both = _("A document is printed in Arabic and in French: write both.")
        raise ValidationError({f"text_{language}": both for language in missing})
    wanted = set(PLACEHOLDER.findall(str(part.default)))
    for language, text in row.texts.items():
        if set(PLACEHOLDER.findall(text)) != wanted or "%" in PLACEHOLDER.sub("", text.replace("%%", "")):
            names = " ".join(f"%({name})s" for name in sorted(wanted)) or _("none")
            raise ValidationError(
                {f"text_{language}": _("Keep exactly the placeholders of the default: %(names)s") % {"names": names}}
            )


def output_of(row: "Override") -> str:
    """The output whose wording a row is; "" for any other part."""
    found = BODY.fullmatch(row.path)
    return found["output"] if found else ""


def paper_of(row: "ProcedureWords") -> bytes | None:
    """The document as it would print with these words; None where they are not the words of one."""
    output, known = output_of(row), procedures().get(row.procedure)
    if known is None or not has_preview(known, output):
        return None
    return preview_wording(procedure=row.procedure, output=output, texts=row.texts)


def check_value(row: "ProcedureValue") -> None:
    part = _existing(row)
    if part.kind == "text":
        raise ValidationError({"path": _("This part is a text. Change it under “Words of procedures”.")})
    if not _fits(part, row.value):
        raise ValidationError({"value": _WANTED[part.kind]})
    if part.kind != REASON and _changes_filed_cases(row):
        raise ValidationError(
            {
                "since": _(
                    "Applications were filed on this day or later, and keep what was in force. Choose a later day."
                )
            }
        )


def _changes_filed_cases(row: "ProcedureValue") -> bool:
    """A value that begins before a filing would judge that case anew, against what its snapshot says."""
    kept = type(row).objects.filter(pk=row.pk, live=True, value=row.value, since=row.since, path=row.path)
    if kept.exists():
        return False
    return Case.objects.filter(procedure=row.procedure, filed_at__gte=_midnight(row.since)).exists()


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


_WANTED = {
    "delay": gettext_lazy("Enter a whole number."),
    "money": gettext_lazy("Enter the fee in dinars, for example 5 or 0.500."),
    "yes_no": gettext_lazy("Choose yes or no."),
    REASON: gettext_lazy("Write the reason in Arabic and in French."),
    "value": gettext_lazy("Enter a value of the same kind as the default."),
}


def _fits(part: Overridable, value: Any) -> bool:
    if part.kind == "yes_no":
        return isinstance(value, bool)
    if part.kind == REASON:
        return is_reason(value)
    if part.kind in {"delay", "money"}:
        return _is_count(value)
    return _same_kind(value, part.default)


def compared(row: "Override") -> list[Comparison]:
    """Default and new text side by side, for the preview."""
    part = part_at(row.procedure, row.path)
    return [_comparison(row, part, language) for language in LANGUAGES] if part else []


def _comparison(row: "Override", part: Overridable, language: str) -> Comparison:
    from cms_content.models import ProcedureWords  # models check themselves here

    with override(language):
        if isinstance(row, ProcedureWords):
            default = str(part.default)
            now = row.texts.get(language, default)
        else:
            default, now = in_words(part, part.default), in_words(part, cast("ProcedureValue", row).value)
        name = str(dict(settings.LANGUAGES)[language])
        return Comparison(language, name, _("Default"), default, _("What people will read"), now)


def faults() -> list[Fault]:
    """Rows that are live and whose part is gone or was rewritten."""
    from cms_content.models import ProcedureValue, ProcedureWords  # models check themselves here

    found: list[Fault] = []
    rows: list[Override] = [
        *ProcedureWords.objects.filter(live=True).order_by("procedure", "path"),
        *ProcedureValue.objects.filter(live=True).order_by("procedure", "path", "since"),
    ]
    for row in rows:
        today = default_hash(row.procedure, row.path)
        if not today:
            found.append(Fault(row, _("This part no longer exists: the change has no effect."), is_orphan=True))
        elif today != row.default_hash:
            found.append(
                Fault(row, _("The default was rewritten since. Read it again, then save to confirm."), is_orphan=False)
            )
    return found


def _existing(row: "Override") -> Overridable:
    part = part_at(row.procedure, row.path)
    if part is None:
        raise ValidationError({"path": _("The procedure has no such part. Choose one of the list.")})
    return part


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _same_kind(value: Any, default: Any) -> bool:
    if isinstance(default, bool):
        return isinstance(value, bool)
    if isinstance(default, (int, float, Decimal)):
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    if isinstance(default, str):
        return isinstance(value, str)
    if isinstance(default, (list, tuple, set, frozenset)):
        return isinstance(value, list)
    return isinstance(value, dict) if isinstance(default, dict) else value is not None
