"""An administrator at the screen, and colleagues."""

from typing import Any

from django.test import Client
from django.urls import reverse

from procedures.offices.models import Office
from procedures.offices.services import open_office
from tests.portal.accounts.factories import officer, with_second_factor

NAMES = {"name_ar": "مصلحة التجربة", "name_fr": "Service d’essai", "name_en": "Trial service"}


def an_office(code: str = "trial", **fields: Any) -> Office:
    names = {language: f"{code} {language}" for language in ("ar", "fr", "en")}
    return open_office(code=code, kind=fields.pop("kind", Office.Kind.CENTRAL), names=names, **fields)


def administrator(**fields: Any) -> Any:
    return officer("administrator", office="administration", **fields)


def at_screen_of(person: Any) -> Client:
    return with_second_factor(Client(), person)


def at(name: str, *arguments: Any) -> str:
    return reverse(f"administration:{name}", args=arguments)


def boxes(name: str, day: Any) -> dict[str, str]:
    """A date as its three boxes send it."""
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def sentences(response: Any) -> list[str]:
    """What the page asks to mend, in order."""
    form = response.context["form"]
    return [str(sentence) for errors in form.errors.values() for sentence in errors]
