"""The whole file: what it holds, in which copy, for whom, and what its taking leaves behind."""

import hashlib
import io
import json
import subprocess
import tracemalloc
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import time_machine
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.urls import reverse
from django.utils import timezone

from portal.mine.consulted import consultations_of
from procedures.audit.models import Entry
from procedures.cases import services as case_services
from procedures.cases.errors import NotAllowed
from procedures.cases.models import Case
from procedures.cases.services import declare_conflict, send_message
from procedures.documents.models import Document
from procedures.dossiers import services
from procedures.dossiers.models import WholeFile
from procedures.dossiers.packing import Entry as Packed
from procedures.dossiers.packing import pack
from procedures.evidence.models import Upload
from procedures.jobs.models import Job
from procedures.jobs.services import sweep
from procedures.offices.models import Role
from procedures.refusal import Refusal
from tests.portal.backoffice.factories import at_screen_of, page_of
from tests.procedures.kernel.factories import House, hand_in, staff_of, the_directorate

pytestmark = pytest.mark.django_db
PAPER = b"%PDF-1.7 a transcript"
SECRET = "The school answered that it knows no such diploma."
BODY = "foreign_certificate.issuing_body"


@pytest.fixture
def house() -> House:
    return House()


def with_file(upload: Upload, content: bytes = PAPER) -> Upload:
    path = storages["private"].save(upload.stored, ContentFile(content))
    Upload.objects.filter(pk=upload.pk).update(
        stored=path, sha256=hashlib.sha256(content).hexdigest(), size=len(content)
    )
    return upload


def a_full_case(house: House) -> Case:
    """Corrected, with papers old and new, an original seen, notes, letters, decided, its document issued."""
    case = house.files()
    old = with_file(hand_in(case, "transcripts"))
    items = [{"path": BODY, "reason": "incorrect", "note": "As on the certificate."}]
    case_services.ask_correction(case=case, by=house.desk, version=case.version, items=items)
    case_services.return_correction(case=case, by=case.applicant, patch={BODY: "Istituto Ponte Nuovo"})
    new = with_file(hand_in(case, "transcripts"), b"%PDF-1.7 a better transcript")
    Upload.objects.filter(pk=old.pk).update(replaced_by=new)
    case_services.review_paper(case=case, by=house.desk, paper="transcripts", verdict="accepted", note="Two stamps.")
    services.see_original(case=case, by=house.desk, paper="transcripts", remark="Given back at once.")
    services.write_note(case=case, by=house.desk, text=SECRET)
    send_message(case=case, by=house.desk, text="Please keep the original.")
    return case


def decided(house: House) -> Case:
    case = house.at_signature()
    case_services.sign(case=case, by=house.delegate, version=case.version)
    document = case.documents.get(output="equivalence")
    path = storages["private"].save("documents/x.pdf", ContentFile(b"%PDF-1.7 sealed"))
    Document.objects.filter(pk=document.pk).update(state=Document.State.ISSUED, stored=path)
    return case


def ordered(house: House, case: Case, *, by: Any = None, for_office: bool = False, **more: Any) -> WholeFile:
    told = {"reason": "appeal", "language": "en"} | more
    return services.order_whole_file(case=case, by=by or house.desk, for_office=for_office, **told)


def made(whole: WholeFile) -> WholeFile:
    sweep(kinds=("dossiers.whole_file",))
    job = Job.objects.get(key=f"whole-file:{whole.pk}")
    assert job.state == Job.State.DONE, job.error
    whole.refresh_from_db()
    return whole


def opened(whole: WholeFile) -> zipfile.ZipFile:
    with storages["private"].open(whole.zip) as file:
        return zipfile.ZipFile(io.BytesIO(file.read()))


def read(pdf: bytes) -> str:
    """The text of a PDF on one line."""
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)


def printed(whole: WholeFile) -> str:
    with storages["private"].open(whole.pdf) as file:
        return read(file.read())


