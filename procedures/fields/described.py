"""What every field of ours can do: remember its declaration, refuse in a sentence, and turn answers into words."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from procedures.definition import Condition, in_languages, worded
from procedures.definition import Text as Words

log = logging.getLogger(__name__)
_TYPES: dict[str, type[Described]] = {}

REQUIRED = _("“%(label)s” is empty. Fill it in.")
UNREAD = _("“%(label)s” could not be checked: the fault is ours. Your answer is kept; try again later.")
INVALID = _("“%(label)s” is not in the expected form. Correct it.")


if TYPE_CHECKING:
    _Field = forms.Field
else:
    _Field = object  # a mixin: the Django field itself comes after it


class Described(_Field):
    """Mixed in before a Django field: written to a snapshot as data and built again from it.

    `label` and `help` are texts; `when` hides the question unless it holds; `optional` lets it be empty; `fact` is the
    address of what the engine may propose ("person.birth_date"); `sample` is a JSON answer for tests and training.
    What else a type takes is its `options`, JSON-native or texts.
    """

    type: ClassVar[str] = ""
    sample: ClassVar[Any] = "x"
    direction: ClassVar[str] = "auto"  # of an answer when it is read: identifiers run "ltr" in every language
    reads_register: ClassVar[bool] = False  # whether its choices come from the database
    names_a_person: ClassVar[bool] = False  # whom it points at: strangers read such a name shortened
    refusals: ClassVar[Mapping[str, Any]] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.type = cls.__name__
        _TYPES[cls.type] = cls

    def __init__(
        self,
        label: Words,
        *,
        when: Condition | None = None,
        optional: bool = False,
        help: Words = "",
        fact: str = "",
        sample: Any = None,
        **options: Any,
    ) -> None:
        self.when, self.fact, self.options, self.optional = when, fact, options, optional
        self.own_sample = sample
        words: dict[str, Any] = {"label": label, "help_text": help}
        super().__init__(required=not optional, **words, **self.django(**options))
        if fact in AUTOFILL:
            self.widget.attrs["autocomplete"] = AUTOFILL[fact]

    def django(self, *args: Any, **options: Any) -> dict[str, Any]:
        """The arguments of Django's own field for these options."""
        return options

    def _clean_bound_field(self, bf: Any) -> Any:
        """What a plugin's own check raises is its fault alone: said beside the question, never the end of the page."""
        try:
            return super()._clean_bound_field(bf)  # type: ignore[misc]  # Django's own, which the stubs do not know
        except ValidationError:
            raise
        except Exception as broken:
            log.error("the check of %s raised %s", bf.html_name, type(broken).__name__)
            raise ValidationError(UNREAD % {"label": self.label}, code="unread") from broken

    # As data

    def declaration(self) -> dict[str, Any]:
        """The declaration as JSON, texts in three languages; `build` makes the field again."""
        return {
            "type": self.type,
            "label": in_languages(self.label or ""),
            "help": in_languages(self.help_text),
            "optional": self.optional,
            "fact": self.fact,
            "options": self.options_as_json(),
        }

    def options_as_json(self) -> dict[str, Any]:
        return dict(self.options)

    @classmethod
    def options_from_json(cls, options: Mapping[str, Any]) -> dict[str, Any]:
        return dict(options)

    @classmethod
    def build(cls, declared: Mapping[str, Any], *, when: Condition | None = None) -> Described:
        """The field that `declared` describes; a type that is no longer known becomes a plain text."""
        known = _TYPES.get(declared["type"])
        options = known.options_from_json(declared["options"]) if known else {}
        return (known or _TYPES["Text"])(
            worded(declared["label"]),
            help=worded(declared["help"]) if any(declared["help"].values()) else "",
            optional=declared["optional"],
            fact=declared.get("fact", ""),
            when=when,
            **options,
        )

    # An answer

    def to_json(self, value: Any) -> Any:
        """A cleaned value as the draft stores it."""
        return value

    def from_json(self, value: Any) -> Any:
        """A stored answer as rules see it; raises ValueError where it is none."""
        return value

    def shown(self, value: Any, language: str) -> str:
        """A stored answer in words."""
        return str(value)

    def number_of(self, value: Any) -> int | None:
        """The number that stands for an answer where only a number fits, as in the seal; None where it has none."""
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def names_of(self, value: Any) -> tuple[str, str]:
        """Of an answer that points at somebody in a register: their name in Arabic and in Latin letters."""
        return "", ""

    def sample_answer(self, language: str) -> Any:
        """A JSON answer that this field accepts."""
        chosen = self.own_sample if self.own_sample is not None else self.sample
        return chosen.get(language, chosen["fr"]) if isinstance(chosen, dict) else chosen

    def agrees(self, value: Any, siblings: Mapping[str, Any]) -> None:
        """Raise ValidationError where the value does not go with the other answers of its fieldset."""

    # Refusing

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except ValidationError as refused:
            raise self.refusal(refused.error_list[0]) from None

    def refusal(self, error: ValidationError) -> ValidationError:
        """The refusal as our sentence, which names the label and says how to mend it."""
        code = error.code or "invalid"
        known = (getattr(cls, "refusals", {}) for cls in type(self).__mro__)
        sentence = next((refusals[code] for refusals in known if code in refusals), None)
        fallback = REQUIRED if code == "required" else INVALID
        return ValidationError(sentence or fallback, code=code, params={**self.limits(), **(error.params or {})})

    def refuse(self, code: str, **params: Any) -> ValidationError:
        """One of our refusals, to be raised."""
        return self.refusal(ValidationError("", code=code, params=params))

    def limits(self) -> dict[str, Any]:
        """What the sentences of refusal may name."""
        return {"label": self.label}


AUTOFILL = {
    "person.last_name_lat": "family-name",
    "person.first_name_lat": "given-name",
    "person.birth_date": "bday",
    "person.gender": "sex",
    "person.phone": "tel",
    "person.email": "email",
    "person.address": "street-address",
    "person.postal_code": "postal-code",
}


def field_types() -> Mapping[str, type[Described]]:
    """Every type of field by its name, those of the registers included."""
    return _TYPES
