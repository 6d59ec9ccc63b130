"""Delegations, specialities and programmes are loaded from tables, whole or not at all, and say when invented."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from registers.places.models import Place
from registers.programmes.models import Programme
from registers.specialities.models import Speciality
from tests.registers.factories import a_speciality

pytestmark = pytest.mark.django_db


def test_the_demonstration_lists_fit_together_and_say_that_they_are_invented() -> None:
    for command in ("load_places", "load_specialities", "load_programmes"):
        call_command(command, verbosity=0)
    delegations = Place.objects.filter(kind=Place.Kind.DELEGATION)
    assert delegations.count() == 72
    assert delegations.values("parent").distinct().count() == 24
    assert not delegations.filter(invented=False).exists()
    masonry = Speciality.objects.get(code="BAT-01")
    assert (masonry.sector, masonry.isced_f, masonry.isco08, masonry.levels) == ("BAT", "0732", "7112", ["CC", "CAP"])
    assert not Programme.objects.filter(invented=False).exists()
    assert [each.level for each in masonry.programmes.order_by("hours")] == ["CC", "CAP"]
    assert (
        masonry.programmes.get(level="CC").title_fr == "Certificat de compétences\u00a0: Maçonnerie"
    )  # no line begins with it
    for programme in Programme.objects.select_related("speciality"):
        assert programme.level in programme.speciality.levels

    tables = (Place, Speciality, Programme)
    before = [list(model.objects.order_by("pk").values()) for model in tables]
    for command in ("load_places", "load_specialities", "load_programmes"):
        call_command(command, verbosity=0)
    assert [list(model.objects.order_by("pk").values()) for model in tables] == before


PLACES = "code,governorate,name_ar,name_fr,name_en\n"
PROGRAMMES = "code,title_ar,title_fr,title_en,speciality,level,hours\n"


@pytest.mark.parametrize(
    ("command", "content", "words"),
    [
        ("load_places", PLACES + "TN-82-01,TN-99,أ,a,a\n", "Row 2, governorate “TN-99”"),
        ("load_places", PLACES + "TN-82-01,TN-82,أ,a,a\nTN-82-01,TN-82,أ,a,a\n", "line 2 already"),
        ("load_places", "code\nTN-82-01\n", "Columns are missing"),
        ("load_programmes", PROGRAMMES + "P1,أ,a,a,BAT-01,CAP,1200\nP2,أ,a,a,BAT-01,PHD,1200\n", "Row 3, level “PHD”"),
        ("load_programmes", PROGRAMMES + "P1,أ,a,a,BAT-01,CAP,1200\nP2,أ,a,a,GONE,CAP,9\n", "Row 3, speciality “GONE”"),
        ("load_specialities", "code,name_fr\nA,B\n", "Columns are missing"),
    ],
)
def test_a_faulty_table_is_refused_whole(tmp_path: Path, command: str, content: str, words: str) -> None:
    a_speciality("BAT-01")
    table = tmp_path / "table.csv"
    table.write_text(content, encoding="utf-8")
    with pytest.raises(CommandError, match=words):
        call_command(command, table, verbosity=0)
    assert not Place.objects.filter(kind=Place.Kind.DELEGATION).exists()
    assert not Programme.objects.exists()


def test_a_table_of_the_administration_takes_the_place_of_what_was_invented(tmp_path: Path) -> None:
    call_command("load_places", verbosity=0)
    table = tmp_path / "table.csv"
    table.write_text(
        "\ufeff" + PLACES + "TN-82-01,TN-82,مدنين الوسط,Médenine Centre,Medenine Centre\n", encoding="utf-8"
    )
    call_command("load_places", table, verbosity=0)
    changed = Place.objects.get(code="TN-82-01")
    assert (changed.name_fr, changed.invented, changed.parent_id) == ("Médenine Centre", False, "TN-82")
    assert Place.objects.get(code="TN-82-02").invented
