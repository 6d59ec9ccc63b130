"""Somebody is found by identifier and by nothing else; many are entered with the queries of one."""

import re
from datetime import date

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from procedures.audit.models import Entry
from registers.people import entering
from registers.people.models import DuplicateProposal, Identifier, Person
from registers.people.selectors import everybody, find, known_people, person_with
from registers.people.services import (
    GivenIdentifier,
    GivenPerson,
    correct_person,
    enter_people,
    enter_person,
)
from tests.registers.factories import by_hand
from tests.registers.people.factories import BORN, a_card, a_person, given, imported

pytestmark = pytest.mark.django_db


def test_a_person_with_a_known_number_is_found_and_another_name_alone_is_not():
    card = a_card()
    person, made = enter_person(by_hand(), given=given("Amel", "Tounsi", card))
    assert made
    assert enter_person(imported(), given=given("Amel", "Tounsi", card)) == (person, False)
    twin, made = enter_person(imported(), given=given("Amel", "Tounsi"))
    assert made
    assert twin != person


def test_what_was_not_known_is_filled_and_what_was_is_not_written_over():
    card, passport = a_card(), GivenIdentifier("passport", "X1234567", "FR")
    a_person("Amel", "Tounsi", card, birth_place="Gabès")
    more = GivenPerson("أمل", "التونسي", "Amal", "Tounsi", BORN, "Sfax", "f", identifiers=(card, passport))
    person, made = enter_person(imported(), given=more)
    person.refresh_from_db()
    assert not made
    assert (person.first_ar, person.first_lat, person.birth_place, person.sex) == ("أمل", "Amel", "Gabès", "f")
    assert person.key_ar == "التونسي امل"
    assert person_with(passport) == person


def test_a_number_that_belongs_to_somebody_else_is_told_and_changes_nothing():
    card = a_card()
    person = a_person("Amel", "Tounsi", card)
    other = given(
        "Khaled", "Gharbi", card, a_card("07654321"), birth_date=date(1990, 1, 1), sex="m", birth_place="Sfax"
    )
    assert known_people([other])[0].differs == ("name", "birth_date")
    entered = enter_people(imported(), rows=[other])[0]
    assert (entered.person, entered.made, entered.differs) == (person, False, ("name", "birth_date"))
    person.refresh_from_db()
    assert (person.first_lat, person.sex, person.birth_place) == ("Amel", "", "")
    assert person_with(GivenIdentifier("cin", "07654321")) is None


def test_looking_people_up_writes_nothing():
    card = a_card()
    person = a_person("Amel", "Tounsi", card)
    entries = Entry.objects.count()
    known = known_people([given("Amel", "Tounsi", card), given("Salma", "Gharbi", a_card()), given("Amel", "Tounsi")])
    assert [one and one.person for one in known] == [person, None, None]
    assert (Person.objects.count(), Entry.objects.count()) == (1, entries)


def test_one_number_twice_in_a_table_is_one_person():
    card = a_card()
    rows = [given("Amel", "Tounsi", card), given("Amel", "Tounsi", card, birth_place="Gabès"), given("Amel", "Tounsi")]
    first, second, third = enter_people(imported(), rows=rows)
    assert first.person is second.person
    assert (first.made, second.made, third.made) == (True, False, True)
    assert Person.objects.get(pk=first.person.pk).birth_place == "Gabès"


def test_two_numbers_of_one_row_that_belong_to_two_are_proposed_and_not_made_one():
    card, passport = a_card(), GivenIdentifier("passport", "X1234567", "FR")
    left, right = a_person("Amel", "Tounsi", card), a_person("أمل", "التونسي", passport)
    enter_people(imported(), rows=[given("Amel", "Tounsi", card, passport)])
    proposal = DuplicateProposal.objects.get()
    assert (proposal.left, proposal.right, proposal.evidence) == (left, right, {"identifier": "shared"})
    assert everybody().count() == 2


