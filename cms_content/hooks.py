"""What content gives to the engine: editors' words and values, put over the definition's defaults."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from cms_content.in_force import overrides_in_force
from cms_content.overriding import in_three_languages
from cms_content.services import set_value
from procedures.api import hookimpl
from procedures.definition.overrides import Override


@hookimpl
def procedure_overrides(procedure: str, on: date) -> list[Override]:
    return list(overrides_in_force(procedure, on))


@hookimpl
def value_decided(case_id: int, procedure: str, path: str, value: Any, since: date, reference: str) -> None:
    """The circular is the text that the value rests on."""
    cited = in_three_languages(_("Circular"))
    basis = {language: f"{word} {reference}"[:300] for language, word in cited.items()}
    set_value(procedure=procedure, path=path, value=value, since=since, basis=basis, by=None, case_id=case_id)
