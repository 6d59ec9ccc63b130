"""The authority's own procedures: their samples, pages, rules and words, as every plugin owes them."""

from typing import Any

import pytest
from django.utils import timezone

from procedures.api import Sample
from procedures.asking import form_for, stored
from procedures.definition import Procedure
from procedures.registry import procedure, procedures, services_for_people
from procedures.rules import Situation
from procedures.snapshot import take_snapshot
from procedures.testing import posted, sample_answers
from registers.people.services import merge
from tests.procedures.documents.factories import keys_in, prepared_decision
from tests.registers.factories import a_speciality, a_structure, an_officer
from tests.registers.people.test_duplicates import a_proposal

pytestmark = pytest.mark.django_db
CODES = (
    "certificate_revocation",
    "circular",
    "forced_closure",
    "formal_notice",
    "inspection_mission",
    "precautionary_suspension",
    "register_merge",
)
ABOUT_NOTHING_ON_RECORD = {"circular"}
EVERY_SAMPLE = [(procedure(code), sample) for code in CODES for sample in procedure(code).samples]
NAMES = [f"{each.code}-{sample.code}" for each, sample in EVERY_SAMPLE]
every_sample = pytest.mark.parametrize(("found", "sample"), EVERY_SAMPLE, ids=NAMES)
OF_THE_REGISTER = {
    "document_comes_from",
    "document_is_in_force",
    "moratorium_is_possible",
    "no_measure_in_force",
    "pair_may_be_decided",
    "structure_may_be_measured",
}
SAID_AGAIN = {"second_value_is_of_its_kind", "third_value_is_of_its_kind"}  # of further values, like the first


@pytest.fixture
def target(tmp_path: Any, settings: Any) -> Any:
    """An open structure, a document in force, a pair of entries, as the first block of each procedure asks them."""
    settings.TAKWIN_KEYS = tmp_path / "keys"

    def about(found: Procedure, sample: Sample) -> dict[str, dict[str, str]]:
        if found.code == "circular":
            a_speciality()
            return {}
        if found.code == "register_merge":
            pair = a_proposal(cards=False)
            if sample.answers.get("target.act") == "split":
                merge(proposal=pair, by=an_officer(), reason="x")
            return {"target": {"pair": str(pair.pk)}}
        if found.code != "certificate_revocation":
            return {"target": {"structure": a_structure().number}}
        keys_in(settings.TAKWIN_KEYS)
        document = prepared_decision()
        type(document).objects.update(state="issued")
        return {"target": {"document": document.public_id}}

    return about


def situation(found: Procedure, sample: Sample, target: Any, language: str = "ar") -> Situation:
    answers = sample_answers(found, language, sample=sample, **target(found, sample))
    return Situation(found, answers, on=timezone.localdate())


@every_sample
def test_a_sample_breaks_the_rule_it_names_and_no_other(found: Procedure, sample: Sample, target: Any) -> None:
    explained = situation(found, sample, target).explanations()
    assert {told.rule for told in explained if told.failed} == {sample.breaks} - {""}
    assert not any(told.outcome == "unknown" for told in explained)


@pytest.mark.parametrize("code", CODES)
def test_every_rule_of_its_own_is_broken_by_a_sample(code: str) -> None:
    found = procedure(code)
    broken = {sample.breaks for sample in found.samples} - {""}
    assert {rule.code for rule in found.every_rule} - OF_THE_REGISTER - SAID_AGAIN == broken


@pytest.mark.parametrize("code", sorted({*CODES} - ABOUT_NOTHING_ON_RECORD))
def test_a_structure_a_document_or_a_pair_that_the_register_does_not_know_stops_the_file(code: str) -> None:
    found = procedure(code)
    answers = sample_answers(found, sample=found.samples[0])
    told = Situation(found, answers, on=timezone.localdate()).blocked
    assert {each.rule for each in told} & OF_THE_REGISTER


@every_sample
@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_the_page_of_a_sample_passes_its_form_and_stores_what_was_typed(
    found: Procedure, sample: Sample, language: str, target: Any
) -> None:
    judged = situation(found, sample, target, language)
    data = posted(found, judged.answers)
    (step,) = judged.asked_steps()
    for block in judged.asked_blocks(step):
        form = form_for(found, block, data=data, situation=judged)
        assert form.is_valid(), form.errors
        assert stored(form) == judged.answers[block.code]


@every_sample
def test_a_sample_ends_as_a_decision_of_its_route_can(found: Procedure, sample: Sample, target: Any) -> None:
    kinds = {kind for stage in situation(found, sample, target).route() for kind in getattr(stage, "kinds", ())}
    assert sample.breaks or sample.ends in kinds


@pytest.mark.parametrize("code", CODES)
def test_every_text_is_said_in_three_languages(code: str) -> None:
    same: list[str] = []

    def walk(content: Any, path: str) -> None:
        if isinstance(content, dict) and set(content) == {"ar", "fr", "en"}:
            if content["en"] and content["ar"] == content["en"]:
                same.append(path)
        elif isinstance(content, dict | list):
            for key, inner in content.items() if isinstance(content, dict) else enumerate(content):
                walk(inner, f"{path}.{key}")

    walk(take_snapshot(procedure(code), on=timezone.localdate()), "")
    assert same == []


def test_what_the_authority_opens_is_no_service_that_people_start() -> None:
    assert set(procedures()) - set(services_for_people()) == set(CODES)
