"""One structure: what held on a day, what its status means, whether it may give a diploma; nobody's name in it."""

import json
import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from registers.structures import services
from registers.structures.models import Structure
from tests.portal.directory.factories import (
    DAY,
    DIRECTOR,
    NOTE,
    a_cause,
    a_small_directory,
    a_speciality,
    a_structure,
    an_entrepreneur,
    homologated,
    teaches,
)

pytestmark = pytest.mark.django_db
SAHEL, BRANCH, GABES, TUNIS, DECLARED = "sahel", "branch", "gabes", "tunis", "declared"


@pytest.fixture
def known(db: None) -> dict[str, Structure]:
    return a_small_directory()


def seen(client: Client, structure: Structure, query: Any = None, *, below: str = "", language: str = "en") -> str:
    """The words of a page, without its marks."""
    answer = client.get(f"/{language}/structures/{structure.number}/{below}", query)
    assert answer.status_code == 200
    main = answer.content.decode().split("<main", 1)[1].split("</main>")[0]
    whole = re.sub(r'<span class="num">([^<]*)</span>|</?time[^>]*>|</?b>', r"\1", main)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", whole)).split())


def lane(page: str, title: str) -> str:
    """What stands behind a speciality in the table of lanes."""
    return page[page.index("Periods") :].split(title, 1)[1][:260]


def test_the_page_says_what_holds_today_and_until_when(client: Client, known: dict[str, Structure]) -> None:
    page = seen(client, known[SAHEL])
    assert "Active since 3 July 2017" in page
    assert "Its diplomas are homologated in: Électricité du bâtiment (en)." in page
    assert "260 training places" in page
    assert known[SAHEL].number in page
    assert "+216 73 000 000" in page
    ends = timezone.localdate() + 59 * DAY  # the last day, not the first without it
    assert f"until {ends.day} {ends:%B} {ends.year}" in lane(page, "Électricité")


def test_the_page_answers_for_a_day_that_passed(client: Client, known: dict[str, Structure]) -> None:
    page = seen(client, known[SAHEL], {"on": "2021-03-12"})
    assert "Standing on 12 March 2021 Was active since" in page
    assert "until 20 January 2024" in lane(page, "Électricité")
    assert "It is from 1 February 2022" in lane(page, "Pâtisserie")
    assert "It was until 31 May 2020" in lane(page, "Bureautique")
    assert "Annexe" not in page  # opened in 2022
    assert "Back to today" in page


def test_before_it_was_declared_the_register_says_that_it_knows_nothing(
    client: Client, known: dict[str, Structure]
) -> None:
    assert "the register did not know this structure" in seen(client, known[SAHEL], {"on": "2016-01-01"})


def test_a_suspended_and_a_closed_structure_say_since_when_and_what_it_means(
    client: Client, known: dict[str, Structure]
) -> None:
    suspended, closed = seen(client, known[GABES]), seen(client, known[TUNIS])
    assert "Do not enrol: it may not take in trainees while the suspension lasts" in suspended
    assert "Closed since 11 May 2025" in closed
    assert "Do not enrol: it may no longer train" in closed
    assert "Its diplomas are homologated" not in closed


def test_branch_and_main_structure_lead_to_each_other(client: Client, known: dict[str, Structure]) -> None:
    assert f"{known[BRANCH].number} · Sousse" in seen(client, known[SAHEL])
    branch = seen(client, known[BRANCH])
    assert "Branch of Structure du Sahel" in branch
    assert "R-17" in branch  # the receipt of the main structure holds for it
    assert "Not homologated" in lane(branch, "Électricité")


def test_the_menu_says_in_which_room_a_page_of_one_structure_is(client: Client, known: dict[str, Structure]) -> None:
    menu = client.get(f"/en/structures/{known[SAHEL].number}/").content.decode().split("<main")[0]
    assert re.findall(r'href="([^"]+)" aria-current="(page|true)"', menu.split('class="nav"')[1]) == [
        ("/en/structures/", "true"),
        ("/en/structures/", "true"),  # once more in the menu of narrow windows
    ]


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_each_page_is_there_in_each_language(client: Client, known: dict[str, Structure], language: str) -> None:
    for below in ("", "diploma/", "doubt/"):
        assert known[SAHEL].number in seen(client, known[SAHEL], below=below, language=language)


@pytest.mark.parametrize("number", ["00-00000-0", "52-99999-9"])
def test_a_number_that_nobody_bears_is_not_found(client: Client, known: dict[str, Structure], number: str) -> None:
    for below in ("", "diploma/", "doubt/", "data.jsonld"):
        assert client.get(f"/ar/structures/{number}/{below}").status_code == 404


