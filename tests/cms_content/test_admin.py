"""What an editor does in the admin, by its forms."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from cms_content.models import ProcedureValue, ProcedureWords
from portal.accounts.models import User
from procedures.offices.models import Membership
from procedures.resolving import resolve
from tests.cms_content.conftest import serve
from tests.cms_content.factories import CODE, write_words

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture(autouse=True)
def _one_factor(settings: Any) -> None:
    """The second factor has its own tests."""
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if not each.endswith("second_factor")]


def address(model: type, action: str, *args: Any) -> str:
    return reverse(model.snippet_viewset.get_url_name(action), args=args)


def test_an_editor_opens_the_admin_in_arabic(desk: Client) -> None:
    answer = desk.get("/cms/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'dir="rtl"' in page


def test_an_officer_who_is_no_editor_does_not_get_in(client: Client) -> None:
    officer = User.objects.create_user("officer@example.tn", "a long enough password")
    serve(officer, "desk_officer")
    client.force_login(officer)
    assert client.get("/cms/").status_code == 302


def test_an_editor_whose_service_ended_is_put_out_at_the_next_login(client: Client, editor: User) -> None:
    Membership.objects.filter(person=editor).update(until=date(2026, 2, 1))
    client.force_login(editor)
    assert client.get("/cms/").status_code == 302


def test_an_editor_rewrites_a_help_text_in_one_form(desk: Client) -> None:
    form = desk.get(address(ProcedureWords, "add"))
    assert form.status_code == 200
    answer = desk.post(
        address(ProcedureWords, "add"),
        {"target": f"{CODE}:title", "text_ar": "", "text_fr": "", "text_en": "Said anew", "action-publish": "1"},
    )
    assert answer.status_code == 302, answer.context["form"].errors
    with translation.override("en"):  # the admin answers in Arabic
        assert str(resolve(CODE).title) == "Said anew"


def test_a_fee_is_typed_in_dinars_and_kept_in_millimes(desk: Client) -> None:
    desk.post(
        address(ProcedureValue, "add"),
        {"target": f"{CODE}:fee", "number": "5.5", "since": "2026-01-01", "basis_ar": "قرار", "action-publish": "1"},
    )
    assert resolve(CODE).fee.amount == 5500
    form = desk.get(address(ProcedureValue, "edit", ProcedureValue.objects.get().pk)).content.decode()
    assert "5.5" in form


def test_a_wrong_value_is_refused_beside_what_was_typed(desk: Client) -> None:
    answer = desk.post(
        address(ProcedureValue, "add"),
        {"target": f"{CODE}:deadline", "number": "1.5", "since": "2026-01-01", "action-publish": "1"},
    )
    assert answer.status_code == 200
    assert 'value="1.5"' in answer.content.decode()
    assert not ProcedureValue.objects.exists()


def test_a_part_that_has_a_row_is_changed_there(desk: Client) -> None:
    write_words("title", en="Mine")
    answer = desk.post(
        address(ProcedureWords, "add"), {"target": f"{CODE}:title", "text_en": "Again", "action-publish": "1"}
    )
    assert answer.status_code == 200
    assert ProcedureWords.objects.count() == 1


def test_the_report_names_the_rows_to_review(desk: Client) -> None:
    row = write_words("title", en="Mine")
    ProcedureWords.objects.filter(pk=row.pk).update(path="field.target.gone.label")
    page = desk.get(reverse("cms_content_review")).content.decode()
    assert "field.target.gone.label" in page


def test_a_saved_row_has_a_preview_beside_the_default(desk: Client) -> None:
    row = write_words("title", en="Mine")
    answer = desk.get(address(ProcedureWords, "preview_on_edit", row.pk))
    assert answer.status_code == 200


def test_a_page_is_previewed(desk: Client) -> None:
    from cms_content.models import ServicePage

    page = ServicePage.objects.filter(procedure=CODE).first()
    assert desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
