"""A field accepts what can be printed: other signs are written by their plain equals, or refused by name."""

import pytest
from django.core.exceptions import ValidationError

from procedures import fields as f
from procedures.fields.drawn import WRITABLE


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ﬁche n°２", "fiche n°2"),
        ("ﻣﺤﻤﺪ", "محمد"),
        ("ﷲ", "الله"),
        ("Tunis‑Ville → Sfax", "Tunis-Ville -> Sfax"),
        ("âge ≥ 18", "âge >= 18"),
        ("عبد\u200cالله", "عبدالله"),
        ("ڨابس، گفصة", "ڨابس، گفصة"),
        ("محمّد", "محمّد"),
        ("Cœur, «naïf» à 20 €", "Cœur, «naïf» à 20 €"),
    ],
)
def test_a_text_is_kept_as_it_will_be_printed(typed: str, kept: str) -> None:
    assert f.Text("Remark").clean(typed) == kept


@pytest.mark.parametrize("typed", ["Merci 🎉", "Иванов", "東京", "Ωmega", "نصّۖ", "x\u0335"])
@pytest.mark.parametrize("field", [f.Text("Remark"), f.LongText("Remark")])
def test_signs_that_no_font_draws_are_refused_by_name(typed: str, field: f.Text) -> None:
    with pytest.raises(ValidationError) as refused:
        field.clean(typed)
    (sentence,) = refused.value.messages
    assert "cannot print" in sentence
    assert next(sign for sign in typed if sign not in WRITABLE) in sentence


@pytest.mark.parametrize("typed", ["محمد\u0301", "نصۖ", "ۀ"])
def test_an_arabic_name_takes_no_sign_that_is_not_drawn(typed: str) -> None:
    with pytest.raises(ValidationError):
        f.Arabic("Name").clean(typed)
