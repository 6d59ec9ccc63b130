"""Numbers, dates and codes as pages write them."""

import re
from datetime import UTC, date, datetime

import pytest
from bs4 import BeautifulSoup
from django.template import Context, Template
from django.template.defaultfilters import date as date_filter
from django.utils import translation
from django.utils.safestring import mark_safe

MONTHS = ["جانفي", "فيفري", "مارس", "أفريل", "ماي", "جوان", "جويلية", "أوت", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"]


def drawn(source: str, **context: object) -> str:
    return Template("{% load design %}" + source).render(Context(context))


def words(html: str) -> str:
    return re.sub(r"<[^>]+>", "", html)


def test_an_arabic_date_bears_the_month_of_tunisia() -> None:
    with translation.override("ar"):
        assert date_filter(date(2026, 6, 12)) == "12 جوان 2026"
        assert words(drawn("{% date day %}", day=date(2026, 6, 12))) == "12 جوان 2026"


@pytest.mark.parametrize("number", range(1, 13))
def test_each_month_is_tunisian_in_every_form_that_django_has(number: int) -> None:
    with translation.override("ar"):
        for form in ("F", "N", "E", "M"):
            assert date_filter(date(2026, number, 2), form) == MONTHS[number - 1]


def test_french_says_the_first_of_a_month() -> None:
    with translation.override("fr"):
        assert words(drawn("{% date day %}", day=date(2027, 1, 1))) == "1er janvier 2027"
        assert words(drawn("{% date day %}", day=date(2027, 1, 11))) == "11 janvier 2027"


def test_a_moment_is_told_at_the_clock_of_tunis() -> None:
    assert "22:00" in words(drawn('{% date at "moment" %}', at=datetime(2026, 11, 23, 21, tzinfo=UTC)))


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_thousands_are_parted_by_a_space_that_does_not_break(language: str) -> None:
    with translation.override(language):
        assert drawn("{% num n %}", n=4812) == '<span class="num">4\u00a0812</span>'


def test_a_code_reads_from_left_to_right_and_is_escaped() -> None:
    assert drawn("{% code c %}", c="<EQV-1>") == '<bdi dir="ltr">&lt;EQV-1&gt;</bdi>'


def test_a_size_is_told_in_units_people_know() -> None:
    with translation.override("fr"):
        assert drawn("{{ n|bytes }}", n=1_258_291) == "1,2\u00a0Mo"
        assert drawn("{{ n|bytes }}", n=3) == "1\u00a0ko"


@pytest.mark.parametrize(
    "text", ["Texte d'essai 3", mark_safe("Texte d&#x27;essai 3"), mark_safe('<i class="h2">d\'</i> 3')]
)
def test_an_apostrophe_stays_one_where_numbers_are_held(text: str) -> None:
    read = BeautifulSoup(drawn("{% held s %}", s=text), "html.parser")
    assert read.get_text() == BeautifulSoup(text, "html.parser").get_text()
    assert [held.text for held in read.select(".num")] == ["3"]


def test_numbers_in_a_sentence_are_held_and_the_rest_is_escaped() -> None:
    assert drawn("{% held s %}", s="<b> 12 days") == '&lt;b&gt; <span class="num">12</span> days'


def test_a_directional_icon_is_mirrored_and_a_tick_is_not() -> None:
    assert "i-dir" in drawn('{% icon "back" %}')
    assert "i-dir" not in drawn('{% icon "check" %}')
