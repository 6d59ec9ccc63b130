"""Hostile papers meet a real virus scanner: each is refused or cleaned, in its time, and says why in two languages."""

import resource
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.utils import translation

from procedures.evidence.models import Upload
from procedures.evidence.refusals import PaperRefused
from procedures.evidence.scanner import ScanTooLarge, finds_a_virus
from procedures.evidence.services import receive_paper
from procedures.evidence.shelves import read_file
from tests.procedures.evidence import real_clamd
from tests.procedures.evidence.corpus import pdf, picture, upload
from tests.procedures.evidence.hostile import hostile_papers
from tests.procedures.wizard.factories import Visitor, a_person

pytestmark = [
    pytest.mark.trust,
    pytest.mark.django_db,
    pytest.mark.skipif(real_clamd.is_not_to_be_had(), reason="clamd is not installed, and this is not Debian"),
]
LONGEST = 2.0  # seconds of computing for one file, whatever else the machine does
MOST_MEMORY = 300 * 1024  # kB more than before, over all of them


@pytest.fixture(scope="module")
def clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with real_clamd.running(tmp_path_factory.mktemp("clamd")) as address:
        yield address


@pytest.fixture
def draft(settings: Any, clamd: str) -> Any:
    settings.TAKWIN_CLAMD = clamd
    visitor = Visitor(a_person())
    visitor.start()
    return visitor.stored()


def stored() -> list[Path]:
    private = Path(storages["private"].location)
    return [path for path in private.rglob("*") if path.is_file()]


def computing() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def memory(line: str) -> int:
    """What this process holds (VmRSS) or held at most since it was last asked to forget (VmHWM), in kB."""
    return int(Path("/proc/self/status").read_text().partition(f"{line}:")[2].split()[0])


def told_in_both_languages(refusal: PaperRefused) -> bool:
    with translation.override("en"):
        plain = refusal.message
    with translation.override("fr"):
        french = refusal.message
    with translation.override("ar"):
        arabic = refusal.message
    return plain != french and any("\u0600" <= sign <= "\u06ff" for sign in arabic)


def test_every_hostile_paper_is_refused_or_cleaned_with_its_reason_in_its_time(draft: Any) -> None:
    papers = hostile_papers()
    Path("/proc/self/clear_refs").write_text("5")
    before = memory("VmRSS")
    wrong, slow, marks = {}, {}, (b"secret words", b"Phone 9", b"/Author", b"JavaScript", b"EICAR")
    for tries, (name, content, reasons) in papers.items():
        began = computing()
        try:
            kept = receive_paper(draft=draft, paper="identity", file=upload(name, content), by=None)
        except PaperRefused as refusal:
            met = refusal.code if told_in_both_languages(refusal) else f"{refusal.code} untold"
        else:
            content = read_file(kept.stored)
            met = "clean" if not any(mark in content for mark in marks) else "kept as it was"
            assert not set(kept.name) & set("/\\\0\r\n\u202e"), (tries, kept.name)
            assert len(kept.name) <= 130, tries
        if met not in reasons:
            wrong[tries] = met
        if computing() - began > LONGEST:
            slow[tries] = round(computing() - began, 1)
    assert wrong == {}
    assert slow == {}
    assert memory("VmHWM") - before < MOST_MEMORY
    assert len(stored()) == Upload.objects.filter(draft=draft).count(), "a refused file was left behind"


def test_the_scanner_finds_the_virus_of_its_signature_and_lets_good_papers_through(draft: Any) -> None:
    assert finds_a_virus(b"before " + real_clamd.EICAR + b" behind")
    for number, content in enumerate((pdf(2), picture((1200, 900)))):
        kept = receive_paper(draft=draft, paper="identity", file=upload(f"{number}.pdf", content), by=None)
        assert kept.state == Upload.State.CLEAN


def test_a_file_longer_than_the_scanner_takes_is_told_from_a_scanner_that_is_down(draft: Any) -> None:
    with pytest.raises(ScanTooLarge):
        finds_a_virus(b"\0" * (26 * 1024 * 1024))
