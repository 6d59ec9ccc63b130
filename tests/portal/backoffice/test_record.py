"""What is known already of whom a case is about, as far as this officer may know it, in as many queries as ever."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.backoffice.opened import OpenedCase
from portal.backoffice.record import record_of
from procedures.cases import services
from procedures.cases.models import Case, Snapshot
from procedures.documents.models import Document, StatusPeriod
from procedures.dossiers.services import see_original, write_note
from procedures.offices.models import Role
from registers.inspections.services import take_measure
from registers.structures.services import suspend
from tests.portal.backoffice.factories import at_screen_of, page_of
from tests.procedures.kernel.factories import House, a_person, hand_in, staff_of, the_directorate
from tests.registers.factories import a_structure, by_hand
from tests.registers.organisations.factories import Body

pytestmark = pytest.mark.django_db
MOST_QUERIES = 62  # of the whole page of a case, with everything beside it


@pytest.fixture
def house() -> House:
    return House()


def shown(person: Any, case: Case) -> str:
    return at_screen_of(person).get(page_of(case)).content.decode()


def granted(house: House, **more: Any) -> Case:
    case = house.at_signature(**more)
    services.sign(case=case, by=house.delegate, version=case.version)
    case.documents.update(state=Document.State.ISSUED)
    return case


def test_other_cases_of_the_same_applicant_stand_on_the_page_with_their_state(house):
    earlier, case = house.at_decision(), house.files()

    page = shown(house.desk, case)

    assert f'href="{page_of(earlier)}"' in page
    assert "What is known already" in page
    assert "other case" in page


def test_a_case_of_another_applicant_or_filed_for_an_organisation_is_not_the_applicants_own(house):
    case = house.files()
    others = house.files(applicant=a_person())
    for_a_body = house.files()
    Case.objects.filter(pk=for_a_body.pk).update(organisation=Body().organisation.public_id)

    page = shown(house.desk, case)

    assert others.number not in page
    assert for_a_body.number not in page
    assert "What is known already" not in page


def test_an_officer_reads_of_no_case_that_they_may_not_open(house):
    """The desk of another directorate received one of the two; the auditor reads both."""
    case, elsewhere = house.files(), the_directorate("TN-82")
    far = house.files(contact={"governorate": "TN-82"})
    desk = staff_of(elsewhere, Role.DESK_OFFICER)

    assert far.number not in shown(house.desk, case)
    assert case.number not in shown(desk, far)
    assert far.number in shown(staff_of(house.central, Role.AUDITOR), case)


def test_documents_of_the_other_cases_are_listed_with_what_they_are_worth_today(house):
    first, second = granted(house), granted(house)
    case = house.at_instruction()
    document = second.documents.get(output="equivalence")
    StatusPeriod.objects.create(document=document, status="revoked", since=timezone.now(), reason="false_paper")

    record = record_of(OpenedCase(case, house.officer, "en"))

    assert {(each.number, each.standing) for each in record.documents} == {
        (first.number, "Valid"),
        (second.number, "Revoked"),
    }


def test_structures_of_the_organisation_show_their_status_and_the_measures_against_them(house):
    body = Body()
    structure = a_structure(organisation=body.organisation)
    stranger = a_structure("مركز آخر", fr="Autre centre")
    today = timezone.localdate()
    suspend(by_hand(), structure=structure, since=today)
    take_measure(by_hand(), structure=structure, kind="notice", since=today - timedelta(days=30))
    case = house.files(applicant=body.owner.person)
    Case.objects.filter(pk=case.pk).update(organisation=body.organisation.public_id)

    page = shown(house.desk, case)

    assert structure.number in page
    assert stranger.number not in page
    for words in ("Suspended", "Formal notice", "In force"):
        assert words in page, words


def test_a_structure_named_in_an_answer_is_shown_too(house):
    structure = a_structure()
    case = house.files()
    content = dict(case.snapshot.content)
    field = {"name": "centre", "type": "StructureField", "label": {"en": "Centre"}, "help": {}, "options": {}}
    field |= {"optional": False}
    content["blocks"] = [*content["blocks"], {"code": "place", "group": False, "legend": {}, "fields": [field]}]
    snapshot = Snapshot.objects.create(digest="f" * 64, procedure=case.procedure, version="1.0", content=content)
    answers = case.answers | {"place": {"centre": structure.number}}
    Case.objects.filter(pk=case.pk).update(snapshot=snapshot, answers=answers)
    case = Case.objects.get(pk=case.pk)

    (site,) = record_of(OpenedCase(case, house.desk, "en")).sites

    assert site.structure == structure
    assert site.standing.is_active


def test_thirty_cases_documents_and_structures_cost_no_more_queries_than_one(house):
    body = Body()

    def enlarge(count: int) -> None:
        for number in range(count):
            structure = a_structure(f"مركز {number}", organisation=body.organisation, since=date(2020, 1, 1))
            take_measure(by_hand(), structure=structure, kind="notice", since=date(2024, 1, 1))
            other = house.files(applicant=body.owner.person)
            Case.objects.filter(pk=other.pk).update(organisation=body.organisation.public_id)
            hand_in(other, "transcripts")

    case = house.files(applicant=body.owner.person)
    Case.objects.filter(pk=case.pk).update(organisation=body.organisation.public_id)
    case.refresh_from_db()
    document = granted(house, applicant=body.owner.person).documents.get(output="equivalence")
    Case.objects.filter(pk=document.case_id).update(organisation=body.organisation.public_id, office=house.region)
    enlarge(1)
    client, counts = at_screen_of(house.desk), []
    for more in (0, 29):
        enlarge(more)
        client.get(page_of(case))
        with CaptureQueriesContext(connection) as page:
            client.get(page_of(case))
        with CaptureQueriesContext(connection) as alone:
            record = record_of(OpenedCase(case, house.desk, "en"))
        counts.append((len(page), len(alone)))

    assert counts[1] <= counts[0]
    assert counts[0][1] <= 9
    assert counts[0][0] <= MOST_QUERIES
    assert len(record.cases) == len(record.sites) == 20
    assert record.has_more


def test_notes_originals_and_papers_cost_the_page_no_queries_each(house):
    case = house.files()
    client, counts = at_screen_of(house.desk), []
    for rows in (range(1), range(1, 30)):
        for number in rows:
            hand_in(case, "transcripts", f"row{number}")
            see_original(case=case, by=house.desk, paper="transcripts", row=f"row{number}")
            write_note(case=case, by=house.desk, text="Note")
        client.get(page_of(case))
        with CaptureQueriesContext(connection) as page:
            client.get(page_of(case))
        counts.append(len(page))

    assert counts[1] <= counts[0]