def test_the_pdf_holds_answers_corrections_papers_rules_clock_and_what_happened(house):
    case = a_full_case(house)
    before = case.answers["foreign_certificate"]["issuing_body"]

    text = printed(made(ordered(house, case)))

    transcript = case.uploads.get(replaced_by=None)
    for words in (
        case.number, case.applicant_name, "Copy to hand over", "An appeal against the decision",
        "As filed on", before, "Correction 1", "As on the certificate.", "Istituto Ponte Nuovo",
        "Transcripts", "papers/01-transcripts-1.pdf", "papers/replaced/01-transcripts-1.pdf",
        "Accepted", "Original seen: Dora", "Outcome", "Assumption", "The time limit",
        "What happened", "You filed your application", "Please keep the original.",
    ):  # fmt: skip
        assert words in text, words
    assert transcript.sha256 in text.replace(" ", "")


def test_the_clock_decisions_and_documents_stand_in_it_once_there_are_any(house):
    case = decided(house)

    text = printed(made(ordered(house, case, by=house.officer)))

    for words in ("The time limit, line by line", "Decision 1", "Grant", "Signed by", "Dalila", "Documents issued"):
        assert words in text, words
    assert "documents/equivalence.pdf" in text


@pytest.mark.parametrize(("language", "words"), [("ar", "الوثائق"), ("fr", "Copie du service")])
def test_it_is_printed_in_the_language_in_which_it_was_asked_for(house, language, words):
    text = printed(made(ordered(house, a_full_case(house), language=language, for_office=True)))

    assert words in text
    assert "Papers" not in text
    assert "As filed on" not in text


def test_internal_notes_stand_in_the_copy_of_the_office_only_and_are_marked(house):
    case = a_full_case(house)

    handed, kept = (printed(made(ordered(house, case, for_office=copy))) for copy in (False, True))

    for words in (SECRET, "Two stamps.", "Given back at once."):
        assert words in kept
        assert words not in handed
    assert "Internal notes · internal" in kept
    assert "it is not handed to the applicant" in kept
    assert "Copy of the office" in kept


def test_nothing_internal_leaves_in_the_archive_that_is_handed_over(house):
    case = a_full_case(house)
    with opened(made(ordered(house, case))) as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist() if not name.endswith(".pdf")).decode()

    assert SECRET not in whole
    assert "answers_of_officers" not in whole


def test_the_archive_holds_every_clean_paper_the_documents_and_the_answers_and_its_list_agrees(house, tmp_path):
    case = a_full_case(house)
    waiting = hand_in(case, "passport")
    Upload.objects.filter(pk=waiting.pk).update(state=Upload.State.AWAITING_SCAN)
    whole = made(ordered(house, case))

    with opened(whole) as archive:
        names = archive.namelist()
        manifest = json.loads(archive.read("manifest.json"))
        answers = json.loads(archive.read("answers.json"))
        archive.extractall(tmp_path)
        assert hashlib.sha256(archive.read("manifest.json")).hexdigest() == whole.manifest_sha256
        for entry in manifest["entries"]:
            assert hashlib.sha256(archive.read(entry["name"])).hexdigest() == entry["sha256"], entry
    assert {each["name"] for each in manifest["entries"]} | {"manifest.json"} == set(names)
    assert {"whole-file.pdf", "answers.json", "SHA256SUMS"} < set(names)
    assert {name for name in names if name.startswith("papers/")} == {
        "papers/01-transcripts-1.pdf",
        "papers/replaced/01-transcripts-1.pdf",
    }
    assert (tmp_path / "papers/01-transcripts-1.pdf").read_bytes() == b"%PDF-1.7 a better transcript"
    assert all(entry["as_received"] for entry in manifest["entries"] if entry["kind"] == "paper")
    assert manifest["waiting_for_virus_check"] == 1
    assert manifest["missing"] == []
    assert {"ar", "fr", "en"} == set(manifest["verify"])
    assert answers["answers_as_filed"] == case.answers
    assert answers["answers_as_they_stand"]["foreign_certificate"]["issuing_body"] == "Istituto Ponte Nuovo"
    checked = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=tmp_path, capture_output=True, check=False)
    assert checked.returncode == 0, checked.stdout


