"""A structure is found however its name is written, by place, speciality and homologation, as of any day."""

from datetime import date
from typing import Any

import pytest
from django.db import connection

from registers.programmes import services as programmes
from registers.spelling import words_of
from registers.structures import services
from registers.structures.models import NameWord, Structure
from registers.structures.selectors import live, search, with_status
from tests.registers.factories import a_programme, a_speciality, a_structure, by_hand

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 15)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("مركز الأمل للتكوين المهني", "الامل"),
        ("مركز الأمل للتكوين المهني", "للتكوين الأَمَـل"),
        ("مؤسّسة البُستان", "موسسه بستان"),
        ("هيكل يحيى", "يحيي"),
        ("École Béji Caïd", "ecole beji"),
        ("L’Étoile d’Œuvre", "oeuvre etoile"),
        ("Centre Mohammed", "MOHAMED"),
        ("Centre El Yasmine", "cen yas"),
    ],
)
def test_a_name_is_found_by_the_beginnings_of_its_words_however_they_are_written(name: str, typed: str) -> None:
    sought, _other = a_structure(name, fr=""), a_structure("شيء آخر", fr="Autre")
    assert list(search(typed, on=TODAY)) == [sought]


def test_words_are_folded_once_and_articles_are_passed_over() -> None:
    assert words_of("المركز العربي", "Centre de l’Art et d'Or", "") == ("مركز", "عربي", "centre", "art", "or")
    assert words_of("الى") == ("الي",)


def test_a_search_asks_an_index_and_not_every_name() -> None:
    wanted = a_structure("مركز الأمل")
    NameWord.objects.bulk_create(NameWord(structure=wanted, word=f"w{number}") for number in range(300))
    plan = search("امل", on=TODAY).explain()
    assert "structures_nameword_word" in plan or connection.vendor == "postgresql", plan


@pytest.fixture
def three() -> dict[str, Structure]:
    cause = by_hand()
    masonry, web = a_speciality("BAT-01", "Maçonnerie"), a_speciality("INF-01", "Web")
    made = {
        "gabes": a_structure("مركز ألف", fr="Alpha", place="TN-81", cause=cause, legacy_number="12/345 ص"),
        "sfax": a_structure("مركز باء", fr="Bêta", place="TN-61", cause=cause, since=date(2023, 1, 1)),
        "tunis": a_structure("مركز جيم", fr="Gamma", place="TN-11", cause=cause, status="declared"),
    }
    for name in ("gabes", "sfax"):
        services.allow_speciality(cause, structure=made[name], speciality=masonry, since=date(2023, 1, 1))
    services.allow_speciality(cause, structure=made["gabes"], speciality=web, since=date(2023, 1, 1))
    offer = programmes.open_offer(
        cause, structure=made["gabes"], programme=a_programme(masonry), since=date(2023, 1, 1)
    )
    programmes.grant_homologation(cause, offer=offer, since=date(2024, 1, 1), until=date(2027, 1, 1))
    services.move(cause, structure=made["sfax"], place="TN-82", since=date(2025, 1, 1))
    services.amend(cause, structure=made["sfax"], since=date(2025, 1, 1), name_fr="Delta")
    return made


def test_a_search_holds_what_was_asked_for_on_the_day(three: dict[str, Structure]) -> None:
    def found(words: str = "", on: date = TODAY, **asked: Any) -> list[str]:
        names = {structure.pk: name for name, structure in three.items()}
        return sorted(names[structure.pk] for structure in search(words, on=on, **asked))

    assert found() == ["gabes", "sfax", "tunis"]
    assert found(on=date(2022, 12, 31)) == ["gabes", "tunis"]
    assert found("مركز") == ["gabes", "sfax", "tunis"]
    assert found(place="TN-82") == ["sfax"]
    assert found(place="TN-61") == []
    assert found(place="TN-61", on=date(2024, 12, 31)) == ["sfax"]
    assert found("delta") == found("beta") == ["sfax"]  # by the name it had, too
    assert found(speciality="BAT-01") == ["gabes", "sfax"]
    assert found(speciality="BAT-01", on=date(2022, 12, 31)) == []
    assert found(homologated=True) == ["gabes"]
    assert found(homologated=False) == ["sfax", "tunis"]
    assert found(speciality="INF-01", homologated=True) == []
    assert found(homologated=True, on=date(2023, 12, 31)) == found(homologated=True, on=date(2027, 1, 1)) == []
    assert found(three["gabes"].number) == found("12/345 ص") == ["gabes"]
    assert found("12/345") == []
    assert found("؟!") == []
    assert set(live(TODAY)) == {three["gabes"], three["sfax"]}
    assert list(with_status(TODAY, "declared")) == [three["tunis"]]


def test_a_name_that_was_corrected_is_no_longer_found(three: dict[str, Structure]) -> None:
    services.amend(by_hand(), structure=three["tunis"], since=three["tunis"].opened_on, name_fr="Omega")
    assert [each.pk for each in search("omega", on=TODAY)] == [three["tunis"].pk]
    assert not search("gamma", on=TODAY).exists()
