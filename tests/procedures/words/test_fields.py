"""Every field refuses a bad value in a sentence that names its label, in Arabic and in French."""

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from procedures.api import fields as f
from procedures.fields import field_types

LABEL = "السن"
CHOICES = {"a": "A", "b": "B"}
MARKS = f.Grid(LABEL, None, least=0, most=20)
BAD: list[tuple[Any, Any]] = [
    (f.Text(LABEL), ""),
    (f.Text(LABEL), "x"),
    (f.Text(LABEL, most=5), "too long a text"),
    (f.Text(LABEL, pattern=r"\d+"), "abc"),
    (f.Text(LABEL), "abc\u202egnp.exe"),
    (f.Text(LABEL), "abc\x00def"),
    (f.Text(LABEL), "   "),
    (f.LongText(LABEL, least=10), "short"),
    (f.LongText(LABEL), "a\x07b"),
    (f.Arabic(LABEL), "Ali"),
    (f.Arabic(LABEL), "علي 2"),
    (f.Arabic(LABEL), "--"),
    (f.Latin(LABEL), "علي"),
    (f.Latin(LABEL), "Ali2"),
    (f.Whole(LABEL), "ten"),
    (f.Whole(LABEL), "1.5"),
    (f.Whole(LABEL, least=3), "2"),
    (f.Whole(LABEL, most=3), "4"),
    (f.Whole(LABEL), "9" * 400),
    (f.Number(LABEL), "x"),
    (f.Number(LABEL), "-1"),
    (f.Number(LABEL), "NaN"),
    (f.Number(LABEL, places=2), "1.234"),
    (f.Money(LABEL), "1.2345"),
    (f.Money(LABEL, most=10), "11"),
    (f.Year(LABEL), "99"),
    (f.Year(LABEL), "3000"),
    (f.Date(LABEL), "2021-02-30"),
    (f.Date(LABEL), "2021--3"),
    (f.Date(LABEL), "21-03-04"),
    (f.Date(LABEL), ""),
    (f.Date(LABEL, latest="today"), "2099-01-01"),
    (f.Date(LABEL, earliest="2020-01-01"), "2019-12-31"),
    (f.YesNo(LABEL), ""),
    (f.Accept(LABEL), False),
    (f.Choice(LABEL, CHOICES), "c"),
    (f.Choice(LABEL, CHOICES), ""),
    (f.Choices(LABEL, CHOICES), ["c"]),
    (f.Choices(LABEL, CHOICES), []),
    (f.Choices(LABEL, CHOICES), "a"),
    (f.Country(LABEL), "XX"),
    (f.Country(LABEL), ""),
    (f.Phone(LABEL), "12345678"),
    (f.Phone(LABEL), "call me"),
    (f.Cin(LABEL), "1234567"),
    (f.IdentityNumber(LABEL), ""),
    (f.TaxNumber(LABEL), "1234567"),
    (f.TaxNumber(LABEL), "1234567/I/A/M/000"),
    (f.PostalCode(LABEL), "12"),
    (f.Email(LABEL), "amina@"),
    (f.CaseReference(LABEL), "EQV-2026-000001-00"),
    (f.CaseReference(LABEL), "hello"),
    (MARKS, '{"unit": 21}'),
    (MARKS, '{"unit": "x"}'),
    (MARKS, "[1]"),
    (MARKS, "{"),
]


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
@pytest.mark.parametrize(("field", "value"), BAD, ids=lambda each: str(getattr(each, "type", each))[:20])
def test_a_bad_value_is_refused_in_one_sentence_that_names_the_label(field: Any, value: Any, language: str) -> None:
    with translation.override(language), pytest.raises(ValidationError) as refused:
        field.clean(value)
    with translation.override(language):
        (sentence,) = refused.value.messages
    assert LABEL in sentence
    assert sentence.endswith(".")
    assert "%" not in sentence
    words = re.sub(rf"{LABEL}|[A-Z]{{3}}-[\d-]+|[\w.]+@[\w.]+|[\d/A-Z]+", "", sentence)
    assert bool(re.search("[\u0621-\u064a]", words)) is (language == "ar")


