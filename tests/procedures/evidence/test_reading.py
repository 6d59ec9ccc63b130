"""Words on photographs, read by tesseract where it is installed: a wrong name and a day that has passed."""

import io
import shutil
from datetime import date
from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageFont

from procedures.evidence.models import Upload
from procedures.evidence.reading import read_words, told_by_picture
from procedures.evidence.services import receive_paper
from procedures.jobs.models import Job
from tests.procedures.evidence import phone_photos
from tests.procedures.evidence.corpus import upload
from tests.procedures.wizard.factories import Visitor, a_person

AMINA = (("التونسي", "أمينة"), ("Tounsi", "Amina"))
SLIM = ("Gharbi", "Slim")


def certificate(name: tuple[str, str], day: str) -> bytes:
    lines = (
        "Attestation de formation professionnelle", "Le directeur du centre certifie que", f"Nom : {name[0]}",
        f"Prénom : {name[1]}", "a suivi avec succès la formation de mécanique", "pendant deux années à Tunis",
        "et obtenu la mention bien", f"Valable jusqu'au {day}",
    )  # fmt: skip
    page, font = Image.new("RGB", (1190, 1684), "white"), ImageFont.truetype(phone_photos.FOLDER + "DejaVuSans.ttf", 28)
    for number, line in enumerate(lines):
        ImageDraw.Draw(page).text((120, 150 + number * 70), line, fill=(20, 20, 40), font=font)
    out = io.BytesIO()
    page.save(out, "JPEG", quality=85)
    return out.getvalue()


@pytest.fixture
def tesseract(settings: Any) -> str:
    settings.TAKWIN_TESSERACT = shutil.which("tesseract") or ""
    if not settings.TAKWIN_TESSERACT:
        pytest.skip("tesseract is not installed: Debian's tesseract-ocr has it")
    return settings.TAKWIN_TESSERACT


@pytest.mark.usefixtures("tesseract")
def test_a_photograph_is_read_for_its_name_and_its_last_day() -> None:
    today = date(2026, 11, 18)
    assert told_by_picture(certificate(AMINA[1], "12/03/2031"), names=AMINA, on=today) == []
    told = told_by_picture(certificate(SLIM, "12/03/2021"), names=AMINA, on=today)
    assert told == [{"code": "expired", "day": "2021-03-12"}, {"code": "other_name"}]


@pytest.mark.django_db
@pytest.mark.usefixtures("tesseract")
def test_a_worker_reads_a_photograph_later_and_keeps_what_it_finds_with_the_paper() -> None:
    visitor = Visitor(a_person())
    visitor.fill()
    kept = receive_paper(
        draft=visitor.stored(), paper="certificate", file=upload("a.jpg", certificate(SLIM, "12/03/2031")), by=None
    )
    assert kept.checks == []
    job = Job.objects.get(kind="evidence.read")
    assert job.payload == {"upload": str(kept.pk)}, "nothing personal waits in the queue"
    read_words(upload_id=str(kept.pk))
    assert Upload.objects.get(pk=kept.pk).checks == [{"code": "other_name"}]


@pytest.mark.django_db
def test_without_tesseract_nothing_waits_to_be_read() -> None:
    visitor = Visitor(a_person())
    visitor.start()
    receive_paper(
        draft=visitor.stored(), paper="certificate", file=upload("a.jpg", certificate(SLIM, "12/03/2031")), by=None
    )
    assert not Job.objects.filter(kind="evidence.read").exists()
