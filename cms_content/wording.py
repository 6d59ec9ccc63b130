"""Texts kept in three languages, read in the language of the moment."""

from collections.abc import Mapping

from django.utils.functional import lazy
from django.utils.translation import get_language

LANGUAGES = ("ar", "fr", "en")
PRINTED = ("ar", "fr")  # what every document holds


def pick(texts: Mapping[str, str]) -> str:
    """The text of the active language, else the Arabic one, else whichever there is."""
    language = (get_language() or "ar")[:2]
    return texts.get(language) or texts.get("ar") or next((text for text in texts.values() if text), "")


in_language = lazy(pick, str)
