"""Internal notes: kept as written, struck through with a reason, and never before the applicant's eyes."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from portal.mine.export import everything_of
from procedures.audit.models import Entry
from procedures.cases import services as case_services
from procedures.cases.errors import NotAllowed
from procedures.cases.models import Case
from procedures.cases.services import declare_conflict
from procedures.documents.services import prepare_receipt
from procedures.dossiers import services
from procedures.dossiers.models import Note, NoteStruck
from procedures.offices.models import Role
from procedures.refusal import Refusal
from tests.portal.backoffice.factories import at_screen_of, page_of
from tests.procedures.kernel.factories import House, staff_of, the_directorate

pytestmark = pytest.mark.django_db
SECRET = "The school answered that it knows no such diploma."


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def case(house: House) -> Case:
    return house.files()


def notes_page(case: Case) -> str:
    return reverse("dossiers:note", args=(case.public_id,))


def shown_to(person: Any, case: Case) -> str:
    return at_screen_of(person).get(page_of(case)).content.decode()


def test_a_note_stands_on_the_page_with_its_day_its_writer_and_their_office(house, case):
    answer = at_screen_of(house.desk).post(notes_page(case), {"text": f"  {SECRET}\n"})

    assert answer.status_code == 302
    page = shown_to(house.desk, case)
    assert SECRET in page
    note = Note.objects.get()
    assert (note.text, note.by, note.office) == (SECRET, house.desk, house.region)
    entry = Entry.objects.get(action="note.written")
    assert entry.actor == house.desk.pk
    assert entry.data == {"note": note.pk}


def test_a_note_without_words_or_with_too_many_is_not_kept(house, case):
    for text in ("", "   ", "x" * 4001):
        assert at_screen_of(house.desk).post(notes_page(case), {"text": text}).status_code == 200
    with pytest.raises(Refusal):
        services.write_note(case=case, by=house.desk, text=" ")
    assert not Note.objects.exists()


def test_a_mistaken_note_is_struck_through_with_its_reason_and_stays_readable(house, case):
    note = services.write_note(case=case, by=house.desk, text=SECRET)
    address = reverse("dossiers:strike", args=(case.public_id, note.public_id))
    client = at_screen_of(house.desk)

    assert client.post(address, {"reason": ""}).status_code == 200
    assert client.post(address, {"reason": "It was another case."}).status_code == 302

    page = shown_to(house.desk, case)
    assert f"<bdi>{SECRET}</bdi></del>" in page
    assert "It was another case." in page
    assert Entry.objects.get(action="note.struck").data == {"note": note.pk}
    with pytest.raises(Refusal):
        services.strike_note(note=note, by=house.desk, reason="Again")
    assert NoteStruck.objects.count() == 1


def test_the_database_refuses_to_change_what_was_noted(house, case):
    note = services.write_note(case=case, by=house.desk, text=SECRET)
    struck = services.strike_note(note=note, by=house.desk, reason="Wrong case.")

    for rows, change in ((Note, {"text": "x"}), (NoteStruck, {"reason": "x"})):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.objects.update(**change)
    note.refresh_from_db()
    struck.refresh_from_db()
    assert (note.text, struck.reason) == (SECRET, "Wrong case.")


def test_whoever_opens_the_case_reads_the_notes_and_whoever_handles_none_there_writes_none(house, case):
    services.write_note(case=case, by=house.desk, text=SECRET)
    auditor = staff_of(house.central, Role.AUDITOR)
    elsewhere = staff_of(the_directorate("TN-82"), Role.DESK_OFFICER)

    assert SECRET in shown_to(auditor, case)
    for person in (auditor, elsewhere, house.applicant):
        assert at_screen_of(person).post(notes_page(case), {"text": "Mine"}).status_code == 404
        with pytest.raises(NotAllowed):
            services.write_note(case=case, by=person, text="Mine")
    assert Note.objects.count() == 1


def test_whoever_declared_a_conflict_of_interest_writes_nothing_more(house, case):
    declare_conflict(case=case, by=house.desk, reason="My cousin.")

    assert at_screen_of(house.desk).post(notes_page(case), {"text": "Mine"}).status_code == 404


def test_an_officer_does_not_read_the_notes_on_their_own_case(house):
    """They open it in the office as a colleague would, and what colleagues wrote of it stays closed to them."""
    colleague = staff_of(house.region, Role.DESK_OFFICER)
    own = house.files(applicant=house.desk)
    note = services.write_note(case=own, by=colleague, text=SECRET)

    assert SECRET not in shown_to(house.desk, own)
    client = at_screen_of(house.desk)
    assert client.post(notes_page(own), {"text": "Mine"}).status_code == 404
    assert client.get(reverse("dossiers:strike", args=(own.public_id, note.public_id))).status_code == 404
    assert SECRET in shown_to(colleague, own)


def test_the_applicant_sees_no_note_on_any_page_in_any_export_or_document(house):
    case = house.at_signature()
    services.write_note(case=case, by=house.officer, text=SECRET)
    struck = services.write_note(case=case, by=house.officer, text=SECRET)
    services.strike_note(note=struck, by=house.officer, reason=SECRET)
    case_services.sign(case=case, by=house.delegate, version=case.version)
    prepare_receipt(case=case)
    client = Client()
    client.force_login(house.applicant)

    for name in ("desk:case", "desk:filed", "mine:consulted_case"):
        page = client.get(reverse(name, args=(case.public_id,)))
        assert page.status_code == 200, name
        assert SECRET not in page.content.decode(), name
    for name in ("desk:home", "mine:consulted", "mine:documents", "mine:data"):
        page = client.get(reverse(name))
        assert page.status_code == 200, name
        assert SECRET not in page.content.decode(), name
    download = client.post(reverse("mine:download"))
    assert download.status_code == 200
    assert SECRET not in download.getvalue().decode()
    assert SECRET not in str(everything_of(house.applicant))
    printed = list(case.documents.values_list("content", flat=True))
    assert len(printed) == 2
    assert SECRET not in str(printed)
    assert SECRET not in str(list(Entry.objects.values_list("data", flat=True)))
