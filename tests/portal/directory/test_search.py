"""The public search: names however they are typed, numbers, places, specialities, boxes, a day; counts and pages."""

import csv
import re
from typing import Any

import pytest
import time_machine
from django.core.cache.backends.locmem import LocMemCache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from registers.structures import services
from registers.structures.models import Structure
from tests.portal.directory.factories import (
    DIRECTOR,
    NOTE,
    a_cause,
    a_small_directory,
    a_speciality,
    a_structure,
    teaches,
)

pytestmark = pytest.mark.django_db
FROM = re.compile(r'(?:FROM|INTO|UPDATE|POINT) "?(\w+)')
SEARCH = "/en/structures/"
SAHEL, BRANCH, GABES, TUNIS, DECLARED = "sahel", "branch", "gabes", "tunis", "declared"


@pytest.fixture
def known(db: None) -> dict[str, Structure]:
    return a_small_directory()


def found(client: Client, known: dict[str, Structure], query: Any, language: str = "en") -> list[str]:
    """The names of the structures on the page of results, in its order."""
    page = client.get(f"/{language}/structures/", query).content.decode()
    names = {structure.number: name for name, structure in known.items()}
    return [names[number] for number in re.findall(r'<h3><a href="/\w\w/structures/(\d\d-\d{5}-\d)/', page)]


def test_without_words_the_whole_directory_is_there_and_those_that_train_come_first(
    client: Client, known: dict[str, Structure]
) -> None:
    assert found(client, known, {}) == [BRANCH, SAHEL, DECLARED, GABES, TUNIS]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("الساحل", [SAHEL]),
        ("ساحل", [SAHEL]),
        ("SAHEL", [SAHEL]),
        ("structure gabes", [GABES]),
        ("قابس", [GABES]),
        ("ڨابس", [GABES]),
        ("ofok", [TUNIS]),
        ("كهرباء", [BRANCH, SAHEL, GABES]),
        ("pâtiss", [SAHEL]),
    ],
)
def test_a_name_or_a_speciality_is_found_however_it_is_typed(
    client: Client, known: dict[str, Structure], typed: str, names: list[str]
) -> None:
    assert found(client, known, {"q": typed}) == names


@pytest.mark.parametrize("shape", ["{}", " {} ", "{0[0]}{0[1]} {0[3]}{0[4]}{0[5]}{0[6]}{0[7]} {0[9]}"])
def test_a_number_is_found_with_its_hyphens_or_without(client: Client, known: dict[str, Structure], shape: str) -> None:
    assert found(client, known, {"q": shape.format(known[GABES].number)}) == [GABES]


def test_a_number_in_arabic_digits_is_found(client: Client, known: dict[str, Structure]) -> None:
    typed = known[SAHEL].number.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert found(client, known, {"q": typed}, "ar") == [SAHEL]


def test_a_number_with_a_wrong_digit_is_told_apart_from_one_that_nobody_bears(
    client: Client, known: dict[str, Structure]
) -> None:
    right = known[SAHEL].number
    wrong = right[:-1] + str((int(right[-1]) + 1) % 10)
    assert "one digit differs" in client.get(SEARCH, {"q": wrong}).content.decode()
    assert "one digit differs" not in client.get(SEARCH, {"q": "no such name"}).content.decode()


def test_place_speciality_and_boxes_narrow_and_stand_in_the_address(
    client: Client, known: dict[str, Structure]
) -> None:
    assert found(client, known, {"place": "TN-81"}) == [GABES]
    assert found(client, known, {"speciality": "ELE-01"}) == [BRANCH, SAHEL, GABES]
    assert found(client, known, {"speciality": "ELE-01", "homologated": "yes"}) == [SAHEL]
    assert found(client, known, {"homologated": "no"}) == [BRANCH, DECLARED, GABES, TUNIS]
    assert found(client, known, {"status": ["suspended", "closed"]}) == [GABES, TUNIS]
    assert found(client, known, {"kind": "continuing"}) == [BRANCH, SAHEL]
    page = client.get(SEARCH, {"status": ["suspended", "closed"], "q": "structure"}).content.decode()
    assert 'value="suspended" form="dir" checked' in page
    assert 'value="active" form="dir" checked' not in page
    assert 'href="/en/structures/list.csv?q=structure&amp;status=suspended&amp;status=closed"' in page


def test_a_speciality_homologated_in_another_subject_does_not_count(
    client: Client, known: dict[str, Structure]
) -> None:
    assert found(client, known, {"speciality": "COI-01", "homologated": "yes"}) == []
    assert found(client, known, {"speciality": "COI-01", "homologated": "no"}) == [SAHEL]


def test_a_day_that_passed_is_answered_with_what_held_then(client: Client, known: dict[str, Structure]) -> None:
    assert found(client, known, {"on": "2021-03-12"}) == [TUNIS, SAHEL, GABES]
    page = client.get(SEARCH, {"on_day": "12", "on_month": "3", "on_year": "2021"}).content.decode()
    assert "Was active" in page
    assert f"/{known[SAHEL].number}/?on=2021-03-12" in page


@pytest.mark.parametrize("day", ["2999-01-01", "nonsense", "2021-02-30", "1-1-1-1", "٢٠٢٦"])
def test_a_day_that_is_none_or_to_come_is_told_kept_and_answered_for_today(
    client: Client, known: dict[str, Structure], day: str
) -> None:
    answer = client.get(SEARCH, {"on": day})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "these are the results of today" in page
    assert 'aria-invalid="true"' in page
    assert "5 structures" in re.sub(r"<[^>]+>", "", page)


