"""Editors say what a document says: in both languages, with its own placeholders, seen as a PDF, and on record."""

from typing import Any

import pypdfium2
import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from cms_content.models import ProcedureWords
from cms_content.services import set_words
from portal.accounts.models import User
from procedures import api as p
from procedures.audit.models import Entry
from procedures.documents import services
from procedures.documents.issuing import rendered
from procedures.documents.models import Document
from procedures.documents.reading_back import text_of
from tests.cms_content.conftest import serve
from tests.cms_content.factories import CODE, write_words
from tests.cms_content.test_admin import address
from tests.procedures.documents.conftest import house, key_folder  # noqa: F401 - fixtures
from tests.procedures.documents.factories import decided, filed_case, issued_decision
from tests.procedures.documents.school import CALL_BODY, output, teaching
from tests.procedures.installed import installed

pytestmark = pytest.mark.usefixtures("site", "house")
PATH = "output.equivalence.body"
SAID = {"text_ar": "تعادل الشهادة المستوى المذكور.\n\nلا تغني عن شروط المهنة.",
        "text_fr": "Le diplôme vaut le niveau indiqué.\n\nIl ne dispense pas des conditions du métier."}  # fmt: skip


@pytest.fixture(autouse=True)
def _one_factor(settings: Any) -> None:
    """The second factor has its own tests."""
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if not each.endswith("second_factor")]


def posted(desk: Client, path: str = PATH, **texts: str) -> Any:
    asked = {"target": f"{CODE}:{path}", "text_ar": "", "text_fr": "", "text_en": "", **texts}
    return desk.post(address(ProcedureWords, "add"), {**asked, "action-publish": "1"})


def given(serial: int = 2) -> Document:
    case = filed_case(serial=serial)
    return services.prepare_documents(case=case, decision=decided(case, answers={"granted": {"level": "BTP"}}))[0]


def test_the_words_of_an_editor_are_printed_a_paragraph_an_article(desk: Client) -> None:
    assert posted(desk, **SAID).status_code == 302
    articles = given().content["articles"]
    assert [article["fr"] for article in articles[:2]] == SAID["text_fr"].split("\n\n")
    assert [article["ar"] for article in articles[:2]] == SAID["text_ar"].split("\n\n")


@pytest.mark.parametrize("missing", ["text_ar", "text_fr"])
def test_a_document_is_said_in_arabic_and_in_french_or_not_at_all(desk: Client, missing: str) -> None:
    answer = posted(desk, **SAID | {missing: ""})
    assert answer.status_code == 200
    assert missing in answer.context["form"].errors
    assert not ProcedureWords.objects.exists()


def test_other_words_may_still_be_changed_in_one_language() -> None:
    assert write_words("title", fr="Autrement dit").texts == {"fr": "Autrement dit"}


@pytest.mark.parametrize(("body", "holds"), [
    ("Le %(exam.day)s : %(exam.room)s.", True),
    ("Le %(exam.day)s.", False),
    ("Le %(exam.day)s : %(exam.room)s, %(identity.id_number)s.", False),
    ("Le %(exam.day)s : %(exam.room)s, 100%.", False),
])  # fmt: skip
def test_exactly_the_named_placeholders_of_the_default_are_allowed(body: str, holds: bool) -> None:
    with installed(teaching(output(p.Convocation("exam.day"), body=CALL_BODY))):
        if holds:
            assert write_words("output.paper.body", ar=body, fr=body).pk
        else:
            with pytest.raises(ValidationError, match=r"%\(exam.day\)s %\(exam.room\)s"):
                write_words("output.paper.body", ar=body, fr=body)


def test_the_sheet_is_seen_as_a_marked_pdf_before_its_words_are_in_force(desk: Client) -> None:
    preview = address(ProcedureWords, "preview_on_add")
    told = desk.post(preview, {"target": f"{CODE}:{PATH}", "text_en": "", **SAID}).json()
    assert told == {"is_valid": True, "is_available": True}
    answer = desk.get(f"{preview}?mode=paper")
    assert answer["Content-Type"] == "application/pdf"
    text = " ".join(text_of(answer.content).split())
    for word in ("conditions du métier", "APERÇU", "0000-0000-0000-0000"):
        assert word in text
    assert not ProcedureWords.objects.exists()
    assert not Document.objects.exists()