@pytest.mark.parametrize(
    ("name", "asked", "day", "answer"),
    [
        (SAHEL, ("BTP", "ELE-01"), "2021-01-14", "Yes BTP"),
        (SAHEL, ("BTP", "ELE-01"), "2021-01-15", "from 15 January 2021 until 20 January 2024"),
        (SAHEL, ("BTP", "ELE-01"), "2018-01-14", "No BTP"),
        (SAHEL, ("BTP", "ELE-01"), "2018-01-14", "homologated from 15 January 2018 only"),
        (SAHEL, ("BTS", "ELE-01"), "2021-01-15", "No homologation of this diploma is on record"),
        (SAHEL, ("CAP", "PAT-01"), "", "The homologation ended on"),
        (SAHEL, ("attestation", "COI-01"), "", "An attestation needs no homologation"),
        (SAHEL, ("attestation", "INF-01"), "2020-06-01", "The speciality was declared until 31 May 2020"),
        (SAHEL, ("BTP", "ELE-01"), "2001-01-01", "On that day the register did not know this structure"),
        (GABES, ("attestation", "ELE-01"), "", "The structure was suspended from"),
        (TUNIS, ("BTP", "ELE-01"), "", "The structure closed on 11 May 2025."),
        (TUNIS, ("BTP", "ELE-01"), "2025-05-10", "Yes BTP"),
        (DECLARED, ("BTP", "ELE-01"), "", "had only declared itself"),
        (BRANCH, ("BTP", "ELE-01"), "", "ask for the main structure too"),
    ],
)
def test_may_it_give_this_diploma_has_a_plain_answer_with_its_reason_and_day(
    client: Client, known: dict[str, Structure], name: str, asked: tuple[str, str], day: str, answer: str
) -> None:
    year, month, of_month = [*day.split("-"), "", "", ""][:3] if day else ("", "", "")
    query = {"diploma": asked[0], "speciality": asked[1], "on_day": of_month, "on_month": month, "on_year": year}
    page = seen(client, known[name], query, below="diploma/")
    assert answer in page
    told = date.fromisoformat(day) if day else timezone.localdate()
    assert f"As the register stands for {told.day} {told:%B} {told.year}" in page


def test_a_question_without_an_end_keeps_what_was_chosen(client: Client, known: dict[str, Structure]) -> None:
    page = client.get(
        f"/en/structures/{known[SAHEL].number}/diploma/", {"diploma": "BTP", "on_year": "20x1", "speciality": "<b>"}
    ).content.decode()
    assert '<option value="BTP" selected>' in page
    assert 'value="20x1"' in page
    assert "Correct these 2 errors" in page
    assert 'class="said' not in page
    assert "<b>&" not in page


def test_the_pages_ask_the_database_at_most_twelve_questions(client: Client, known: dict[str, Structure]) -> None:
    asked = {}
    for name in (SAHEL, BRANCH):
        for below in ("", "diploma/?diploma=BTP&speciality=ELE-01", "data.jsonld", "doubt/"):
            address = f"/ar/structures/{known[name].number}/{below}"
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            asked[name, below] = len(queries)
    assert max(asked.values()) <= 12, asked


def test_the_linked_data_say_the_same_as_the_page(client: Client, known: dict[str, Structure]) -> None:
    number = known[SAHEL].number
    answer = client.get(f"/fr/structures/{number}/data.jsonld", {"on": "2021-03-12"})
    assert answer["Content-Type"].startswith("application/ld+json")
    said = json.loads(answer.content)
    assert said["@type"] == "EducationalOrganization"
    assert said["url"] == f"https://verif.example.tn/ar/structures/{number}/"
    assert (said["takwin:status"], said["takwin:asOf"], said["takwin:capacity"]) == ("active", "2021-03-12", 260)
    assert [(each["credentialCategory"], each["expires"]) for each in said["hasCredential"]] == [("BTP", "2024-01-20")]
    page = client.get(f"/fr/structures/{number}/?on=2021-03-12").content.decode()
    assert f'type="application/ld+json" href="/fr/structures/{number}/data.jsonld?on=2021-03-12"' in page


def test_no_natural_person_is_ever_shown(client: Client) -> None:
    owner = an_entrepreneur("كناري صاحبة المؤسسة Canaria Propriétaire")
    structure = a_structure(organisation=owner)
    electricity = a_speciality("ELE-01", "كهرباء", "Électricité")
    teaches(structure, electricity)
    homologated(structure, electricity, date(2020, 1, 1), None)
    later = {"ar": "كناري المديرة الجديدة", "lat": "Canaria Nouvelle"}
    services.change_director(a_cause(), structure=structure, name=later, since=date(2019, 1, 6))
    shown = "".join(
        client.get(f"/{language}/structures/{structure.number}/{below}").content.decode()
        for language in ("ar", "fr", "en")
        for below in ("", "diploma/?diploma=BTP&speciality=ELE-01", "doubt/", "data.jsonld")
    )
    assert "Director changed" in shown  # that it changed is public, who it is is not
    canaries = ("كناري", "canaria", NOTE, *DIRECTOR.values(), owner.tax_number)
    assert [canary for canary in canaries if canary.lower() in shown.lower()] == []


def test_a_legal_person_that_runs_a_structure_is_named(client: Client) -> None:
    owner = an_entrepreneur("Société Yasmine")
    owner.kind = "company"
    owner.save()
    assert "Run by Société Yasmine" in seen(client, a_structure(organisation=owner))


def test_a_name_in_the_register_is_escaped(client: Client) -> None:
    structure = a_structure("<script>alert(1)</script>", "<img src=x>")
    page = client.get(f"/ar/structures/{structure.number}/").content.decode()
    assert "<script>alert" not in page
    assert "<img src=x>" not in page


def test_an_invented_structure_says_so_wherever_it_is_named(client: Client) -> None:
    real, invented = a_structure(), a_structure("هيكل مختلق", "Structure inventée")
    Structure.objects.filter(pk=invented.pk).update(invented=True)
    listed = client.get("/en/structures/").content.decode()
    assert listed.count("Invented data") == 1
    assert listed.index(invented.number) < listed.index("Invented data")
    for below in ("", "diploma/", "doubt/"):
        assert "Invented data" in client.get(f"/en/structures/{invented.number}/{below}").content.decode(), below
        assert "Invented data" not in client.get(f"/en/structures/{real.number}/{below}").content.decode(), below