def test_every_type_of_field_is_tried_with_a_bad_value() -> None:
    tried = {type(field).__name__ for field, _value in BAD}
    library = {name for name, kind in field_types().items() if kind.__module__.startswith("procedures.fields")}
    assert library - tried == {"Chosen", "Figure", "Identifier", "OneScript", "Searched"}  # what the others share


GOOD: list[tuple[Any, Any, Any]] = [
    (f.Text(LABEL), "  Cafe\u0301   noir ", "Café noir"),
    (f.Text(LABEL), "شارع ١٢", "شارع 12"),
    (f.Text(LABEL), "marked\u200e", "marked"),
    (f.LongText(LABEL), "one\r\ntwo", "one\ntwo"),
    (f.Arabic(LABEL), "محمّد  الأمين", "محمّد الأمين"),
    (f.Latin(LABEL), "D’Éon-Łukasz", "D'Éon-Łukasz"),
    (f.Whole(LABEL), "١٬٢٠٠", 1200),
    (f.Whole(LABEL), "1 200", 1200),
    (f.Number(LABEL), "1,5", "1.5"),
    (f.Money(LABEL), "12٫500", "12.500"),
    (f.Year(LABEL), "٢٠١٠", 2010),
    (f.Date(LABEL), "2021-3-4", "2021-03-04"),
    (f.Date(LABEL), "٢٠٢١-٣-٤", "2021-03-04"),
    (f.Phone(LABEL), "٩٨ ١٢٣ ٤٥٦", "+21698123456"),
    (f.Phone(LABEL), "0033 6 12 34 56 78", "+33612345678"),
    (f.Cin(LABEL), "٠١٢٣٤٥٦٧", "01234567"),
    (f.TaxNumber(LABEL), "1234567/m/a/e/001", "1234567MAE001"),
    (f.PostalCode(LABEL), "١٠٠٠", "1000"),
    (f.YesNo(LABEL), "False", False),
    (f.CaseReference(LABEL), " eqv-2026-000001-03", "EQV-2026-000001-03"),
    (f.Grid(LABEL, None), '{"unit": "12,5"}', {"unit": 12.5}),
]


@pytest.mark.parametrize(("field", "typed", "kept"), GOOD, ids=lambda each: str(getattr(each, "type", ""))[:20])
def test_what_people_type_is_tidied_and_kept_as_json(field: Any, typed: Any, kept: Any) -> None:
    value = field.to_json(field.clean(typed))
    assert value == kept
    assert field.to_json(field.from_json(value)) == kept


def test_the_number_of_an_identity_paper_is_judged_by_its_kind() -> None:
    class Holder(f.Fieldset):
        id_type = f.Choice("Paper", {"cin": "CIN", "passport": "Passport"})
        id_number = f.IdentityNumber("Number")

    def errors(kind: str, number: str) -> Any:
        return Holder(data={"id_type": kind, "id_number": number}).errors

    assert errors("cin", "01234567") == {}
    assert "eight figures" in str(errors("cin", "X1234567"))
    assert errors("passport", "x 1234567") == {}
    assert "passport" in str(errors("passport", "12"))


def test_a_date_is_read_in_the_words_of_tunisia() -> None:
    day = f.Date("Day")
    assert day.shown("2026-06-12", "ar") == "12 جوان 2026"
    assert day.shown("2026-06-12", "fr") == "12 juin 2026"


def test_countries_are_sorted_as_each_language_files_them() -> None:
    with translation.override("fr"):
        names = [name for _code, name in f.Country("Pays").choices][1:]
    assert names.index("Égypte") < names.index("Fidji")
    assert f.Country("Pays").shown("TN", "ar") == "تونس"
