"""Search finds what people type, however they spell it."""

import pytest

from cms_content.catalogue import planned, services
from cms_content.folding import folded_words

pytestmark = pytest.mark.django_db
CODE = "foreign_certificate_equivalence"


def found(query: str) -> list[str]:
    return [one.code for one in services(query=query)]


@pytest.mark.parametrize(
    "query",
    [
        "معادلة",
        "معادله",
        "المعادلة",
        "للمعادلة",
        "مُعَادَلَة",
        "معـادلة",
        "équivalence",
        "EQUIVALENCE",
        "equivalence",
        "Équival",
    ],
)
def test_every_spelling_finds_the_equivalence(query: str) -> None:
    assert CODE in found(query)


@pytest.mark.parametrize("query", ["شهادة اجنبية", "diplome etranger", "foreign certificate"])
def test_every_word_must_be_found(query: str) -> None:
    assert CODE in found(query)
    assert found(f"{query} بطيخ") == []


def test_a_service_in_another_language_than_the_page_is_found() -> None:
    assert "structure_creation" in found("كراس الشروط")


def test_what_runs_comes_before_what_is_announced() -> None:
    online = [one.online for one in services()]
    assert online == sorted(online, reverse=True)
    assert len(services()) == 36


def test_the_list_of_announced_services_holds_no_delay_and_no_fee() -> None:
    assert {len(one.names) for one in planned()} == {3}
    assert all(one.delay is None and one.fee is None for one in services() if not one.online)


def test_letters_that_are_one_sound_fold_to_one() -> None:
    assert folded_words("إلى أمّ القرى") == folded_words("الى ام القري")
