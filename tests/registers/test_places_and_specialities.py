"""The registers know the governorates from the start and load specialities from a table, whole or not at all."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from registers import api as r
from registers.places.models import Place
from registers.specialities.models import Speciality

pytestmark = pytest.mark.django_db
HEAD = "code,sector_ar,sector_fr,sector_en,name_ar,name_fr,name_en\n"


def test_the_24_governorates_are_there_from_the_first_migration() -> None:
    assert Place.objects.filter(kind=Place.Kind.GOVERNORATE).count() == 24
    assert str(Place.objects.get(code="TN-81").name_fr) == "Gabès"


def test_a_governorate_is_chosen_by_code_and_read_by_name() -> None:
    field = r.GovernorateField("Ville")
    assert field.clean("TN-61") == "TN-61"
    assert field.shown("TN-61", "ar") == "صفاقس"
    with translation.override("ar"), pytest.raises(Exception, match="ولاية"):
        field.clean("TN-99")


def test_the_demonstration_list_has_13_sectors_and_says_that_it_is_invented() -> None:
    call_command("load_specialities", verbosity=0)
    assert Speciality.objects.values("sector_fr").distinct().count() == 13
    assert Speciality.objects.count() >= 40
    assert not Speciality.objects.filter(invented=False).exists()


def test_loading_twice_changes_nothing() -> None:
    call_command("load_specialities", verbosity=0)
    before = list(Speciality.objects.values())
    call_command("load_specialities", verbosity=0)
    assert list(Speciality.objects.values()) == before


def test_a_table_of_the_administration_is_not_invented(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text(HEAD + "BAT-01,بناء,Bâtiment,Building,بناء,Maçonnerie,Masonry\n", encoding="utf-8")
    call_command("load_specialities", table, verbosity=0)
    speciality = r.SpecialityField("Spécialité")
    assert not Speciality.objects.get().invented
    assert speciality.clean("BAT-01") == "BAT-01"
    assert speciality.shown("BAT-01", "fr") == "Maçonnerie"
    assert speciality.shown("GONE", "fr") == "GONE"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("code,name_fr\nA,B\n", "Columns are missing"),
        (HEAD, "no row"),
        (HEAD + "A,a,a,a,a,a,a\nB,a,a,a,a,,a\n", "Row 3: name_fr is empty"),
        (HEAD + "A,a,a,a,a,a,a\nA,a,a,a,a,a,a\n", "stands twice"),
        (HEAD + f"{'A' * 13},a,a,a,a,a,a\n", "longer than 12"),
    ],
)
def test_a_faulty_table_is_refused_whole_with_its_rows(tmp_path: Path, content: str, words: str) -> None:
    table = tmp_path / "table.csv"
    table.write_text(content, encoding="utf-8")
    with pytest.raises(CommandError, match=words):
        call_command("load_specialities", table, verbosity=0)
    assert not Speciality.objects.exists()


def test_a_table_in_another_encoding_is_refused_in_a_sentence(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_bytes("é".encode("latin-1"))
    with pytest.raises(CommandError, match="UTF-8"):
        call_command("load_specialities", table, verbosity=0)