def test_a_preview_prints_questions_where_a_document_prints_answers(desk: Client) -> None:
    row = write_words(PATH, ar=SAID["text_ar"], fr=SAID["text_fr"])
    preview = address(ProcedureWords, "preview_on_edit", row.pk)
    desk.post(preview, {"target": f"{CODE}:{PATH}", "text_en": "", **SAID})
    answer = desk.get(f"{preview}?mode=paper")
    assert "[" in text_of(answer.content)
    pdf = pypdfium2.PdfDocument(answer.content)
    assert len(pdf) == 1
    pdf.close()


def test_words_that_are_no_document_have_no_sheet_to_look_at(desk: Client) -> None:
    row = write_words("title", fr="Autre")
    assert [mode for mode, _name in row.preview_modes] == [""]
    assert desk.get(address(ProcedureWords, "preview_on_edit", row.pk) + "?mode=paper")["Content-Type"].startswith(
        "text/html"
    )


def test_every_member_has_a_preview(desk: Client) -> None:
    from tests.procedures.documents.test_family_issued import MEMBERS

    for asked, _specimen in MEMBERS.values():
        with installed(teaching(asked)):
            pdf = services.preview_wording(procedure=CODE, output="paper", texts={"ar": "نصّ جديد", "fr": "Mot neuf"})
        assert pdf.startswith(b"%PDF")
        assert "APERÇU" in text_of(pdf)


def test_a_document_that_was_issued_keeps_its_own_words(desk: Client) -> None:
    before = issued_decision()
    kept = rendered(before)
    posted(desk, **SAID)
    before.refresh_from_db()
    assert rendered(before) == kept
    assert SAID["text_fr"].split("\n\n")[0] not in str(before.content)
    assert SAID["text_fr"].split("\n\n")[0] in str(given().content)


def test_what_was_said_before_can_be_read_and_put_back(desk: Client) -> None:
    posted(desk, **SAID)
    row = ProcedureWords.objects.get()
    row.text_fr = "Une autre phrase."
    row.save_revision().publish()
    first = row.revisions.order_by("pk").first()
    assert first.as_object().text_fr == SAID["text_fr"]
    assert desk.get(reverse(ProcedureWords.snippet_viewset.get_url_name("history"), args=[row.pk])).status_code == 200


def test_whoever_puts_words_in_force_or_takes_them_back_is_on_record(desk: Client, editor: User) -> None:
    posted(desk, **SAID)
    row = ProcedureWords.objects.get()
    desk.post(address(ProcedureWords, "unpublish", row.pk))
    row.refresh_from_db()
    assert not row.live
    found = Entry.objects.filter(action="words.set").order_by("pk")
    assert [(entry.actor, entry.data["path"], entry.data["taken_back"]) for entry in found] == [
        (editor.pk, PATH, False),
        (editor.pk, PATH, True),
    ]
    assert len(found[0].data["texts_sha256"]) == 64


def test_a_draft_is_not_in_force_and_not_on_record(desk: Client) -> None:
    desk.post(address(ProcedureWords, "add"), {"target": f"{CODE}:{PATH}", "text_en": "", **SAID})
    assert not ProcedureWords.objects.get().live
    assert not Entry.objects.filter(action="words.set").exists()
    assert SAID["text_fr"].split("\n\n")[0] not in str(given().content)


def test_words_set_in_the_administration_are_recorded_once() -> None:
    person = User.objects.create_user("head@example.tn", "a long enough password", name="Head")
    serve(person, "administrator")
    texts = {"ar": SAID["text_ar"], "fr": SAID["text_fr"]}
    set_words(procedure=CODE, path=PATH, texts=texts, by=person)
    set_words(procedure=CODE, path=PATH, texts={}, by=person)
    found = Entry.objects.filter(action="words.set").order_by("pk")
    assert [(entry.actor, entry.data["taken_back"]) for entry in found] == [(person.pk, False), (person.pk, True)]
