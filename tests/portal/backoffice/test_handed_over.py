"""What leaves an office on paper: noted from the page of the document, listed for its office, taken away as a file."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from python_calamine import CalamineWorkbook

from procedures.audit.models import Entry
from procedures.cases.models import Case
from procedures.documents.models import Document
from procedures.offices.models import Role
from procedures.serving.models import HandedOver, Notification
from tests.portal.backoffice.factories import at_screen_of, page_of
from tests.portal.visits.test_rooms import three_boxes
from tests.procedures.appeals.factories import Tribunal
from tests.procedures.kernel.factories import staff_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(tmp_path: Path, settings: Any) -> Tribunal:
    settings.TAKWIN_PRIVATE_STORAGE = tmp_path / "private"
    return Tribunal()


@pytest.fixture
def letter(house: Tribunal) -> Document:
    case = house.refused()
    stored = Path(django_settings.TAKWIN_PRIVATE_STORAGE) / "letter.pdf"
    stored.parent.mkdir(parents=True, exist_ok=True)
    stored.write_bytes(b"%PDF-1.7")
    case.documents.filter(output="refusal").update(state=Document.State.ISSUED, stored="letter.pdf")
    found: Document = case.documents.get(output="refusal")
    return found


def address(name: str, *args: str) -> str:
    with translation.override("en"):
        return reverse(f"backoffice:{name}", args=args)


def said(**changes: Any) -> dict[str, Any]:
    told = {"way": "desk", "to_name": "Amna Ben Gardane", "capacity": "holder", "proof": "passport"}
    return told | three_boxes("on", timezone.localdate()) | changes


def noted(screen: Client, letter: Document, **changes: Any) -> Any:
    return screen.post(address("hand_document_over", letter.public_id), said(**changes))


def test_an_officer_notes_that_a_letter_was_collected(house: Tribunal, letter: Document) -> None:
    screen = at_screen_of(house.officer)
    assert noted(screen, letter).status_code == 302
    line = HandedOver.objects.get()
    assert (line.officer, line.office, line.to_name) == (house.officer, house.central, "Amna Ben Gardane")
    text = screen.get(address("document", letter.public_id)).content.decode()
    assert "Amna Ben Gardane" in text


def test_the_case_then_says_until_when_an_appeal_may_come_and_why(house: Tribunal, letter: Document) -> None:
    screen = at_screen_of(house.officer)
    assert letter.case is not None
    assert "Not notified yet" in screen.get(page_of(letter.case)).content.decode()
    noted(screen, letter)
    text = screen.get(page_of(letter.case)).content.decode()
    assert "handed over on paper" in text
    assert "An appeal can be filed until" in text
    assert "because notified on" in text
    assert str(Notification.objects.get().entry) in text


def test_a_fault_comes_back_beside_what_was_typed(house: Tribunal, letter: Document) -> None:
    answer = noted(at_screen_of(house.officer), letter, way="post")
    assert answer.status_code == 200
    assert "Write the tracking number of the letter." in answer.content.decode()
    assert "Amna Ben Gardane" in answer.content.decode()
    assert not HandedOver.objects.exists()


def test_the_document_of_another_office_is_not_there(house: Tribunal, letter: Document) -> None:
    elsewhere = staff_of(house.above, Role.CENTRAL_OFFICER)
    assert noted(at_screen_of(elsewhere), letter).status_code == 404


def test_the_register_shows_the_lines_of_ones_own_office(house: Tribunal, letter: Document) -> None:
    noted(at_screen_of(house.officer), letter)
    assert "Amna Ben Gardane" in at_screen_of(house.officer).get(address("handed_over")).content.decode()
    assert "Amna" not in at_screen_of(house.desk).get(address("handed_over")).content.decode()
    assert at_screen_of(staff_of(house.central, Role.EDITOR)).get(address("handed_over")).status_code == 404


def test_a_filter_narrows_it_and_an_office_of_others_is_not_there(house: Tribunal, letter: Document) -> None:
    screen = at_screen_of(house.officer)
    noted(screen, letter)
    assert "Amna" not in screen.get(address("handed_over"), {"way": "post"}).content.decode()
    assert "Amna" in screen.get(address("handed_over"), {"way": "desk", "office": "equivalence"}).content.decode()
    assert screen.get(address("handed_over"), {"office": "appeals"}).status_code == 404


def test_the_register_is_taken_away_without_any_formula(house: Tribunal, letter: Document) -> None:
    screen = at_screen_of(house.officer)
    noted(screen, letter, to_name="=HYPERLINK(1)")
    taken = screen.post(address("export_handed_over"), {"format": "csv"})
    rows = list(csv.reader(StringIO(b"".join(taken.streaming_content).decode("utf-8-sig"))))
    assert rows[0][:6] == ["Day", "Document", "Number", "Public code", "How", "To whom"]
    assert rows[1][5] == "'=HYPERLINK(1)"
    book = screen.post(address("export_handed_over"), {"format": "xlsx"})
    sheet = CalamineWorkbook.from_filelike(BytesIO(b"".join(book.streaming_content))).get_sheet_by_index(0)
    assert sheet.to_python()[1][5] == "=HYPERLINK(1)"  # a text cell, marked as text
    assert Entry.objects.filter(action="register.exported").count() == 2


def test_the_file_holds_what_the_filter_shows(house: Tribunal, letter: Document) -> None:
    screen = at_screen_of(house.officer)
    noted(screen, letter)
    taken = screen.post(address("export_handed_over"), {"format": "csv", "query": "way=post"})
    assert len(b"".join(taken.streaming_content).splitlines()) == 1


def test_taking_the_register_away_asks_who_one_is(house: Tribunal, letter: Document) -> None:
    noted(at_screen_of(house.officer), letter)
    answer = at_screen_of(house.officer, seconds_ago=3600).post(address("export_handed_over"), {"format": "csv"})
    assert answer.status_code == 302
    assert not Entry.objects.filter(action="register.exported").exists()


def test_the_list_costs_the_same_for_many_lines(
    house: Tribunal, letter: Document, django_assert_max_num_queries: Any
) -> None:
    screen = at_screen_of(house.officer)
    for number in range(12):
        noted(screen, letter, way="post", tracking_number=f"RR{number}")
    with django_assert_max_num_queries(24):
        screen.get(address("handed_over"))


def test_a_case_without_a_decision_says_nothing_of_notification(house: Tribunal) -> None:
    case: Case = house.at_decision()
    assert "Notification and appeal" not in at_screen_of(house.officer).get(page_of(case)).content.decode()


def test_days_are_typed_in_three_boxes_and_kept_by_the_links_and_the_file(house: Tribunal, letter: Document) -> None:
    screen, today = at_screen_of(house.officer), timezone.localdate()
    noted(screen, letter)
    page = screen.get(address("handed_over"), three_boxes("since", today)).content.decode()
    assert 'type="date"' not in page
    assert f'name="since_year" value="{today.year}"' in page
    assert f'name="query" value="since={today}"' in page
    assert "Amna" in page
    after = screen.get(address("handed_over"), three_boxes("since", today + timedelta(days=1))).content.decode()
    assert "Amna" not in after
    wrong = screen.get(address("handed_over"), {"since_day": "31", "since_month": "2", "since_year": "2026"})
    assert "Amna" in wrong.content.decode()
    for query, lines in ((f"since={today}", 2), (f"until={today - timedelta(days=1)}", 1)):
        taken = screen.post(address("export_handed_over"), {"format": "csv", "query": query})
        assert len(b"".join(taken.streaming_content).splitlines()) == lines
