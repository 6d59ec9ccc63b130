"""Eligibility asked before starting: no account, nothing kept, and the reason with its article where it is no."""

import re
from html import unescape
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import translation

from procedures.definition import Procedure
from procedures.resolving import resolve
from procedures.rules import Situation
from procedures.testing import posted, sample_answers
from procedures.wizard.models import Draft
from tests.cms_content.factories import CODE
from tests.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]
NOT_FOR = {"foreign_certificate-kind": "university", "foreign_certificate-country": "FR"}
FOR = {"foreign_certificate-kind": "vocational", "foreign_certificate-country": "FR"}


def ask(client: Client, data: dict[str, Any] | None = None, *, code: str = CODE, language: str = "en") -> str:
    with translation.override(language):
        address = reverse("public:precheck", args=[code])
    answer = client.get(address) if data is None else client.post(address, data)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def machine(client: Client, data: dict[str, Any]) -> Any:
    return client.post(reverse("public:precheck", args=[CODE]), data, headers={"Accept": "application/json"}).json()


def test_only_the_questions_that_eligibility_needs_are_asked(client: Client) -> None:
    page = ask(client)
    assert set(re.findall(r'<(?:input|select)[^>]*name="([a-z_]+-[a-z_]+)"', page)) == set(FOR)


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_a_no_says_the_rule_and_its_article_and_leads_elsewhere(
    client: Client, workbench: Procedure, language: str
) -> None:
    page = ask(client, {"project-kind": "conference"}, code="workbench", language=language)
    (rule,) = workbench.eligibility
    with translation.override(language):
        assert str(rule.says) in page
        assert str(rule.basis.cites) in page
    assert "§ 3" in page
    assert f"/{language}/services/{rule.instead}/" in page or "equivalen" in page


def test_a_rule_without_a_text_is_called_an_assumption(client: Client) -> None:
    page = ask(client, NOT_FOR)
    assert "University degrees are for the ministry of higher education." in page
    assert "it is an assumption" in page


def test_a_yes_leads_to_the_application(client: Client) -> None:
    page = ask(client, FOR)
    assert "You can use this service" in page
    assert f"/services/{CODE}/start/" in page


def test_what_is_left_out_is_asked_again_and_the_rest_is_kept(client: Client) -> None:
    page = ask(client, {"foreign_certificate-kind": "vocational"} | {"shown": " ".join(FOR)})
    assert "has no answer" in page
    assert re.search(r'value="vocational"[^>]* checked', page)


def test_nothing_is_kept(client: Client) -> None:
    before = (Draft.objects.count(), Session.objects.count())
    ask(client, NOT_FOR)
    assert (Draft.objects.count(), Session.objects.count()) == before
    assert "sessionid" not in client.cookies


def test_a_procedure_without_eligibility_has_no_precheck(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("procedures.wizard.precheck.can_be_asked", lambda procedure: False)
    assert client.get(reverse("public:precheck", args=[CODE])).status_code == 404
    assert client.get("/en/services/no_such_thing/precheck/").status_code == 404


def test_the_explanation_is_one_for_the_page_the_machine_the_wizard_and_the_officer(client: Client) -> None:
    procedure = resolve(CODE)
    told = machine(client, NOT_FOR)
    answers = sample_answers(procedure, sample="university_degree", on=NOW.date())
    whole = Situation(procedure, answers, on=NOW.date()).explain(procedure.eligibility[0])
    assert told["eligible"] is False
    assert told["explanations"][0] == {**whole[0].as_json()}
    assert whole[0].sentence("en") in ask(client, NOT_FOR)


def test_the_machine_is_told_what_is_still_open(client: Client) -> None:
    told = machine(client, {})
    assert set(told["open"]) == set(FOR)
    assert "eligible" not in told


def test_every_sample_is_answered_as_the_wizard_would(client: Client) -> None:
    procedure = resolve(CODE)
    rules = {rule.code for rule in procedure.eligibility}
    for sample in procedure.samples:
        answers = posted(procedure, sample_answers(procedure, sample=sample, on=NOW.date()))
        told = machine(client, answers)
        assert told["eligible"] is (sample.breaks not in rules), sample.code
