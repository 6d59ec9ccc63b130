"""An application followed by its number and code: where it stands, nothing of whom, and no door to guess through."""

import re
from typing import Any

import pytest
from django.test import Client

from portal.public.tracking import MOST_MISSES
from procedures.cases import services, tracking
from procedures.cases.models import Case
from tests.procedures.kernel.factories import House, a_person

pytestmark = pytest.mark.django_db

PATH = "/en/track/"
NEVER = "No case has this number with this code"


@pytest.fixture
def case() -> Case:
    return House().at_instruction()


def ask(client: Client, number: str, code: str, **extra: Any) -> Any:
    return client.post(PATH, {"number": number, "code": code}, **extra)


def without_what_was_typed(page: str) -> str:
    return re.sub(r'value="[^"]*"', 'value=""', page)


@pytest.mark.parametrize("written", ["{}", " {} ", "{:l}", "{:d}"])
def test_number_and_code_show_where_the_case_stands(client: Client, case: Case, written: str) -> None:
    ways = {"{:l}": case.tracking_code.lower(), "{:d}": "–".join((case.tracking_code[:4], case.tracking_code[4:]))}
    code = ways.get(written) or written.format(tracking.grouped(case.tracking_code))
    answer = ask(client, case.number.lower(), code)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Being examined" in page
    assert "Why this date?" in page
    assert answer["Cache-Control"].find("no-store") >= 0


def test_digits_of_an_arabic_keyboard_are_read(client: Client, case: Case) -> None:
    eastern = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    answer = ask(client, case.number.translate(eastern), case.tracking_code.translate(eastern))
    assert "Being examined" in answer.content.decode()


def test_the_page_names_nobody_and_says_no_answer(client: Client, case: Case) -> None:
    page = ask(client, case.number, case.tracking_code).content.decode()
    told = [text for code in ("identity", "contact", "foreign_certificate") for text in case.answers[code].values()]
    words = [
        str(each)
        for each in told
        if isinstance(each, str) and len(each) > 3 and each not in ("presence", "vocational", "public")
    ]
    assert len(words) > 10
    assert [word for word in [*words, case.applicant_name, case.applicant.email, "Dora", "Omar"] if word in page] == []


def test_what_is_to_be_mended_is_not_said_without_an_account(client: Client) -> None:
    house = House()
    case = house.at_instruction()
    items = [{"path": "identity.id_number", "reason": "incorrect", "note": "The number of Amel is wrong"}]
    services.ask_correction(case=case, by=house.officer, version=case.version, items=items, note="See you, Amel")
    page = ask(client, case.number, case.tracking_code).content.decode()
    assert "Something is to be mended" in page
    assert "Amel" not in page
    assert "Number of the identity paper" not in page


def test_a_wrong_code_an_unknown_number_and_anothers_code_are_answered_alike(client: Client, case: Case) -> None:
    other = House.files(_house_of(case))
    answers = [
        ask(client, case.number, "ZZZZ-ZZZZ"),
        ask(client, "EQV-2026-999999-01", case.tracking_code),
        ask(client, case.number, other.tracking_code),
        ask(client, "anything", "at all"),
        ask(client, case.number, "-" * 8),
        ask(client, "EQV-2026-999999-01", "-" * 8),
    ]
    assert {answer.status_code for answer in answers} == {200}
    assert len({without_what_was_typed(_no_token(answer)) for answer in answers}) == 1
    assert all(NEVER in answer.content.decode() for answer in answers)


def test_a_case_from_before_there_were_codes_is_opened_by_none(client: Client, case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(tracking_code="")
    for code in ("--------", "-", "________"):
        assert NEVER in ask(client, case.number, code).content.decode()


def test_guessing_is_stopped_whatever_the_guesser_writes_in_the_headers(client: Client, case: Case) -> None:
    answers = [
        ask(client, case.number, f"ZZZZ-ZZ{n:02d}", headers={"X-Forwarded-For": f"10.0.0.{n}"})
        for n in range(MOST_MISSES + 3)
    ]
    assert [answer.status_code for answer in answers] == [200] * MOST_MISSES + [429] * 3
    assert answers[-1]["Retry-After"]


def test_the_right_code_is_never_throttled(client: Client, case: Case) -> None:
    for _again in range(MOST_MISSES + 3):
        assert "Being examined" in ask(client, case.number, case.tracking_code).content.decode()


def test_a_new_code_ends_the_old_one_and_stands_on_record(client: Client, case: Case) -> None:
    old = case.tracking_code
    client.force_login(case.applicant)
    client.post(f"/en/desk/cases/{case.public_id}/tracking/")
    case.refresh_from_db()
    assert case.tracking_code != old
    page = client.get(f"/en/desk/cases/{case.public_id}/").content.decode()
    assert tracking.grouped(case.tracking_code) in page
    assert "You asked for a new code" in page
    stranger = Client()
    assert NEVER in ask(stranger, case.number, old).content.decode()
    assert "Being examined" in ask(stranger, case.number, case.tracking_code).content.decode()


def test_only_whoever_filed_renews_the_code(client: Client, case: Case) -> None:
    client.force_login(a_person())
    assert client.post(f"/en/desk/cases/{case.public_id}/tracking/").status_code == 404


def _house_of(case: Case) -> Any:
    class Applying:
        applicant = case.applicant

    return Applying()


def _no_token(answer: Any) -> str:
    return re.sub(r'csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())
