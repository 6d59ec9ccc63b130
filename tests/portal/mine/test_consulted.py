"""Who consulted my file: each reading that was made and no other, told to whom it belongs and to nobody else."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from portal.mine.consulted import WHAT, consultations_of, told
from procedures.audit.models import Entry
from procedures.cases import services
from procedures.cases.readings import READINGS
from procedures.documents.models import Document
from procedures.offices.models import Role
from tests.portal.backoffice.factories import act_on, at_screen_of, page_of, typed
from tests.portal.organisation.test_accounts import a_claim
from tests.procedures.kernel.factories import House, a_person, hand_in, staff_of

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]
# What is read of nobody's file, with the reason.
NOT_OF_A_PERSON = {
    "people.reveal_identifier": "of a person in the register, who need not have an account",
    "people.proposal_read": "of two persons in the register, who need not have an account",
    "doubt.read": "of a structure; whoever reported it is not named",
    "mismatch.read": "of a report on a paper; whoever reported it is not named",
    "register.read": "of an office: the list of what it handed over; each line is of a document that says who read it",
}


def a_kept_file(name: str) -> None:
    stored = Path(settings.TAKWIN_PRIVATE_STORAGE) / name
    stored.parent.mkdir(parents=True, exist_ok=True)
    stored.write_bytes(b"%PDF-1.7")


def take(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def actions_shown(person: Any) -> list[str]:
    return list(consultations_of(person).values_list("action", flat=True))


def test_each_reading_made_is_listed_and_no_other_act(house: House) -> None:
    case = house.files()
    other = house.files(applicant=a_person("Other"))
    paper = hand_in(case, "transcripts")
    a_kept_file(paper.stored)
    screen = at_screen_of(house.desk)
    screen.get(page_of(other))
    before = Entry.objects.count()

    screen.get(page_of(case))
    take(screen.get(f"{page_of(case)}papers/{paper.pk}/"))
    screen.post(act_on(case, "reveal"), {"path": "identity.id_number"})
    screen.get(act_on(case, "accept_completeness"))
    screen.post(act_on(case, "accept_completeness"), typed(case))

    made = ["case.read", "case.read", "paper.read", "case.read", "identity.read", "case.read", "case.read"]
    assert actions_shown(house.applicant) == made[::-1]
    assert Entry.objects.count() == before + len(made) + 1  # and the act itself, which is no reading


def test_the_page_says_what_was_opened_by_which_office_in_which_role_and_when(house: House, client: Client) -> None:
    case = house.files()
    paper = hand_in(case, "transcripts")
    a_kept_file(paper.stored)
    take(at_screen_of(house.desk).get(f"{page_of(case)}papers/{paper.pk}/"))
    client.force_login(house.applicant)

    shown = client.get(reverse("mine:consulted")).content.decode()

    text = " ".join(re.sub(r"<[^>]+>", " ", shown).split())
    assert "The administration opened what is yours 2 times." in text
    assert f"One of your papers Transcripts of marks · {case.number}" in text
    assert "Directorate TN-11 Desk officer" in text
    assert str(Entry.objects.get(action="paper.read").seq) in text
    assert house.desk.name not in text


def test_readings_of_an_issued_document_are_listed_with_its_case(house: House) -> None:
    case = house.at_signature()
    services.sign(case=case, by=house.delegate, version=case.version)
    document = case.documents.exclude(output="receipt").get()
    a_kept_file("sealed.pdf")
    Document.objects.filter(pk=document.pk).update(state=Document.State.ISSUED, stored="sealed.pdf")
    screen = at_screen_of(house.officer)

    screen.get(reverse("backoffice:document", args=(document.public_id,)))
    take(screen.get(reverse("backoffice:file", args=(document.public_id,))))

    opened, read = told(consultations_of(house.applicant))
    assert (str(opened.what), str(read.what)) == ("Your document (PDF)", "What is on record of your document")
    assert opened.case == read.case == case
    assert opened.office == house.central


def test_an_account_and_a_request_that_officers_read_are_listed(house: House) -> None:
    claim = a_claim(house, by=house.applicant)
    administrator = staff_of(house.central, Role.ADMINISTRATOR)
    director = staff_of(house.region, Role.REGIONAL_DIRECTOR)

    at_screen_of(administrator).get(reverse("administration:person", args=(house.applicant.pk,)))
    at_screen_of(director).get(reverse("organisation_office:claim", args=(claim.public_id,)))

    assert actions_shown(house.applicant) == ["organisation.read_claim", "account.read"]
    assert all(each.office for each in told(consultations_of(house.applicant)))


def test_what_i_open_myself_is_not_a_consultation(house: House, client: Client) -> None:
    case = house.files()
    client.force_login(house.applicant)
    client.get(reverse("desk:case", args=(case.public_id,)))
    assert actions_shown(house.applicant) == []
    assert "Nobody in the administration" in client.get(reverse("mine:consulted")).content.decode()


def test_the_consultations_of_anothers_case_do_not_exist(house: House, client: Client) -> None:
    case = house.files()
    client.force_login(a_person())
    assert client.get(reverse("mine:consulted_case", args=(case.public_id,))).status_code == 404
    assert Client().get(reverse("mine:consulted")).status_code == 302


def test_one_case_shows_its_own_consultations_only(house: House, client: Client) -> None:
    first, second = house.files(), house.files()
    for case in (first, second, second):
        at_screen_of(house.desk).get(page_of(case))
    client.force_login(house.applicant)
    shown = client.get(reverse("mine:consulted_case", args=(second.public_id,))).content.decode()
    assert second.number in shown
    assert first.number not in shown
    assert len(told(consultations_of(house.applicant, case=second))) == 2


def test_a_long_list_costs_as_many_queries_as_a_short_one(
    house: House, client: Client, django_assert_max_num_queries: Any
) -> None:
    for _each in range(12):
        at_screen_of(house.desk).get(page_of(house.files()))
    client.force_login(house.applicant)
    client.get(reverse("mine:consulted"))
    with django_assert_max_num_queries(14):
        client.get(reverse("mine:consulted"))


def test_every_reading_that_the_code_writes_down_is_told_or_excused() -> None:
    """A new kind of reading that nobody adds to the list fails here."""
    written = set()
    for room in ("portal", "procedures", "registers"):
        for path in (ROOT / room).rglob("*.py"):
            written |= set(re.findall(r'action="([a-z_]+\.[a-z_]*(?:read|opened|reveal)[a-z_]*)"', path.read_text()))
    assert written - set(WHAT) == set(NOT_OF_A_PERSON)
    assert set(READINGS) <= set(WHAT)