def test_a_paper_that_changed_on_the_shelf_or_is_gone_is_told_of(house):
    case = house.files()
    changed = with_file(hand_in(case, "transcripts"))
    (settings.TAKWIN_PRIVATE_STORAGE / Upload.objects.get(pk=changed.pk).stored).write_bytes(b"%PDF-1.7 forged")
    hand_in(case, "passport")  # its file never came

    with opened(made(ordered(house, case))) as archive:
        manifest = json.loads(archive.read("manifest.json"))

    told = {entry["name"]: entry.get("as_received") for entry in manifest["entries"] if entry["kind"] == "paper"}
    assert list(told.values()) == [False]
    assert len(manifest["missing"]) == 1


def test_names_of_files_say_nothing_of_anybody(house):
    case = decided(house)
    upload = with_file(hand_in(case, "transcripts"))
    Upload.objects.filter(pk=upload.pk).update(name="Amel Ben Salah diplome.pdf")
    whole = made(ordered(house, case, by=house.officer))

    with opened(whole) as archive:
        names = " ".join(archive.namelist())
    answer = taken(house.officer, whole)
    content_of(answer)

    for word in ("Amel", "Salah", case.applicant_name):
        assert word not in names + answer["Content-Disposition"] + whole.zip + whole.pdf
    assert answer["Content-Disposition"] == f'attachment; filename="{case.number}-copy.zip"'


def taken(person: Any, whole: WholeFile, kind: str = "zip", *, seconds_ago: float = 0) -> Any:
    address = reverse("dossiers:download", args=(whole.case.public_id, whole.public_id, kind))
    return at_screen_of(person, seconds_ago=seconds_ago).get(address)


def content_of(answer: Any) -> bytes:
    """The whole of it, and its file closed; `close()` would end the request, and the connection with it."""
    content = b"".join(answer.streaming_content)
    for close in answer._resource_closers:
        close()
    return content


def whole_page(case: Case) -> str:
    return reverse("dossiers:whole", args=(case.public_id,))


def test_it_is_asked_for_on_a_page_made_by_a_worker_and_followed_there(house):
    case = house.files()
    client = at_screen_of(house.desk)
    assert whole_page(case) in client.get(page_of(case)).content.decode()

    answer = client.post(whole_page(case), {"reason": "court", "words": "Letter 12", "copy": "party"})

    assert answer.status_code == 302
    waiting = client.get(whole_page(case))
    assert "The PDF is being made." in waiting.content.decode()
    assert waiting["Refresh"] == "2"
    whole = made(WholeFile.objects.get())
    ready = client.get(whole_page(case))
    assert "Refresh" not in ready
    assert "Take the ZIP" in ready.content.decode()
    assert whole.manifest_sha256 in ready.content.decode()
    assert whole.done == whole.steps == 2


def test_each_taking_is_recorded_with_its_reason_and_the_applicant_reads_of_it(house):
    case = house.files()
    whole = made(ordered(house, case, reason="court", words="Letter 12 of Amel"))

    for kind, begins in (("pdf", b"%PDF-"), ("zip", b"PK")):
        answer = taken(house.desk, whole, kind)
        assert answer.status_code == 200
        assert content_of(answer).startswith(begins)

    entries = Entry.objects.filter(action="file.read", subject_id=str(case.pk)).order_by("seq")
    assert [each.data["format"] for each in entries] == ["pdf", "zip"]
    assert {(each.actor, each.data["reason"], each.data["office"]) for each in entries} == {
        (house.desk.pk, "court", house.region.code)
    }
    assert [each.action for each in consultations_of(house.applicant)][:2] == ["file.read", "file.read"]
    asked = Entry.objects.get(action="whole_file.asked")
    assert asked.data == {"whole_file": whole.pk, "reason": "court", "for_office": False}
    assert Entry.objects.get(action="whole_file.made").data["manifest_sha256"] == whole.manifest_sha256
    assert "Letter 12" not in str(list(Entry.objects.values_list("data", flat=True)))


def test_asking_and_taking_demand_a_fresh_proof(house):
    case = house.files()
    whole = made(ordered(house, case))

    stale = at_screen_of(house.desk, seconds_ago=400)
    for answer in (
        stale.post(whole_page(case), {"reason": "court", "copy": "party"}),
        taken(house.desk, whole, seconds_ago=400),
    ):
        assert answer.status_code == 302
        assert "reauthenticate" in answer["Location"]
    assert WholeFile.objects.count() == 1
    assert not Entry.objects.filter(action="file.read").exists()