def test_five_hundred_cost_the_queries_of_one_and_one_audit_entry():
    def entered(rows: list[GivenPerson]) -> int:
        with CaptureQueriesContext(connection) as queries:
            enter_people(imported(7), rows=rows)
        return len(queries)

    def rows(names: str, count: int) -> list[GivenPerson]:
        return [given(f"{names}{number}", "Tounsi", a_card()) for number in range(count)]

    one, many = entered(rows("a", 1)), entered(rows("b", 300))
    assert many == one <= 10
    entry = Entry.objects.filter(action="people.enter").order_by("-seq")[0]
    assert entry.subject_id == "300 people"
    assert entry.data["batch"] == 7
    assert len(entry.data["made"]) == 300
    enter_people(imported(8), rows=rows("c", 1001))
    assert Entry.objects.filter(action="people.enter", data__batch=8).count() == 3


def test_whoever_another_import_entered_meanwhile_is_found(monkeypatch):
    card, write, tries, theirs = a_card(), entering._write, [], []

    def clash_once(rows):
        tries.append(rows)
        if len(tries) == 1:
            raise IntegrityError("one_person_an_identifier")
        if len(tries) == 2:
            theirs.append(a_person("Amel", "Tounsi", card))  # what the other import has committed
        return write(rows)

    monkeypatch.setattr(entering, "_write", clash_once)
    entered = enter_people(imported(), rows=[given("Amel", "Tounsi", card), given("Salma", "Gharbi", a_card())])
    assert entered[0].person == theirs[0]
    assert [one.made for one in entered] == [False, True]
    assert Person.objects.count() == Identifier.objects.count() == 2


def test_a_clash_that_does_not_pass_is_not_hidden(monkeypatch):
    def clash(rows):
        raise IntegrityError("always")

    monkeypatch.setattr(entering, "_write", clash)
    with pytest.raises(IntegrityError):
        enter_people(imported(), rows=[given()])


def test_a_correction_keeps_which_details_and_never_their_values():
    person = a_person("Amel", "Tounsi", a_card())
    corrected = correct_person(by_hand(), person=person, first_lat="Amal", birth_date=date(2003, 5, 15))
    assert corrected.key_lat == person.key_lat
    entry = Entry.objects.get(action="people.correct")
    assert entry.data == {"reason": "correction", "details": ["birth_date", "first_lat"]}
    with pytest.raises(TypeError):
        correct_person(by_hand(), person=person, public_id="x")


@pytest.mark.parametrize("words", ["Mohamed Trabelsi", "trabelsi", "الطرابلسي محمد", "Mohammed TRABELSSI", "طرابلسي"])
def test_a_person_is_found_by_name_however_it_is_spelt(words: str):
    person = a_person("محمد", "الطرابلسي")
    a_person("Mohamed", "Gharbi")
    assert list(find(words)) == [person]
    assert not find(words, birth_date=date(1999, 1, 1)).exists()


def test_a_person_is_found_by_every_spelling_that_was_ever_filled_in_and_by_none_that_was_corrected():
    card = a_card()
    person = a_person("Mohamed", "Gharbi", card)
    enter_people(imported(), rows=[GivenPerson("محمد", "الغربي", identifiers=(card,), birth_date=BORN)])
    assert list(find("الغربي")) == list(find("gharbi mohamed")) == [person]
    correct_person(by_hand(), person=person, last_lat="Trabelsi", last_ar="الطرابلسي")
    assert (list(find("gharbi")), list(find("طرابلسي"))) == ([], [person])
    assert not find("moha").exists()  # a word, not letters within one


def test_people_are_sought_by_an_index_and_not_one_by_one():
    enter_people(imported(), rows=[given(f"N{number}", "Tounsi") for number in range(200)])
    a_person("Mohamed", "Trabelsi")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # so few rows would be read whole
    plan = find("Mohamed Trabelsi").explain()
    assert re.search(r"INDEX sqlite_autoindex_people_nameword_1 \(word|Index .*a_word_once_a_person", plan), plan
    assert not re.search(r"SCAN people_person|Seq Scan", plan), plan


def test_no_words_find_nobody():
    a_person()
    assert not find(" ").exists()
    assert not find("؟!").exists()
