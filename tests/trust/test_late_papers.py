"""Papers at the wrong moment: removed after the filing, replaced after the correction, or without any end."""

from typing import Any

import pytest
from django.core.files.storage import storages
from django.http import Http404

from procedures.cases import services as cases
from procedures.evidence import services
from procedures.evidence.models import Upload
from tests.procedures.evidence.corpus import pdf, upload
from tests.procedures.kernel.factories import House
from tests.procedures.wizard.factories import Visitor, a_person

pytestmark = [pytest.mark.trust, pytest.mark.django_db]


def in_correction(house: House) -> Any:
    case = house.files()
    items = [{"path": "paper.identity", "reason": "unreadable", "note": "Page 2"}]
    cases.ask_correction(case=case, by=house.desk, version=case.version, items=items)
    case.refresh_from_db()
    return case


def replaced(case: Any, *pages: int, most: int = 0) -> list[Upload]:
    files = [upload(f"{number}.pdf", pdf(number)) for number in pages]
    return services.replace_papers(case=case, paper="identity", row="", files=files, by=case.applicant, most=most)


def test_a_paper_that_was_filed_while_its_removal_was_under_way_stays() -> None:
    house, visitor = House(), Visitor(a_person())
    visitor.start()
    kept = services.receive_paper(
        draft=visitor.stored(), paper="identity", file=upload("a.pdf", pdf()), by=visitor.person
    )
    Upload.objects.filter(pk=kept.pk).update(draft=None, case=house.files())  # the filing wins the race
    with pytest.raises(Http404):
        services.remove_paper(upload=kept)
    assert Upload.objects.filter(pk=kept.pk).exists()
    assert storages["private"].exists(kept.stored)


def test_a_paper_comes_too_late_for_a_draft_that_was_filed_meanwhile() -> None:
    visitor = Visitor(a_person())
    visitor.start()
    seen = visitor.stored()
    type(seen).objects.filter(pk=seen.pk).update(filed_at=seen.saved_at)
    with pytest.raises(Http404):
        services.receive_paper(draft=seen, paper="identity", file=upload("a.pdf", pdf()), by=visitor.person)
    assert not Upload.objects.exists()


def test_a_paper_comes_too_late_for_a_correction_that_was_returned_meanwhile() -> None:
    house = House()
    case = in_correction(house)
    first = replaced(case, 1)[0]
    cases.return_correction(case=case, by=house.applicant, patch={})
    with pytest.raises(Http404):  # a request that opened the page before
        replaced(case, 2)
    first.refresh_from_db()
    assert first.replaced_by is None
    assert case.uploads.count() == 1


def test_a_correction_takes_no_more_files_than_the_paper_has() -> None:
    case = in_correction(House())
    with pytest.raises(services.PaperRefused) as refusal:
        replaced(case, 1, 2, most=1)
    assert refusal.value.code == "too_many_files"
    assert not case.uploads.exists()


def test_replacing_again_and_again_does_not_fill_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MOST_BYTES_EVER", 3000)
    case = in_correction(House())
    refused = ""
    for turn in range(20):
        try:
            replaced(case, turn + 1)
        except services.PaperRefused as refusal:
            refused = refusal.code
    assert refused == "quota"
    assert sum(case.uploads.values_list("size", flat=True)) <= 3000
