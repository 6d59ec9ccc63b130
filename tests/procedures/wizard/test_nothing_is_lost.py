"""What was typed outlives a mistake, a reload, a logout, a second tab, a later login."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.management import call_command
from django.test import Client
from django.utils import timezone, translation

from procedures.evidence.models import Upload
from procedures.fields import Fieldset
from procedures.resolving import resolve
from procedures.wizard.models import Draft
from tests.procedures.evidence.corpus import bad_papers, pdf, upload
from tests.procedures.wizard.factories import CODE, Visitor, a_person, a_photograph, errors

pytestmark = pytest.mark.django_db


def typed_in(html: str) -> set[str]:
    return {
        unescape(value)
        for value in re.findall(r'<input type="(?:text|email|tel|number|radio)"[^>]*value="([^"]*)"', html)
    }


def test_a_wrong_value_is_shown_again_at_once_and_on_return() -> None:
    visitor = Visitor(a_person(), language="fr")
    step = visitor.start()
    data = visitor.page_data(step, visitor.answers()) | {"contact-phone": "call me", "identity-birth_date_day": "31"}
    answer = visitor.send(step, data | {"identity-birth_date_month": "2"})
    assert answer.status_code == 200
    assert len(errors(answer)) == 2
    assert "<title>Erreur" in answer.content.decode()
    for html in (answer.content.decode(), visitor.open(step).content.decode()):
        assert "call me" in html
        assert errors_shown(html)
    later = Visitor(visitor.person, language="ar")
    later.draft = visitor.draft
    assert "call me" in later.open(step).content.decode()


def errors_shown(html: str) -> bool:
    return 'class="summary"' in html


def test_csrf_and_page_keys_are_never_stored() -> None:
    visitor = Visitor(a_person())
    step = visitor.start()
    visitor.send(step, {"identity-id_number": "1", "csrfmiddlewaretoken": "x"})
    kept = visitor.stored().typed[step]["data"]
    assert kept["identity-id_number"] == ["1"]
    assert not {"csrfmiddlewaretoken", "version", "shown", "back", "next"}.intersection(kept)


def test_saving_for_later_keeps_half_a_page_and_reproaches_nothing() -> None:
    visitor = Visitor(a_person())
    step = visitor.start()
    answer = visitor.send(step, {"contact-address": "12 rue de Carthage"}, later="1")
    assert "saved=" in answer["Location"]
    assert "Your answers are saved" in visitor.client.get(answer["Location"]).content.decode()
    page = visitor.open(step).content.decode()
    assert "12 rue de Carthage" in page
    assert not errors_shown(page)


def test_an_anonymous_draft_belongs_to_its_session_and_then_to_the_account() -> None:
    visitor = Visitor()
    step = visitor.start()
    visitor.send(step, {"contact-address": "12 rue de Carthage"}, later="1")
    stranger = Visitor(a_person())
    stranger.draft = visitor.draft
    assert stranger.open(step).status_code == 404
    person = a_person()
    visitor.client.force_login(person)
    assert visitor.stored().owner == person
    elsewhere = Visitor(person)
    elsewhere.draft = visitor.draft
    assert "12 rue de Carthage" in elsewhere.open(step).content.decode()


def test_a_draft_outlives_a_logout() -> None:
    person = a_person()
    visitor = Visitor(person)
    step = visitor.start()
    visitor.send(step, {"contact-address": "12 rue de Carthage"}, later="1")
    visitor.client.logout()
    assert visitor.open(step).status_code == 404
    visitor.client.force_login(person)
    assert "12 rue de Carthage" in visitor.open(step).content.decode()


def test_filing_without_an_account_asks_for_one_and_comes_back_to_the_answers() -> None:
    visitor = Visitor()
    visitor.ready()
    answer = visitor.file()
    assert answer["Location"].startswith("/en/accounts/login/?next=")
    assert str(visitor.draft) in answer["Location"]
    visitor.client.force_login(a_person())
    assert visitor.open("check").status_code == 200


def test_a_second_tab_is_told_and_both_versions_are_offered() -> None:
    visitor = Visitor(a_person())
    step = visitor.start()
    first, second = visitor.open(step), visitor.open(step)
    data = visitor.page_data(step, visitor.answers())
    assert visitor.send(step, data | {"contact-address": "First street"}, page=first).status_code == 302
    answer = visitor.send(step, data | {"contact-address": "Second street"}, page=second)
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "First street" in html
    assert "Second street" in html
    assert visitor.stored().answers["contact"]["address"] == "First street"
    chosen = visitor.client.post(visitor.step_path(step), _form_of(html) | {"next": "1"})
    assert chosen.status_code == 302
    assert visitor.stored().answers["contact"]["address"] == "Second street"


def test_the_same_answers_twice_are_no_conflict() -> None:
    visitor = Visitor(a_person())
    step = visitor.start()
    page, data = visitor.open(step), visitor.page_data(step, visitor.answers())
    first = visitor.send(step, data, page=page)
    assert visitor.send(step, data, page=page)["Location"] == first["Location"]


def _form_of(html: str) -> dict[str, Any]:
    pairs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', html)
    return {name: unescape(value) for name, value in pairs if name != "csrfmiddlewaretoken"}


def test_rows_are_added_and_removed_without_scripts_and_keep_their_names() -> None:
    visitor = Visitor(a_person())
    step, answers = visitor.start(), visitor.answers()
    while step != "path":
        step = visitor.send(step, visitor.page_data(step, answers))["Location"].rstrip("/").rpartition("/")[2]
    data = visitor.page_data("path", answers)
    added = visitor.send("path", data, add="stays", next="")
    assert "#row-stays-" in added["Location"]
    html = visitor.open("path").content.decode()
    rows = re.findall(r'name="stays-row" value="(\w+)"', html)
    assert len(rows) == 2
    assert rows[0] == "sample0"
    assert not errors_shown(html)
    wrong = visitor.send("path", data | {"stays-row": rows})
    assert any(each.startswith("Entry 2: ") for each in errors(wrong))
    visitor.send("path", data | {"stays-row": rows}, remove=f"stays.{rows[1]}", next="")
    gone = visitor.send("path", data)
    assert gone.status_code == 302
    assert [row["_row"] for row in visitor.stored().answers["stays"]] == ["sample0"]


def test_a_page_cannot_be_reached_before_those_it_stands_on() -> None:
    visitor = Visitor(a_person())
    first = visitor.start()
    for step in ("certificate", "target", "papers", "check"):
        assert visitor.open(step)["Location"].endswith(f"/{first}/")
    answer = visitor.client.post(visitor.step_path("target"), {"target-purpose": "study", "version": "0"})
    assert answer["Location"].endswith(f"/{first}/")
    assert not visitor.stored().answers
    assert visitor.open("no-such-page").status_code == 404
    filed = visitor.client.post(visitor.path(f"drafts/{visitor.draft}/file/"), {"true_and_complete": "on"})
    assert filed["Location"].endswith(f"/{first}/")


def test_the_page_comes_from_the_address_and_from_nowhere_else() -> None:
    visitor = Visitor(a_person())
    step = visitor.start()
    data = visitor.page_data(step, visitor.answers())
    visitor.send(step, data | {"step_view-current_step": "target", "wizard_goto_step": "check"})
    assert visitor.stored().done_steps == [step]


def test_an_earlier_page_made_wrong_leads_back_to_it() -> None:
    visitor = Visitor(a_person())
    visitor.fill()
    data = visitor.page_data("holder", visitor.answers()) | {"contact-phone": "?"}
    assert visitor.send("holder", data).status_code == 200
    assert visitor.open("check")["Location"].endswith("/holder/")


def test_other_peoples_drafts_and_papers_do_not_exist() -> None:
    owner = Visitor(a_person())
    owner.fill()
    owner.hand_in()
    paper = Upload.objects.filter(draft=owner.draft).first()
    assert paper
    for stranger in (Visitor(a_person()), Visitor()):
        stranger.draft = owner.draft
        for rest in ("holder/", "papers/", "check/", "discard/", f"papers/{paper.pk}/"):
            path = stranger.path(f"drafts/{owner.draft}/{rest}")
            assert stranger.client.get(path).status_code == 404, path
            assert stranger.client.post(path).status_code == 404, path


def test_several_drafts_of_one_procedure_do_not_meet() -> None:
    person = a_person()
    one, two = Visitor(person), Visitor(person)
    for visitor, street in ((one, "First street"), (two, "Second street")):
        step = visitor.start()
        visitor.send(step, {"contact-address": street}, later="1")
    assert one.draft != two.draft
    assert "First street" in one.open("holder").content.decode()


def test_discarding_asks_first_and_then_takes_the_files_too(django_capture_on_commit_callbacks: Any) -> None:
    visitor = Visitor(a_person())
    visitor.fill()
    visitor.hand_in()
    stored = list(Upload.objects.values_list("stored", flat=True))
    path = visitor.path(f"drafts/{visitor.draft}/discard/")
    assert "Delete for good" in visitor.client.get(path).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        visitor.client.post(path)
    assert not Draft.objects.exists()
    assert not any(storages["private"].exists(path) for path in stored)


def test_expired_drafts_go_with_their_files_and_others_stay(django_capture_on_commit_callbacks: Any) -> None:
    visitor, kept = Visitor(a_person()), Visitor(a_person())
    kept.start()
    visitor.fill()
    visitor.hand_in()
    stored = list(Upload.objects.values_list("stored", flat=True))
    past = timezone.now() - timedelta(seconds=1)
    Draft.objects.filter(pk=visitor.draft).update(expires_at=past, end_told_at=past - timedelta(days=14))
    with django_capture_on_commit_callbacks(execute=True):
        call_command("purge_drafts")
    assert list(Draft.objects.values_list("pk", flat=True)) == [kept.draft]
    assert not any(storages["private"].exists(path) for path in stored)


def test_a_wizard_page_costs_few_queries(django_assert_max_num_queries: Any) -> None:
    visitor = Visitor(a_person())
    step = visitor.start()
    answers = visitor.answers()
    while step != "target":
        step = visitor.send(step, visitor.page_data(step, answers))["Location"].rstrip("/").rpartition("/")[2]
    page, beside = visitor.open("holder"), 2  # the session and the user
    with django_assert_max_num_queries(beside + 3):
        visitor.open("holder")
    with django_assert_max_num_queries(beside + 4):
        answer = visitor.send("holder", visitor.page_data("holder", answers), page=page)
    assert answer.status_code == 302


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_every_bad_paper_is_refused_in_words_and_the_good_one_beside_it_is_kept(language: str) -> None:
    visitor = Visitor(a_person(), language=language)
    visitor.fill()
    refused = {name: bad for name, bad in bad_papers().items() if bad[2] != "too_large"}
    assert len(refused) >= 12
    for name, (file_name, content, reason) in refused.items():
        if not content:
            continue
        answer = visitor.client.post(
            visitor.step_path("papers"),
            {"paper-certificate": upload(file_name, content), "paper-identity": a_photograph(), "next": "1"},
        )
        from procedures.evidence.refusals import PaperRefused

        with translation.override(language):
            limit = 64 if reason == "too_many_pixels" else 15
            sentence = PaperRefused(reason, limit=limit).message
        assert answer.status_code == 200, name
        assert sentence in unescape(answer.content.decode()), name
    assert Upload.objects.filter(draft=visitor.draft).count() == 1
    assert visitor.stored().answers


def test_a_paper_is_removed_and_another_takes_its_place() -> None:
    visitor = Visitor(a_person())
    visitor.fill()
    visitor.client.post(visitor.step_path("papers"), {"paper-identity": upload("a.pdf", pdf()), "add": "1"})
    held = Upload.objects.get()
    visitor.client.post(visitor.step_path("papers"), {"remove": str(held.pk)})
    assert not Upload.objects.exists()
    answer = visitor.client.post(visitor.step_path("papers"), {"next": "1"})
    assert any("Transcripts of marks" in each for each in errors(answer))


def test_one_file_too_many_is_refused_and_the_others_stay() -> None:
    visitor = Visitor(a_person())
    visitor.fill()
    files = [upload(f"{number}.pdf", pdf(pages=number)) for number in (1, 2, 3)]
    answer = visitor.client.post(visitor.step_path("papers"), {"paper-identity": files, "add": "1"})
    assert "already has 2 files" in answer.content.decode()
    assert Upload.objects.count() == 2


BAD_VALUES: dict[str, Any] = {
    "Choice": ["", "no such choice"],
    "Date": [("31", "2", "2020"), ("", "", ""), ("1", "", "2020"), ("x", "y", "z")],
    "Whole": ["", "ten", "-5"],
    "Year": ["", "1899", "next"],
    "Phone": ["", "12"],
    "Email": ["", "no at sign"],
    "Accept": [""],
    "Arabic": ["", "Latin"],
    "Latin": ["", "لاتيني"],
}


def bad_values(field: Any) -> list[Any]:
    """What nobody may leave empty is also tried empty."""
    given = BAD_VALUES.get(field.type, ["", "x" * 4000])
    return [value for value in given if any(value)] if field.optional else given


@pytest.mark.parametrize("language", ["ar", "fr"])
@pytest.mark.parametrize("step", ["holder", "guardian", "certificate", "path", "target"])
def test_every_bad_value_is_refused_beside_its_field_and_nothing_is_lost(step: str, language: str) -> None:
    visitor = Visitor(a_person(), language=language)
    answers, current = visitor.answers(sample="of_a_minor" if step == "guardian" else None), visitor.start()
    if step == "guardian":
        answers["guardian"] |= {"acts": False, "email": "guardian@example.tn"}  # so that every question is asked
    while current != step:
        current = visitor.send(current, visitor.page_data(current, answers))["Location"].rstrip("/").rpartition("/")[2]
    good, tried = visitor.page_data(step, answers), 0
    # a blank row, offered for one more, may stay blank: the fields of rows are those that the answers fill
    on_page = re.findall(r' name="([^"]+)"', visitor.open(step).content.decode())
    shown = {name for name in on_page if name.count("-") == 1}
    for name, field in _posted_fields(step, shown | set(good)):
        for value in bad_values(field):
            data = dict(good)
            parts = (
                {f"{name}{suffix}": part for suffix, part in zip(("_day", "_month", "_year"), value, strict=True)}
                if isinstance(value, tuple)
                else {name: value}
            )
            data |= parts
            answer = visitor.send(step, data)
            assert answer.status_code == 200, (name, value)
            assert f'id="id_{name}_error"' in answer.content.decode(), (name, value)
            assert errors(answer), (name, value)
            kept = visitor.stored().typed[step]["data"]
            assert {key: kept[key] for key in data if key in kept} == {
                key: each if isinstance(each, list) else [str(each)] for key, each in data.items()
            }
            tried += 1
    assert tried >= 4
    assert visitor.send(step, good).status_code == 302


def _posted_fields(step: str, names: set[str]) -> list[tuple[str, Any]]:
    procedure, found = resolve(CODE), []
    for code, placed in procedure.blocks.items():
        if placed.step is None or placed.step.code != step:
            continue
        fieldset: type[Fieldset] = placed.block.asks
        for name, field in fieldset.base_fields.items():
            for key in sorted(names):
                if re.fullmatch(rf"{code}-(\w+-)?{name}(_day)?", key):
                    found.append((key.removesuffix("_day") if field.type == "Date" else key, field))
    return found


def test_a_restarted_browser_finds_the_page_as_it_was() -> None:
    person = a_person()
    visitor = Visitor(person)
    step = visitor.start()
    visitor.send(step, {"contact-phone": "not yet known"})
    again = Visitor(person, client=Client())
    again.client.force_login(person)
    again.draft = visitor.draft
    assert "not yet known" in again.open(step).content.decode()
