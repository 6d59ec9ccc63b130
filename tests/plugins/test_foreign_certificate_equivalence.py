"""The equivalence of a foreign certificate asks, checks and grants what its sheet says."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.management import call_command

from procedures.api import DecidedCase, Kind, Sample
from procedures.asking import blocks_of, form_for, formset_for, stored
from procedures.definition import Group, in_languages
from procedures.registry import procedure
from procedures.rules import Situation
from procedures.snapshot import take_snapshot
from procedures.testing import posted, sample_answers
from registers import api as r

FILED = date(2026, 11, 23)
PROCEDURE = procedure("foreign_certificate_equivalence")
EVERY_SAMPLE = pytest.mark.parametrize("sample", PROCEDURE.samples, ids=lambda sample: sample.code)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _specialities() -> None:
    call_command("load_specialities", verbosity=0)


def filed(**changes: dict[str, Any]) -> Situation:
    return Situation(PROCEDURE, sample_answers(PROCEDURE, on=FILED, **changes), on=FILED)


def pages(situation: Situation) -> list[str]:
    return [step.code for step in situation.asked_steps()]


def papers(situation: Situation) -> set[str]:
    return {paper.code for paper, _row in situation.asked_papers()}


@EVERY_SAMPLE
def test_a_sample_breaks_the_rule_it_names_and_no_other(sample: Sample) -> None:
    situation = Situation(PROCEDURE, sample_answers(PROCEDURE, sample=sample, on=FILED), on=FILED)
    failed = {told.rule for told in situation.explanations() if told.failed}
    assert failed == ({sample.breaks} if sample.breaks else set())


def test_every_rule_is_broken_by_a_sample() -> None:
    assert {rule.code for rule in PROCEDURE.every_rule} == {sample.breaks for sample in PROCEDURE.samples} - {""}


@EVERY_SAMPLE
@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_every_page_of_a_sample_passes_its_form_and_stores_what_was_typed(sample: Sample, language: str) -> None:
    answers = sample_answers(PROCEDURE, language, sample=sample, on=FILED)
    situation, data = Situation(PROCEDURE, answers, on=FILED), posted(PROCEDURE, answers)
    for step in situation.asked_steps():
        for block in blocks_of(step):
            if isinstance(block, Group):
                rows = formset_for(PROCEDURE, block, data=data, situation=situation)
                assert rows.is_valid(), [form.errors for form in rows]
                assert rows.stored() == answers[block.code]
            else:
                form = form_for(PROCEDURE, block, data=data, situation=situation)
                assert form.is_valid(), form.errors
                assert stored(form) == answers[block.code]


def test_the_training_path_is_asked_only_beyond_a_month_and_not_wholly_at_a_distance() -> None:
    assert "path" in pages(filed())
    assert "path" in pages(filed(foreign_certificate={"mode": "mixed"}))
    assert "path" not in pages(filed(foreign_certificate={"months": 1, "hours": 100}))
    assert "path" not in pages(filed(foreign_certificate={"mode": "distance"}))


def test_the_sworn_translation_is_asked_only_for_another_language() -> None:
    assert "translation" in papers(filed(foreign_certificate={"language": "other", "title_translated": "Titre"}))
    for language in ("ar", "fr", "en"):
        assert "translation" not in papers(filed(foreign_certificate={"language": language}))


@pytest.mark.parametrize(("born", "asked"), [("2008-11-24", True), ("2008-11-23", False)])
def test_the_guardian_is_asked_until_the_eighteenth_birthday(born: str, asked: bool) -> None:
    situation = filed(identity={"birth_date": born}, foreign_certificate={"issued_on": "2026-06-30"})
    assert ("guardian" in pages(situation)) is asked
    assert ("guardian_identity" in papers(situation)) is asked


def test_a_tunisian_certificate_is_shown_the_procedure_to_use() -> None:
    (blocked,) = filed(foreign_certificate={"country": "TN"}).blocked
    assert blocked.instead == "certificate_classification"
    assert "تصنّف" in blocked.sentence("ar")


def test_an_implausible_figure_warns_and_does_not_stop() -> None:
    situation = filed(foreign_certificate={"hours": 9000})
    (told,) = [each for each in situation.explanations() if each.failed]
    assert (told.blocks, told.weight) == (False, "warns")
    assert "9 000" in told.sentence("fr").replace("\u00a0", " ")


def test_a_stay_after_the_certificate_goes_to_a_person() -> None:
    assert filed(stays={"until": "2022-01-01"}).flags == ("stay_precedes_certificate",)


def test_what_the_sheet_does_not_verify_carries_no_basis() -> None:
    assert PROCEDURE.deadlines[0].basis is None
    assert PROCEDURE.fee.basis is None
    assert len(PROCEDURE.legal_basis) == 2


def test_every_text_of_the_procedure_is_said_in_three_languages() -> None:
    same: list[str] = []

    def walk(content: Any, path: str) -> None:
        if isinstance(content, dict) and set(content) == {"ar", "fr", "en"}:
            if content["en"] and content["ar"] == content["en"]:
                same.append(path)
        elif isinstance(content, dict | list):
            for key, inner in content.items() if isinstance(content, dict) else enumerate(content):
                walk(inner, f"{path}.{key}")

    walk(take_snapshot(PROCEDURE, on=FILED), "")
    assert same == []
    assert in_languages(PROCEDURE.title)["fr"].startswith("Équivalence")


def test_the_effect_hands_the_register_what_was_granted(monkeypatch: pytest.MonkeyPatch) -> None:
    entered: dict[str, Any] = {}
    monkeypatch.setattr(r, "enter_equivalence", lambda case, **entries: entered.update(entries))
    answers = sample_answers(PROCEDURE, on=FILED, stages=True)
    case = DecidedCase(
        situation=Situation(PROCEDURE, answers, on=FILED),
        kind=Kind.GRANT,
        case_id=1,
        number="EQV-2026-000001-00",
        decided_at=datetime(2026, 12, 1, tzinfo=UTC),
    )
    (effect,) = PROCEDURE.effects
    effect.apply(case)
    assert (entered["level"], entered["country"]) == ("BTP", "FR")
    assert entered["holder"]["last_name_lat"] == "Tounsi"
