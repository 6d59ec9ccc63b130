"""Where inspectors go, as the register knows the structure that a case is about; they may write it otherwise."""

from typing import Any

from django.utils import timezone

from procedures.cases.models import Case
from procedures.cases.situations import procedure_of, situation_of
from procedures.registry import UnknownProcedure
from registers.structures.selectors import by_number, details


def place_of(case: Case) -> dict[str, Any]:
    """Name and address of the structure that the case names by its number; empty where it names none on record."""
    try:
        procedure = procedure_of(case)
    except UnknownProcedure:
        return {}
    value = situation_of(case, procedure).value(procedure.about) if procedure.about else None
    structure = by_number(value) if isinstance(value, str) else None
    known = details(structure, timezone.localdate()) if structure else None
    if structure is None or known is None:
        return {}
    return {"place_name": known.name_ar, "place_address": known.address_ar or known.address_fr}
