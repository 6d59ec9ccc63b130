"""What content gives to the engine: editors' words and values, put over the definition's defaults."""

from datetime import date

from cms_content.in_force import overrides_in_force
from procedures.api import hookimpl
from procedures.definition.overrides import Override


@hookimpl
def procedure_overrides(procedure: str, on: date) -> list[Override]:
    return list(overrides_in_force(procedure, on))
