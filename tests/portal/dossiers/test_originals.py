"""The paper original: who saw it and when, and what happens where that does not hold."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from procedures.audit.models import Entry
from procedures.cases.errors import NotAllowed
from procedures.cases.models import Case
from procedures.dossiers import services
from procedures.dossiers.models import Original, OriginalTakenBack
from procedures.offices.models import Role
from procedures.refusal import Refusal
from tests.portal.backoffice.factories import at_screen_of, page_of
from tests.procedures.kernel.factories import House, hand_in, staff_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def case(house: House) -> Case:
    case = house.files()
    hand_in(case, "transcripts")
    return case


def originals_page(case: Case) -> str:
    return reverse("dossiers:original", args=(case.public_id,))


def test_an_original_seen_is_shown_to_later_officers_with_who_when_and_the_remark(house):
    case = house.files()
    upload = hand_in(case, "transcripts")
    client = at_screen_of(house.desk)
    assert "Transcripts" in client.get(f"{originals_page(case)}?paper=transcripts").content.decode()

    answer = client.post(originals_page(case), {"paper": "transcripts", "row": "", "remark": "Stamp on page 2."})

    assert answer.status_code == 302
    seen = Original.objects.get()
    assert (seen.by, seen.office, seen.files) == (house.desk, house.region, [str(upload.pk)])
    later = staff_of(house.region, Role.DESK_OFFICER, "Leila")
    page = at_screen_of(later).get(page_of(case)).content.decode()
    assert '<span class="tag ok">Original seen</span> <bdi>Dora</bdi>' in page
    assert "Stamp on page 2." in page
    entry = Entry.objects.get(action="original.seen")
    assert entry.actor == house.desk.pk
    assert entry.data == {"original": seen.pk, "paper": "transcripts", "row": "", "files": [str(upload.pk)]}


def test_it_is_taken_back_by_a_further_act_with_its_reason_and_never_deleted(house, case):
    seen = services.see_original(case=case, by=house.desk, paper="transcripts", remark="Stamp on page 2.")
    address = reverse("dossiers:take_back", args=(case.public_id, seen.public_id))
    client = at_screen_of(house.desk)

    assert client.post(address, {"reason": ""}).status_code == 200
    assert client.post(address, {"reason": "It was a certified copy."}).status_code == 302

    page = client.get(page_of(case)).content.decode()
    assert "It was a certified copy." in page
    assert '<span class="tag ok">Original seen</span>' not in page
    assert Original.objects.get().by == house.desk
    assert Entry.objects.get(action="original.taken_back").data == {"original": seen.pk}
    with pytest.raises(Refusal):
        services.take_back_original(original=seen, by=house.desk, reason="Again")
    services.see_original(case=case, by=house.desk, paper="transcripts")
    assert Original.objects.count() == 2


def test_the_database_refuses_to_change_it(house, case):
    seen = services.see_original(case=case, by=house.desk, paper="transcripts")
    services.take_back_original(original=seen, by=house.desk, reason="Mistaken.")

    for rows, change in ((Original, {"remark": "x"}), (OriginalTakenBack, {"reason": "x"})):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.objects.update(**change)
    assert OriginalTakenBack.objects.get().reason == "Mistaken."


def test_one_officer_notes_an_original_once_and_several_may(house, case):
    services.see_original(case=case, by=house.desk, paper="transcripts")
    with pytest.raises(Refusal):
        services.see_original(case=case, by=house.desk, paper="transcripts")

    services.see_original(case=case, by=staff_of(house.region, Role.DESK_OFFICER), paper="transcripts")

    assert Original.objects.count() == 2


def test_a_paper_handed_in_again_was_not_compared_with_the_original_yet(house, case):
    services.see_original(case=case, by=house.desk, paper="transcripts")
    newer = hand_in(case, "transcripts")
    case.uploads.exclude(pk=newer.pk).update(replaced_by=newer)

    page = at_screen_of(house.desk).get(page_of(case)).content.decode()

    assert '<span class="tag warn">Original seen</span>' in page
    assert "before the paper was handed in again" in page
    services.see_original(case=case, by=house.desk, paper="transcripts")  # and may be now


def test_only_who_handles_the_case_notes_it_and_only_of_a_paper_that_is_there(house, case):
    auditor = staff_of(house.central, Role.AUDITOR)
    data = {"paper": "transcripts", "row": "", "remark": ""}

    assert at_screen_of(auditor).post(originals_page(case), data).status_code == 404
    assert at_screen_of(house.desk).get(f"{originals_page(case)}?paper=identity").status_code == 404
    with pytest.raises(NotAllowed):
        services.see_original(case=case, by=auditor, paper="transcripts")
    with pytest.raises(Refusal):
        services.see_original(case=case, by=house.desk, paper="passport_of_a_cat")
    assert not Original.objects.exists()