def test_what_was_typed_comes_back_escaped_and_odd_words_are_no_error(client: Client) -> None:
    for typed in ("<b>\"'", "%", "\x00", "…" * 300, "' OR 1=1 --", "*", "-", "a" * 500):
        answer = client.get(SEARCH, {"q": typed, "place": typed, "speciality": typed, "status": typed, "page": typed})
        assert answer.status_code == 200
        assert "<b>\"'" not in answer.content.decode()


def test_a_search_without_result_says_how_to_widen_it(client: Client, known: dict[str, Structure]) -> None:
    page = client.get(SEARCH, {"q": "ساحل", "place": "TN-81", "kind": "distance", "on": "2021-03-12"}).content.decode()
    assert "No structure answers to this search" in page
    assert 'href="/en/structures/?q=%D8%B3%D8%A7%D8%AD%D9%84&amp;kind=distance&amp;on=2021-03-12"' in page
    assert "Search as of today" in page
    assert "Report an undeclared structure" in page


def test_pages_keep_the_search_and_the_count(client: Client) -> None:
    for number in range(23):
        a_structure(f"هيكل {number}", f"Structure {number}")
    page = client.get(SEARCH, {"q": "structure", "page": "2"}).content.decode()
    assert len(re.findall(r"<h3><a href", page)) == 3
    assert "q=structure&amp;page=1" in page


def test_a_search_asks_the_database_at_most_eight_questions_whatever_it_finds(
    client: Client, known: dict[str, Structure]
) -> None:
    for number in range(3):  # a question for each branch would show
        names = {"ar": f"فرع كهرباء {number}", "fr": ""}
        services.open_branch(
            a_cause(), parent=known[SAHEL], names=names, place="TN-52", since=timezone.localdate(), status="active"
        )
    asked = []
    for query in ({}, {"q": "كهرباء", "place": "TN-52", "homologated": "yes", "on": "2021-03-12"}, {"q": "zzz"}):
        client.get("/ar/structures/", query)
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/ar/structures/", query).status_code == 200
        asked.append(len(queries))
    assert max(asked) <= 8, asked


def test_the_boxes_say_how_many_each_would_leave(client: Client, known: dict[str, Structure]) -> None:
    page = client.get(SEARCH, {"kind": "distance"}).content.decode()
    counts = dict(re.findall(r'name="(?:\w+)" value="(\w+)" form="dir"[^>]*>[^<]*<span class="num">(\d+)', page))
    assert counts == {
        "active": "2", "declared": "1", "suspended": "1", "closed": "1", "yes": "1", "no": "4",
        "initial": "4", "continuing": "2", "apprenticeship": "0", "distance": "1",
    }  # fmt: skip


def lines(client: Client, query: Any = None) -> list[dict[str, str]]:
    answer: Any = client.get("/fr/structures/list.csv", query)
    assert answer.streaming
    return list(csv.DictReader(b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()))


def test_the_open_list_holds_what_the_search_finds(client: Client, known: dict[str, Structure]) -> None:
    every = lines(client)
    assert {line["number"] for line in every} == {structure.number for structure in known.values()}
    sahel = next(line for line in every if line["number"] == known[SAHEL].number)
    assert (sahel["status"], sahel["homologated_specialities"]) == ("active", "ELE-01")
    assert sahel["specialities"] == "COI-01;ELE-01;PAT-01"
    assert [line["status"] for line in lines(client, {"status": "closed"})] == ["closed"]
    assert {line["status"] for line in lines(client, {"on": "2021-03-12"})} == {"active"}


def test_the_open_list_runs_no_formula_and_names_no_person(client: Client, known: dict[str, Structure]) -> None:
    a_structure("=cmd|' /C calc'!A0", "+1+1", legacy_number="@SUM(1)")
    last = next(line for line in lines(client) if line["kinds"] == "initial" and line["former_number"])
    assert (last["name_ar"][:2], last["name_fr"][:2], last["former_number"][:2]) == ("'=", "'+", "'@")
    text = str(lines(client))
    assert not [canary for canary in (*DIRECTOR.values(), NOTE) if canary in text]


def test_the_open_list_is_read_in_portions(client: Client, known: dict[str, Structure], monkeypatch: Any) -> None:
    monkeypatch.setattr("portal.directory.data.AT_ONCE", 2)
    assert len(lines(client)) == 5


def test_a_page_of_results_asks_the_same_few_questions_however_full_it_is(
    client: Client, known: dict[str, Structure], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The kept lists count too: where the portal runs, reading one is a question to the database."""
    read: list[str] = []
    get = LocMemCache.get

    def noting(kept: LocMemCache, key: str, *args: Any, **more: Any) -> Any:
        read.append(key)
        return get(kept, key, *args, **more)

    monkeypatch.setattr(LocMemCache, "get", noting)

    def asked(query: str) -> list[str]:
        client.get(f"/en/structures/{query}")  # what is kept is kept now
        read.clear()
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/en/structures/{query}")
        return read + [FROM.findall(each["sql"])[0] for each in queries]

    with time_machine.travel(timezone.now(), tick=False):  # nothing kept grows too old between two readings
        few, words = asked(""), asked("?q=structure")
        for each in range(8):
            teaches(a_structure(f"Structure {each}", f"Structure {each}"), a_speciality(f"SPE-{each}", "ا", "A"))
        assert asked("") == few
        assert asked("?q=structure") == words
    assert max(len(few), len(words)) <= 20
