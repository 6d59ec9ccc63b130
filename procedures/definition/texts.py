"""Texts in the three languages of the portal."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils import translation
from django.utils.functional import lazy

if TYPE_CHECKING:
    from procedures.definition.words import Text

LANGUAGES = ("ar", "fr", "en")


def in_languages(text: "Text") -> dict[str, str]:
    """`text` as JSON, {"ar": ..., "fr": ..., "en": ...}; a plain string three times."""
    if isinstance(text, str):
        return dict.fromkeys(LANGUAGES, text)
    return {language: spoken(text, language) for language in LANGUAGES}


def spoken(text: "Text", language: str) -> str:
    """`text` in one language."""
    if isinstance(text, str):
        return text
    with translation.override(language):
        return str(text)


def worded(texts: Mapping[str, str], default: Any = "") -> "Text":
    """A lazy text that speaks the current language out of `texts`, and `default` where it has none."""
    return _chosen(tuple(sorted(texts.items())), default)


def _choose(texts: tuple[tuple[str, str], ...], default: Any) -> str:
    return dict(texts).get((translation.get_language() or "ar")[:2]) or str(default)


_chosen: Any = lazy(_choose, str)
