"""“Which service do I need?”: every service of the list is found, and those that are confused are kept apart."""

import re
from collections.abc import Iterator
from html import unescape
from itertools import product

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import translation

from cms_content.catalogue import planned
from portal.public.choosing.questions import BY_CODE, FIRST, QUESTIONS, Answer, services_behind
from portal.public.offices import WORDS, office_words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]
CONFUSED = {
    "foreign_certificate_equivalence": {"who": "trainee", "trainee": "certificate", "certificate": "foreign"},
    "certificate_classification": {"who": "trainee", "trainee": "certificate", "certificate": "tunisian"},
    "certificate_authentication": {"who": "trainee", "trainee": "certificate", "certificate": "genuine"},
    "diploma_homologation": {"who": "centre", "centre": "taught", "taught": "homologation"},
}


def choose(client: Client, answers: dict[str, str], language: str = "en") -> str:
    answer = client.get(f"/{language}/choose/", answers)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def found(page: str) -> list[str]:
    return re.findall(r'id="found-(\w+)"', page)


def in_words(page: str) -> str:
    return " ".join(re.sub("<[^>]+>", "", page).split())


def ways(answers: dict[str, str] | None = None, code: str = FIRST.code) -> Iterator[tuple[dict[str, str], Answer]]:
    for each in BY_CODE[code].answers:
        given = (answers or {}) | {code: each.code}
        if each.question:
            yield from ways(given, each.question)
        else:
            yield given, each


def test_every_service_of_the_list_is_reached_and_nothing_else() -> None:
    reached = {code for answer in FIRST.answers for code in services_behind(answer)}
    assert reached == {one.code for one in planned()}


def test_every_question_is_led_to_and_every_way_ends_after_three_questions_at_most() -> None:
    led_to = {each.question for question in QUESTIONS for each in question.answers if each.question}
    assert led_to | {FIRST.code} == set(BY_CODE)
    assert max(len(given) for given, _answer in ways()) == 3


def test_every_way_ends_on_a_page_that_names_its_services(client: Client) -> None:
    for given, answer in ways():
        assert found(choose(client, given)) == list(answer.services), given


@pytest.mark.parametrize(("code", "language"), [*product(CONFUSED, ("ar", "fr"))])
def test_four_services_that_are_confused_each_have_a_way_of_their_own(client: Client, code: str, language: str) -> None:
    page = choose(client, CONFUSED[code], language)
    assert found(page) == [code]
    others = set(CONFUSED) - {code}
    assert not others & {one for given, answer in ways() if given == CONFUSED[code] for one in answer.services}


def test_the_four_stand_side_by_side_with_what_sets_them_apart(client: Client) -> None:
    table = choose(client, {"who": "trainee"}).split("<tbody>")[1].split("</tbody>")[0]
    assert table.count("<tr>") == 4
    assert "Published when the service opens online" in table
    assert "45 working days" in in_words(table)


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_a_service_that_is_not_online_says_so_and_names_its_office(client: Client, language: str) -> None:
    page = choose(client, CONFUSED["certificate_classification"], language)
    own = client.get(f"/{language}/services/certificate_classification/").content.decode()
    with translation.override(language):
        words = str(office_words("certificate_classification"))
    assert words == str(WORDS["central_by_region"]) or language != "en"
    assert words in page
    assert words in unescape(own)
    assert "/start/" not in page


def test_the_list_names_an_office_for_each_service_that_is_known() -> None:
    assert {one.office for one in planned()} == set(WORDS)


def test_a_service_that_is_online_leads_to_its_page(client: Client) -> None:
    page = choose(client, CONFUSED["foreign_certificate_equivalence"])
    assert "45 working days" in in_words(page)
    assert "not yet online" not in page.split("<h2>Your answers")[0]


def test_answers_stay_in_sight_and_each_can_be_changed(client: Client) -> None:
    page = choose(client, {"who": "trainee", "trainee": "certificate"})
    assert "What do you want with your certificate?" in page
    assert re.search(r'href="/en/choose/\?who=trainee">Change', page)
    assert re.search(r'href="/en/choose/">Change', page)
    assert "Question 3 of 3" in in_words(page)


def test_going_on_without_an_answer_says_what_to_do_and_keeps_the_others(client: Client) -> None:
    page = choose(client, {"who": "trainee", "asked": "trainee"})
    assert "Choose one of the answers, then go on." in page
    assert '<input type="hidden" name="who" value="trainee">' in page


@pytest.mark.parametrize("answers", [{"who": "nobody"}, {"who": "\0"}, {"trainee": "certificate"}, {"who": "x" * 5000}])
def test_an_answer_that_nobody_offers_is_asked_again(client: Client, answers: dict[str, str]) -> None:
    assert "Who are you?" in choose(client, answers)


def test_nothing_is_kept(client: Client) -> None:
    choose(client, CONFUSED["diploma_homologation"])
    assert Session.objects.count() == 0
    assert not client.cookies
