"""An editor's word or value is what the page shows and what the engine resolves, from its day on."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone, translation

from cms_content.models import ProcedureValue, ProcedureWords
from cms_content.overriding import faults
from procedures.definition import blocks_of
from procedures.resolving import resolve
from tests.cms_content.factories import ADDRESS, CODE, set_opening, set_value, write_words
from tests.procedures.kernel.factories import House

pytestmark = pytest.mark.usefixtures("site")


def page(client: Client, language: str = "en") -> str:
    return client.get(f"/{language}/{ADDRESS}/").content.decode()


def test_a_changed_fee_shows_on_the_page_and_in_the_engine(client: Client) -> None:
    assert "<dd>Free" in page(client)
    set_value("fee", 5000, basis_ar="قرار", basis_fr="Arrêté", basis_en="Order of the minister")
    assert resolve(CODE).fee.amount == 5000
    assert "<dd>Free" not in page(client)
    assert "dinars" in page(client)
    assert "Order of the minister" in page(client)
    assert "Arrêté" in page(client, "fr")


def test_a_changed_delay_is_announced_or_legal_by_its_text(client: Client) -> None:
    row = set_value("deadline", 30)
    assert resolve(CODE).deadlines[-1].within.amount == 30
    assert "Announced delay" in page(client)
    assert "Legal delay" not in page(client)
    row.basis_ar = "أمر"
    row.save()
    assert "Legal delay" in page(client)


def test_a_value_begins_on_its_day() -> None:
    set_value("deadline", 30, since=date(2026, 6, 1))
    set_value("deadline", 20, since=date(2026, 9, 1))
    days = [date(2026, 5, 31), date(2026, 6, 1), date(2026, 9, 1)]
    assert [resolve(CODE, on=day).deadlines[-1].within.amount for day in days] == [45, 30, 20]


def test_a_changed_help_text_reaches_the_form_in_each_language() -> None:
    write_words("field.identity.first_name_ar.help", ar="كما في بطاقتك", fr="Comme sur votre carte")
    identity = next(b for step in resolve(CODE).steps for b in blocks_of(step) if b.code == "identity")
    help_text = identity.asks.base_fields["first_name_ar"].help_text
    with translation.override("ar"):
        assert str(help_text) == "كما في بطاقتك"
    with translation.override("fr"):
        assert str(help_text) == "Comme sur votre carte"


def test_a_changed_title_is_the_heading_and_the_row_of_the_catalogue(client: Client) -> None:
    write_words("title", fr="Équivalence, dit autrement")
    assert "Équivalence, dit autrement" in page(client, "fr")
    assert "Équivalence, dit autrement" in client.get("/fr/services/").content.decode()
    assert "dit autrement" not in page(client, "en")


def test_a_paper_no_longer_asked_leaves_the_page(client: Client) -> None:
    assert "Transcripts" in page(client)
    set_value("paper.transcripts.asked", False)
    assert "Transcripts" not in page(client)


def test_a_figure_of_a_circular_is_printed_in_its_rule(client: Client) -> None:
    set_value("parameter.equivalence.hours_a_month", 180)
    assert "180" in page(client)
    assert "250" not in page(client)


def test_a_draft_changes_nothing_until_it_is_published(client: Client) -> None:
    row = write_words("title", en="First wording")
    row.text_en = "Second wording"
    draft = row.save_revision()
    assert "First wording" in page(client)
    draft.publish()
    assert "Second wording" in page(client)


def test_an_unpublished_change_gives_the_default_back() -> None:
    row = set_value("fee", 5000)
    row.unpublish()
    assert resolve(CODE).fee.amount == 0


def test_placeholders_must_be_those_of_the_default() -> None:
    with pytest.raises(ValidationError, match="placeholders"):
        write_words("rule.hours_are_plausible.says", en="Too many: %(wrong)s")


def test_a_percent_sign_that_would_break_the_sentence_is_refused() -> None:
    with pytest.raises(ValidationError, match="placeholders"):
        write_words("title", en="100% sure")


@pytest.mark.parametrize(("path", "value"), [("fee", -1), ("fee", "five"), ("deadline", True), ("deadline", 1.5)])
def test_a_value_of_another_kind_is_refused(path: str, value: object) -> None:
    with pytest.raises(ValidationError):
        set_value(path, value)


def test_an_unknown_part_is_refused() -> None:
    with pytest.raises(ValidationError, match="no such part"):
        write_words("field.identity.shoe_size.label", en="Shoe size")


def test_a_part_that_is_gone_is_reported_and_harmless(client: Client) -> None:
    row = write_words("title", en="Kept")
    ProcedureWords.objects.filter(pk=row.pk).update(path="field.target.gone.label")
    assert [(fault.row.pk, fault.is_orphan) for fault in faults()] == [(row.pk, True)]
    assert client.get(f"/en/{ADDRESS}/").status_code == 200


def test_a_default_rewritten_since_is_reported_until_an_editor_confirms() -> None:
    row = set_value("fee", 5000)
    assert faults() == []
    ProcedureValue.objects.filter(pk=row.pk).update(default_hash="0" * 64)
    assert [fault.is_orphan for fault in faults()] == [False]
    row.full_clean()
    row.save()
    assert faults() == []


def test_closed_by_an_editor_is_closed_in_the_engine_and_on_the_page(client: Client) -> None:
    set_opening(closed=True, says_en="Closed until the new order.", says_ar="مغلق إلى صدور القرار.")
    assert resolve(CODE).open is False
    assert "Closed until the new order." in page(client)
    assert "/start/" not in page(client)


def test_a_window_opens_on_its_first_day_and_closes_after_its_last() -> None:
    set_opening(opens_on=date(2026, 9, 1), closes_on=date(2026, 9, 30))
    days = [date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 30), date(2026, 10, 1)]
    assert [resolve(CODE, on=day).open for day in days] == [False, True, True, False]


def test_resolving_again_asks_only_whether_anything_changed(django_assert_num_queries: object) -> None:
    set_value("fee", 5000)
    resolve(CODE)
    with django_assert_num_queries(1):
        resolve(CODE)


def test_a_value_does_not_begin_before_a_filing_that_it_would_judge_anew() -> None:
    House().files(on=timezone.now() - timedelta(days=2))
    row = ProcedureValue(procedure=CODE, path="fee", value=9000, since=timezone.localdate() - timedelta(days=3))
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    assert set(refused.value.message_dict) == {"since"}
    row.since = timezone.localdate()
    row.full_clean()
    row.save()
    House().files()
    row.basis_fr = "Circulaire 12"
    row.full_clean()  # in force before the filing, and unchanged
    row.value = 1
    with pytest.raises(ValidationError):
        row.full_clean()
