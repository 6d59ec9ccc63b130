"""What a procedure asks and rules about structures; each rule takes addresses, for every procedure names its blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from procedures import api as p
from procedures.api import fields as f
from registers.history.selectors import in_force
from registers.specialities.models import Moratorium
from registers.specialities.selectors import moratorium_on
from registers.structures.models import Status, Structure, Teaching
from registers.structures.numbers import is_well_formed
from registers.structures.selectors import by_number, details, live, search, status_of


class StructureField(f.Searched, f.Text):
    """The permanent number of a structure, typed with hyphens or without, or looked up by the words of its name.

    That it is on record, a rule says.
    """

    sample = "82-00001-7"
    direction = "ltr"
    refusals = {"structure": _("“%(label)s” is no number of a structure. Copy it like 82-00042-0 from the receipt.")}

    def django(self) -> dict[str, Any]:  # type: ignore[override]  # each type has its own options
        widget = forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false", "class": "w-10"})
        return {"max_length": 20, "strip": False, "widget": widget}

    def tidy(self, text: str) -> str:
        signs = re.sub(r"[\s\-]", "", super().tidy(text))
        return f"{signs[:2]}-{signs[2:7]}-{signs[7:]}" if re.fullmatch(r"\d{8}", signs, re.ASCII) else signs

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not is_well_formed(value):
            raise ValidationError("", code="structure")

    def found(self, words: str, language: str, *, most: int) -> Sequence[f.Found]:
        rows = search(words, on=timezone.localdate())[:most] if words.strip() else ()
        return [_found(structure, language) for structure in rows]

    def found_by_value(self, value: str, language: str) -> f.Found:
        structure = by_number(value)
        return _found(structure, language) if structure else f.Found(value, value)

    def names_of(self, value: Any) -> tuple[str, str]:
        found = by_number(str(value))
        return (found.name_ar, found.name_fr or found.name_ar) if found else ("", "")

    def shown(self, value: Any, language: str) -> str:
        found = by_number(str(value))
        name = (found.name_ar if language == "ar" else found.name_fr or found.name_ar) if found else ""
        return f"{value} {name}".strip()


def _found(structure: Structure, language: str) -> f.Found:
    names = {"ar": structure.name_ar, "fr": structure.name_fr or structure.name_ar}
    name = names.get(language) or names["fr"]
    others = tuple((code, other) for code, other in names.items() if code != language and other != name)
    return f.Found(structure.number, name, others, (structure.number, str(structure.place)))


def structure_status(number: p.Need, on: p.Need = "case.filed_on") -> p.Fact:
    """The status of a structure on a day, "" where the register knows nothing of it."""

    @p.fact(number, on, title=_("Status of the structure in the register"))
    def structure_status(number: str, on: date) -> str:
        found = by_number(number)
        return status_of(found, on) if found else ""

    return structure_status


def structure_governorate(number: p.Need, on: p.Need = "case.filed_on") -> p.Fact:
    """The governorate of a structure on a day, by its code: whose directorate answers."""

    @p.fact(number, on, title=_("Governorate of the structure"))
    def structure_governorate(number: str, on: date) -> str:
        found = by_number(number)
        held = details(found, on) if found else None
        return held.place_id if held else ""

    return structure_governorate


def structure_holder(number: p.Need, on: p.Need = "case.filed_on") -> p.Fact:
    """The organisation that holds a structure on a day, by its public id; "" where none does: it has no account."""

    @p.fact(number, on, title=_("Holder of the structure"))
    def structure_holder(number: str, on: date) -> str:
        found = by_number(number)
        held = details(found, on) if found else None
        return str(held.organisation.public_id) if held and held.organisation else ""

    return structure_holder


def structure_may_be_measured(number: p.Need) -> p.Rule:
    """The register knows the structure, and it is not closed."""

    @p.rule(
        structure_status(number),
        says=_("No structure with this number is open today. Its status is on its page of the directory."),
        title=_("The structure is open"),
    )
    def structure_may_be_measured(status: str) -> bool:
        return status not in ("", Status.CLOSED)

    return structure_may_be_measured


def structure_is_on_record(number: p.Need) -> p.Rule:
    """The register knows the structure on the day of filing."""

    @p.rule(
        structure_status(number),
        says=_("No structure has this number. Copy it from the receipt of the structure."),
        title=_("The structure is on record"),
    )
    def structure_is_on_record(status: str) -> bool:
        return bool(status)

    return structure_is_on_record


def structure_is_active(number: p.Need) -> p.Rule:
    """The structure is active on the day of filing."""

    @p.rule(
        structure_status(number),
        says=_("This structure is not active today. Its status is on its page of the directory."),
        title=_("The structure is active"),
    )
    def structure_is_active(status: str) -> bool:
        return status == Status.ACTIVE

    return structure_is_active


def no_moratorium(
    speciality: p.Need, governorate: p.Need, *, kind: str = Moratorium.Kind.OPENING, each: p.Address = ""
) -> p.Rule:
    """No circular halts the speciality there on the day of filing; `each` names the group whose rows are judged."""

    @p.fact(speciality, governorate, "case.filed_on", title=_("Moratorium on the speciality"), each=each)
    def moratorium(speciality: str, governorate: str, on: date) -> str:
        halted = moratorium_on(speciality, governorate, on, kind=kind)
        return (halted.reference or str(halted.pk)) if halted else ""

    @p.rule(
        moratorium,
        says=_("This speciality is under a moratorium (%(reference)s). Choose another one."),
        title=_("The speciality is under no moratorium"),
        each=each,
    )
    def no_moratorium(reference: str) -> bool:
        return not reference

    return no_moratorium


def holders_of_speciality(speciality: p.Need, governorate: p.Need, on: p.Need) -> p.Fact:
    """The organisations whose structures train in a speciality on a day, in a governorate or everywhere: who is told of
    what halts it."""

    @p.fact(speciality, governorate, on, title=_("Who trains in the speciality"))
    def holders_of_speciality(speciality: str, governorate: str | None, on: date) -> list[str]:
        found = live(on).filter(pk__in=in_force(Teaching, on).filter(speciality=speciality).values("subject"))
        there = found.filter(place=governorate) if governorate else found
        known = there.exclude(organisation=None).values_list("organisation__public_id", flat=True)
        return sorted({str(public_id) for public_id in known})

    return holders_of_speciality
