"""A person's desk: what is asked of them first, their own things only, and a correction that reopens nothing else."""

import re
import uuid
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from PIL import Image

from procedures.audit.models import Entry
from procedures.cases import services
from procedures.cases.models import Case
from procedures.cases.selectors import answers_of
from procedures.cases.states import State
from procedures.documents.models import Document
from tests.procedures.kernel.factories import House, a_person, hand_in

pytestmark = pytest.mark.django_db

HOURS, TRANSCRIPTS = "foreign_certificate.hours", "paper.transcripts"


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def desk(house: House, client: Client) -> Client:
    client.force_login(house.applicant)
    return client


def asked(house: House, *paths: str) -> Case:
    case = house.at_instruction()
    items = [{"path": path, "reason": "unreadable", "note": "Page 2"} for path in paths]
    services.ask_correction(case=case, by=house.officer, version=case.version, items=items, note="")
    case.refresh_from_db()
    return case


def page(client: Client, name: str, **kwargs: Any) -> str:
    response = client.get(reverse(f"desk:{name}", kwargs=kwargs))
    assert response.status_code == 200
    return response.content.decode()


def photo() -> SimpleUploadedFile:
    kept = BytesIO()
    Image.effect_noise((900, 700), 40).convert("RGB").save(kept, "JPEG")
    return SimpleUploadedFile("page.jpg", kept.getvalue(), "image/jpeg")


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_the_desk_shows_what_is_asked_before_anything_else(desk: Client, house: House, language: str) -> None:
    case = asked(house, HOURS)
    with translation.override(language):
        text = page(desk, "home")
        link = reverse("desk:correction", kwargs={"case": case.public_id})
    assert text.index(link) < text.index('class="cases"')
    assert case.number in text


def test_a_case_tells_its_state_its_date_and_why_that_date(desk: Client, house: House) -> None:
    case = house.at_instruction()
    text = page(desk, "case", case=case.public_id)
    assert "Being examined" in text
    assert "Why this date?" in text
    assert "45 working days" in re.sub(r"<[^>]+>", "", text)
    assert "Your file is complete" in text


def test_the_confirmation_bears_the_number_and_the_latest_date(desk: Client, house: House) -> None:
    case = house.files()
    text = page(desk, "filed", case=case.public_id)
    assert case.number in text
    assert "door" in text
    assert "Decision at the latest" in text


@pytest.mark.parametrize("name", ["case", "filed", "correction", "withdraw", "receipt"])
def test_the_case_of_another_does_not_exist(client: Client, house: House, name: str) -> None:
    case = asked(house, HOURS)
    client.force_login(a_person())
    assert client.get(reverse(f"desk:{name}", kwargs={"case": case.public_id})).status_code == 404
    assert client.get(reverse(f"desk:{name}", kwargs={"case": uuid.uuid4()})).status_code == 404


def test_the_desk_needs_an_account_and_is_stored_by_nobody(desk: Client) -> None:
    assert desk.get(reverse("desk:home")).headers["Cache-Control"] == "no-store, private"
    assert Client().get(reverse("desk:home")).status_code == 302


def test_a_correction_asks_again_only_what_was_named(desk: Client, house: House) -> None:
    case = asked(house, HOURS, TRANSCRIPTS)
    text = page(desk, "correction", case=case.public_id)
    controls = set(re.findall(r'<(?:input|select|textarea)[^>]* name="([^"]+)"', text.partition("<main")[2]))
    assert controls == {"csrfmiddlewaretoken", "foreign_certificate-hours", "paper-transcripts-file"}


def test_a_returned_correction_changes_what_was_asked_and_nothing_else(desk: Client, house: House) -> None:
    case = asked(house, HOURS, TRANSCRIPTS)
    before = answers_of(case)
    typed = {
        "foreign_certificate-hours": "804",
        "foreign_certificate-months": "99",
        "identity-id_number": "99999999",
        "paper-transcripts-file": photo(),
    }
    response = desk.post(reverse("desk:correction", kwargs={"case": case.public_id}), typed)
    assert response.status_code == 302
    case.refresh_from_db()
    assert case.state == State.INSTRUCTION
    expected = before["foreign_certificate"] | {"hours": 804}
    assert answers_of(case) == before | {"foreign_certificate": expected}


