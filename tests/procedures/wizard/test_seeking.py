"""A question with hundreds of answers is looked up by words, however spelt, without a script and without a loss."""

import re
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from procedures.wizard.seeking import Lookup
from registers import api as r
from registers.specialities.models import Speciality
from registers.specialities.selectors import forget
from tests.procedures.wizard.factories import Visitor, a_person
from tests.registers.factories import a_structure

pytestmark = pytest.mark.django_db
NAME = "target-speciality"
SPELT = {
    "ELE-01": (
        ["كهرباء البناء", "كهربا", "الكهرباء", "كَهرباء", "كهـربـاء البنا", "كهرُباء", "للبناء الكهربا"],
        ["électricité du bâtiment", "ELECTRICITE", "batiment electricite"],
    ),
    "INF-05": (
        ["إنفوغرافيك", "انفوغرافيك", "أنفوڨرافيك", "انفوقرافيك", "إنفوڤرافيك", "الإنفوغرافيك", "انفوگرافیک"],
        ["Infographie", "INFOGRAPHIE créative", "creative infographie"],
    ),
    "AGR-03": (
        ["مخابز ومرطبات", "مخابز", "المخابز", "مرطّبات", "والمرطبات", "مخابـز مرطبات"],
        ["boulangerie", "Boulangerie et pâtisserie", "patisserie", "PÂTISSERIE boulangerie"],
    ),
    "TOU-02": (
        ["استقبال فندقي", "إستقبال", "الاستقبال", "فندقى", "فُندُقي", "ڢندڧي"],
        ["réception hôtelière", "reception hoteliere", "RÉCEPTION", "hotel"],
    ),
    "SER-01": (
        ["محاسبة المؤسسات", "محاسبه", "المحاسبة", "موسسات", "مؤسّسات", "محاسبه الموسسات"],
        ["comptabilité", "Comptabilite entreprises", "entreprises", "comptabilité des entreprises"],
    ),
}


@pytest.fixture(autouse=True)
def nomenclature() -> None:
    call_command("load_specialities", verbosity=0)
    names = {"name_ar": "إنفوغرافيك", "name_fr": "Infographie créative", "name_en": "Computer graphics"}
    like = Speciality.objects.filter(code="INF-01").values("sector_ar", "sector_fr", "sector_en", "levels").get()
    Speciality.objects.create(code="INF-05", invented=True, **names, **like)
    forget()


class Seeker(Visitor):
    """Somebody at the page that asks for the speciality, `step`."""

    step = ""


def at_the_question(language: str) -> Seeker:
    visitor = Seeker(a_person(), language=language)
    answers = visitor.answers()
    step = visitor.start()
    while f'id="words-{NAME}"' not in visitor.open(step).content.decode():
        step = visitor.send(step, visitor.page_data(step, answers))["Location"].rstrip("/").rpartition("/")[2]
    visitor.step = step
    return visitor


def seek(visitor: Seeker, words: str, **typed: Any) -> str:
    data = {f"sought.{NAME}": words, "seek": NAME, "next": ""} | typed
    answer = visitor.send(visitor.step, data)
    assert answer.status_code == 200
    return str(answer.content.decode())


def found(html: str) -> list[str]:
    return re.findall(rf'type="radio" name="{NAME}" value="([^"]+)"', html)


@pytest.mark.parametrize("language", ["ar", "fr"])
@pytest.mark.parametrize("code", SPELT)
def test_ten_of_ten_spellings_find_the_speciality(language: str, code: str) -> None:
    visitor = at_the_question(language)
    spellings = [spelling for script in SPELT[code] for spelling in script]
    missed = [spelling for spelling in spellings if code not in found(seek(visitor, spelling))]
    assert (len(spellings), missed) == (10, [])


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("كهرباء وبناء", "ELE-01"),
        ("فندقي واستقبال", "TOU-02"),
        ("محاسبة ومؤسّسات", "SER-01"),
        ("مرطبات ومخابز", "AGR-03"),
    ],
)
def test_an_and_that_is_joined_to_a_word_hides_it_from_nobody(words: str, code: str) -> None:
    assert code in found(seek(at_the_question("ar"), words))


def test_a_search_narrows_the_list_and_keeps_whatever_was_typed() -> None:
    visitor = at_the_question("fr")
    assert found(visitor.open(visitor.step).content.decode()) == []
    html = seek(visitor, "electricite", **{"target-level": "BTP", NAME: "TOU-01"})
    assert found(html)[0] == "TOU-01", "what was chosen before is still offered"
    assert set(found(html)[1:3]) == {"ELE-01", "AUT-02"}, "a name before the rest of its sector"
    assert {code[:3] for code in found(html)[3:]} == {"ELE", "AUT"}
    assert re.search(r'value="TOU-01"[^>]* checked', html)
    assert re.search(r'value="BTP"[^>]* checked', html)
    assert "كهرباء البناء" in html
    assert "summary" not in re.findall(r'<div class="(\w+)', html), "a search is no mistake"
    kept = visitor.stored().typed[visitor.step]["data"]
    assert kept[NAME] == ["TOU-01"]
    assert not [name for name in kept if name.startswith("sought.")]


def test_words_that_find_nothing_say_so_and_leave_the_list() -> None:
    html = seek(at_the_question("fr"), "zzz<b>")
    assert "zzz&lt;b&gt;" in html
    assert found(html) == []
    assert f'<select name="{NAME}"' in html


def test_words_that_were_sent_with_the_wrong_button_are_looked_up_instead_of_a_bare_no() -> None:
    visitor = at_the_question("fr")
    answer = visitor.send(visitor.step, {f"sought.{NAME}": "soudage", NAME: ""})
    assert found(answer.content.decode()) == ["MEC-01"]


def test_a_page_with_a_search_asks_the_database_nothing_for_it() -> None:
    visitor = at_the_question("ar")
    visitor.open(visitor.step)
    with CaptureQueriesContext(connection) as queries:
        visitor.open(visitor.step)
    assert not [query for query in queries if "specialit" in query["sql"].lower()]


def test_a_structure_is_looked_up_by_its_name_and_answered_by_its_number() -> None:
    sought, _other = a_structure("مركز الأمل للتكوين", fr="Centre El Amel"), a_structure("شيء آخر", fr="Autre")
    field = r.StructureField("Structure")
    for words in ("الامل", "amel", "مركز الأَمل", sought.number):
        assert [each.value for each in Lookup(field, words, pressed=True).found] == [sought.number], words
    html = Lookup(field, "amel", pressed=True).render("site-structure", "", {"id": "id_site"})
    assert f'value="{sought.number}"' in html
    assert "قابس" in html or "Gabès" in html
