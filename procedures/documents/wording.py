"""Text and dates in both languages of a document, written out so that nothing changes after issue."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from procedures.definition import Text

LANGUAGES = ("ar", "fr", "en")
Words = dict[str, str]
NBSP = "\u00a0"
MONTHS = {
    "ar": "جانفي,فيفري,مارس,أفريل,ماي,جوان,جويلية,أوت,سبتمبر,أكتوبر,نوفمبر,ديسمبر",
    "fr": "janvier,février,mars,avril,mai,juin,juillet,août,septembre,octobre,novembre,décembre",
    "en": "January,February,March,April,May,June,July,August,September,October,November,December",
}


def words(text: Text, /, **values: Any) -> Words:
    """A lazy text in each language; a value that is itself by language is taken in the same one."""
    said: Words = {}
    for language in LANGUAGES:
        with override(language):
            plain = str(text)
        said[language] = plain % {name: _in(value, language) for name, value in values.items()} if values else plain
    return said


def same(text: str) -> Words:
    return dict.fromkeys(LANGUAGES, text)


def day(moment: date) -> Words:
    """A long date, its day and month never parted."""
    return {language: _day(moment, language) for language in LANGUAGES}


def clock(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%H:%M")


def _day(moment: date, language: str) -> str:
    number = "1er" if language == "fr" and moment.day == 1 else str(moment.day)
    return f"{number}{NBSP}{MONTHS[language].split(',')[moment.month - 1]}{NBSP}{moment.year}"


def _in(value: Any, language: str) -> str:
    return str(value.get(language, "")) if isinstance(value, dict) else str(value)