def test_a_faulty_correction_keeps_the_paper_and_what_was_typed(desk: Client, house: House) -> None:
    case = asked(house, HOURS, TRANSCRIPTS)
    address = reverse("desk:correction", kwargs={"case": case.public_id})
    text = desk.post(address, {"foreign_certificate-hours": "many", "paper-transcripts-file": photo()}).content.decode()
    assert 'value="many"' in text
    assert "#id_foreign_certificate-hours" in text
    assert "page.jpg" in text
    assert desk.post(address, {"foreign_certificate-hours": "804"}).status_code == 302


def test_a_refused_paper_says_why_beside_its_input(desk: Client, house: House) -> None:
    case = asked(house, TRANSCRIPTS)
    false = SimpleUploadedFile("page.pdf", b"MZ not a pdf", "application/pdf")
    address = reverse("desk:correction", kwargs={"case": case.public_id})
    text = desk.post(address, {"paper-transcripts-file": false}).content.decode()
    assert "#id_paper-transcripts-file" in text
    assert 'class="err"' in text
    case.refresh_from_db()
    assert case.state == State.CORRECTION


def test_an_application_is_withdrawn_by_post_only(desk: Client, house: House) -> None:
    case = house.files()
    address = reverse("desk:withdraw", kwargs={"case": case.public_id})
    desk.get(address)
    case.refresh_from_db()
    assert case.state == State.COMPLETENESS
    desk.post(address)
    case.refresh_from_db()
    assert case.state == State.WITHDRAWN


def test_only_the_holder_downloads_a_document_and_it_is_recorded(desk: Client, house: House, settings: Any) -> None:
    case = house.files()
    settings.TAKWIN_PRIVATE_STORAGE.mkdir(parents=True, exist_ok=True)
    (settings.TAKWIN_PRIVATE_STORAGE / "sealed.pdf").write_bytes(b"%PDF-1.7 sealed")
    document = Document.objects.create(
        public_id="84G7ZWYRD6Z1RV0P",
        number=case.number,
        case=case,
        procedure=case.procedure,
        output="decision",
        kind_number=1,
        frame="decision",
        titles={"ar": "قرار", "fr": "Décision", "en": "Decision"},
        content={},
        template_version="1",
        claims={},
        kid="0" * 8,
        cose=b"x",
        cose_digest="0" * 64,
        status_index=7,
        issued_on="2026-11-23",
        state=Document.State.ISSUED,
        stored="sealed.pdf",
    )
    address = reverse("desk:document", kwargs={"document": document.public_id})
    response = desk.get(address)
    assert b"".join(response.streaming_content) == b"%PDF-1.7 sealed"
    assert Entry.objects.filter(action="document.download", actor=house.applicant.pk).count() == 1
    stranger = Client()
    stranger.force_login(a_person())
    assert stranger.get(address).status_code == 404


def test_messages_are_marked_read_by_a_button(desk: Client, house: House) -> None:
    from django.utils import timezone

    from notifications.models import Notice

    told = {"event": "case_submitted", "language": "fr", "subject": "Dossier déposé", "body": "…", "path": "/fr/desk/"}
    Notice.objects.create(person=house.applicant, key="k", created_at=timezone.now(), **told)
    assert "Dossier déposé" in page(desk, "messages")
    assert Notice.objects.filter(read_at=None).count() == 1
    desk.post(reverse("desk:messages"))
    assert Notice.objects.filter(read_at=None).count() == 0


def test_a_paper_opens_for_whoever_filed_it_and_for_nobody_else(desk: Client, house: House, settings: Any) -> None:
    kept = hand_in(house.files(), "transcripts")
    stored = settings.TAKWIN_PRIVATE_STORAGE / kept.stored
    stored.parent.mkdir(parents=True, exist_ok=True)
    stored.write_bytes(b"%PDF-1.7")
    address = reverse("desk:paper", kwargs={"case": kept.case.public_id, "upload": kept.pk})
    assert b"".join(desk.get(address).streaming_content) == b"%PDF-1.7"
    stranger = Client()
    stranger.force_login(a_person())
    missing = reverse("desk:paper", kwargs={"case": kept.case.public_id, "upload": uuid.uuid4()})
    assert stranger.get(address).status_code == desk.get(missing).status_code == 404
    assert Client().get(address).status_code == 302
