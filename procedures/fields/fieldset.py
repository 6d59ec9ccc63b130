"""Questions under one legend."""

import re
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from design.forms import QallalineForm
from procedures.definition import Text as Words

NotAsked = Callable[[Mapping[str, Any]], frozenset[str]]


class Fieldset(QallalineForm, forms.Form):
    """Fields only: what ties fields together is a Rule, never a clean()."""

    legend: ClassVar[Words] = ""
    row_id: str = ""
    shut: bool = False  # a row that its page shows as a line of a table
    not_asked: NotAsked | None = None  # of the answers just given: which questions fall away (put there by `asking`)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        written = {name for name in vars(cls) if re.match(r"clean|__init__$", name)}
        if written and cls.__module__.startswith("plugins."):
            raise TypeError(f"{cls.__name__}: {', '.join(sorted(written))}: write a Rule instead")

    @classmethod
    def questions(cls) -> dict[str, Any]:
        """The fields by name, as they were declared."""
        return dict(cls.base_fields)

    @classmethod
    def code(cls) -> str:
        """The code of its block: the class name in snake_case."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    def clean(self) -> dict[str, Any]:
        """Drop what is not asked after all, then let each field look at its siblings."""
        answers = self.cleaned_data
        for name in self.not_asked(answers) if self.not_asked else ():
            self.errors.pop(name, None)
            answers.pop(name, None)
        for name, value in list(answers.items()):
            agrees = getattr(self.fields[name], "agrees", None)
            try:
                agrees and agrees(value, answers)
            except ValidationError as refused:
                self.add_error(name, refused)
        return answers