def test_only_who_may_takes_it_and_only_what_they_asked_for_themselves(house):
    case = house.files()
    whole = made(ordered(house, case))
    colleague = staff_of(house.region, Role.DESK_OFFICER)
    expert = staff_of(house.region, Role.EXPERT)
    elsewhere = staff_of(the_directorate("TN-82"), Role.DESK_OFFICER)

    for person in (expert, elsewhere, house.applicant):
        assert at_screen_of(person).get(whole_page(case)).status_code == 404
        with pytest.raises(NotAllowed):
            ordered(house, case, by=person)
    for person in (colleague, expert, elsewhere, house.applicant):
        assert taken(person, whole).status_code == 404
    assert taken(house.desk, whole, "exe").status_code == 404
    ordered(house, case, by=staff_of(house.central, Role.AUDITOR))


def test_whoever_may_no_longer_take_it_finds_nothing(house):
    case = house.files()
    ready = made(ordered(house, case))
    waiting = ordered(house, case, for_office=True)
    declare_conflict(case=case, by=house.desk, reason="My cousin.")

    assert made(waiting).state == WholeFile.State.REFUSED
    assert waiting.zip == ""
    assert taken(house.desk, ready).status_code == 404


def test_an_officer_takes_no_copy_of_their_own_case(house):
    own = house.files(applicant=house.desk)

    assert at_screen_of(house.desk).get(whole_page(own)).status_code == 404
    assert whole_page(own) not in at_screen_of(house.desk).get(page_of(own)).content.decode()


def test_what_officers_wrote_is_not_copied_for_the_applicant_nor_anything_without_a_reason(house):
    case = house.files()
    with pytest.raises(Refusal):
        ordered(house, case, reason="applicant", for_office=True)
    with pytest.raises(Refusal):
        ordered(house, case, reason="other", words="  ")
    with pytest.raises(Refusal):
        ordered(house, case, reason="curiosity")
    for posted in (
        {"reason": "other", "copy": "party"},
        {"reason": "applicant", "copy": "office"},
        {"copy": "party"},
    ):
        assert at_screen_of(house.desk).post(whole_page(case), posted).status_code == 200
    assert not WholeFile.objects.exists()
    ordered(house, case)
    with pytest.raises(Refusal):
        ordered(house, case)


def test_a_copy_is_forgotten_after_a_day(house):
    whole = made(ordered(house, house.files()))
    paths = [settings.TAKWIN_PRIVATE_STORAGE / path for path in (whole.pdf, whole.zip)]
    assert all(path.is_file() for path in paths)
    assert services.forget_old_copies() == 0

    with time_machine.travel(timezone.now() + timedelta(hours=24, minutes=1)):
        assert taken(house.desk, whole).status_code == 404
        assert services.forget_old_copies() == 1

    assert not any(path.exists() for path in paths)
    whole.refresh_from_db()
    assert (whole.state, whole.pdf, whole.zip) == (WholeFile.State.GONE, "", "")


def test_a_making_that_is_given_up_says_so(house):
    case = house.files()
    whole = ordered(house, case)
    Job.objects.filter(key=f"whole-file:{whole.pk}").update(state=Job.State.DEAD)

    page = at_screen_of(house.desk).get(whole_page(case))

    assert "It could not be made." in page.content.decode()
    assert "Refresh" not in page


def test_a_large_archive_is_written_within_a_small_memory(tmp_path):
    """60 files of 4 MB: what is held at once stays below 4 MB."""
    big = tmp_path / "big"
    big.write_bytes(b"x" * (4 << 20))
    entries = [Packed(f"papers/{number}.pdf", "paper", lambda: Path.open(big, "rb")) for number in range(60)]

    with (tmp_path / "out.zip").open("wb") as out:
        tracemalloc.start()
        pack(out, entries, about={}, made_at=timezone.now(), step=lambda: None)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()

    assert (tmp_path / "out.zip").stat().st_size > 240 << 20
    assert peak < 4 << 20
