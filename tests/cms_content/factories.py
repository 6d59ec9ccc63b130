"""What an editor writes, as saved from the admin."""

from datetime import date
from typing import Any

from cms_content.models import Opening, ProcedureValue, ProcedureWords

CODE = "foreign_certificate_equivalence"
ADDRESS = "foreign-certificate-equivalence"


def write_words(path: str, **texts: str) -> ProcedureWords:
    row = ProcedureWords(procedure=CODE, path=path, **{f"text_{language}": text for language, text in texts.items()})
    row.full_clean()
    row.save()
    return row


def set_value(path: str, value: Any, *, since: date = date(2026, 1, 1), **basis: str) -> ProcedureValue:
    row = ProcedureValue(procedure=CODE, path=path, value=value, since=since, **basis)
    row.full_clean()
    row.save()
    return row


def set_opening(**fields: Any) -> Opening:
    row = Opening(procedure=CODE, **fields)
    row.full_clean()
    row.save()
    return row
