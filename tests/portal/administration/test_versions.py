"""Versions of procedures at an administrator's screen: compared, rehearsed, opened; an auditor reads."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from procedures.jobs.services import sweep
from procedures.versions.models import Rehearsal, Version
from procedures.versions.services import ask_rehearsal, note_versions
from tests.portal.accounts.factories import officer
from tests.portal.administration.factories import administrator, at, at_screen_of, boxes, sentences
from tests.procedures.installed import installed
from tests.procedures.kernel.factories import the_central_service
from tests.procedures.versions.two_versions import CODE, FIRST, SECOND, past_cases

pytestmark = pytest.mark.django_db


@pytest.fixture
def expected() -> Any:
    """Thirty past cases of the first version, with the second one loaded."""
    with installed(FIRST):
        note_versions()
    cases = past_cases(30, the_central_service())
    with installed(SECOND):
        note_versions()
        yield cases


@pytest.fixture
def screen() -> Client:
    return at_screen_of(administrator())


def text(response: Any) -> str:
    return str(response.content.decode())


def test_a_new_version_is_compared_rehearsed_and_opened(screen: Client, expected: dict[str, str]) -> None:
    assert "waits to be opened" in text(screen.get(at("versions")))
    page = text(screen.get(at("version", CODE)))
    for told in ("Question", "at most", "200", "100", "Permit", "Too short.", "5 differences"):
        assert told in page
    assert at("open_version", CODE) not in page
    assert screen.get(at("open_version", CODE)).status_code == 404

    asked = {"cases": "30"} | boxes("on", timezone.localdate())
    going_on = screen.post(at("rehearse", CODE), asked, follow=True)
    assert (going_on.context["share"], 'role="status"' in text(going_on)) == (0, True)
    sweep(kinds=("versions.rehearse",))
    page = text(screen.get(going_on.request["PATH_INFO"]))
    assert all(number in page for number in expected)
    only_fees = text(screen.get(going_on.request["PATH_INFO"], {"kind": "fee"}))
    assert {number for number in expected if number in only_fees} == {
        n for n, kind in expected.items() if kind == "fee"
    }
    assert "6 dinars" in only_fees
    assert screen.get(going_on.request["PATH_INFO"], {"kind": "nonsense"}).status_code == 200

    assert "Open this version" in text(screen.get(at("version", CODE)))
    refused = screen.post(at("open_version", CODE), {"note": ""})
    assert sentences(refused) == ["“What was weighed”: write something here."]
    opened = text(screen.post(at("open_version", CODE), {"note": "Read with the directors."}, follow=True))
    assert "The version is open." in opened
    assert "Read with the directors." in opened
    assert "Version opened" in opened
    assert screen.get(reverse("wizard:start", args=[CODE])).context["procedure"].open


def test_a_rehearsal_takes_at_most_ten_thousand_cases_and_a_day(screen: Client, expected: dict[str, str]) -> None:
    refused = screen.post(at("rehearse", CODE), {"cases": "10001"})
    assert len(sentences(refused)) == 2
    assert not Rehearsal.objects.exists()


def test_an_auditor_reads_and_changes_nothing(expected: dict[str, str]) -> None:
    auditor = at_screen_of(officer("auditor", office="administration"))
    rehearsal = ask_rehearsal(version=Version.objects.get(procedure=CODE, version="2.0"), by=None, cases=5)
    for address in (at("versions"), at("version", CODE), at("rehearsal", CODE, rehearsal.public_id)):
        assert auditor.get(address).status_code == 200
    for address in (at("rehearse", CODE), at("open_version", CODE)):
        assert auditor.post(address).status_code == 404


def test_what_is_not_there_is_not_found(screen: Client, expected: dict[str, str]) -> None:
    rehearsal = ask_rehearsal(version=Version.objects.get(procedure=CODE, version="2.0"), by=None, cases=5)
    assert screen.get(at("version", "nothing")).status_code == 404
    assert screen.get(at("rehearsal", "foreign_certificate_equivalence", rehearsal.public_id)).status_code == 404


def test_a_page_of_rehearsed_cases_asks_the_database_no_more_for_more_cases(
    screen: Client, expected: dict[str, str], django_assert_max_num_queries: Any
) -> None:
    rehearsal = ask_rehearsal(version=Version.objects.get(procedure=CODE, version="2.0"), by=None, cases=30)
    sweep(kinds=("versions.rehearse",))
    with django_assert_max_num_queries(25):
        screen.get(at("rehearsal", CODE, rehearsal.public_id))
