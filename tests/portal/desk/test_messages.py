"""Messages about a case go between whoever filed and the office that handles it, with files checked as papers are."""

import re
from typing import Any

import pytest
from django.test import Client

from notifications.models import Delivery, Notice
from procedures.audit.models import Entry
from procedures.cases import services
from procedures.cases.models import Case, CaseMessage
from procedures.evidence.models import Upload
from procedures.offices.models import Role
from tests.portal.backoffice.factories import at_screen_of
from tests.procedures.evidence.corpus import photograph, upload
from tests.procedures.kernel.factories import House, a_person, staff_of
from tests.registers.organisations.factories import Body

pytestmark = pytest.mark.django_db
SECRET = "My son's school closed in 2019"


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def desk(house: House, client: Client) -> Client:
    client.force_login(house.applicant)
    return client


def path(case: Case, rest: str = "messages/") -> str:
    return f"/en/desk/cases/{case.public_id}/{rest}"


def office_path(case: Case, rest: str = "messages/") -> str:
    return f"/en/office/cases/{case.public_id}/{rest}"


def test_both_sides_read_what_was_written_in_order(desk: Client, house: House) -> None:
    case = house.files()
    assert desk.post(path(case), {"text": "Is a copy enough?"}).status_code == 302
    assert at_screen_of(house.desk).post(office_path(case), {"text": "Yes."}).status_code == 302
    for page in (desk.get(path(case, "")), at_screen_of(house.desk).get(office_path(case, ""))):
        text = page.content.decode()
        assert text.index("Is a copy enough?") < text.index("Yes.")
    own = desk.get(path(case, "")).content.decode()
    assert str(house.region) in own
    assert "Dora" not in re.findall(r'id="messages".*?</section>', own, re.DOTALL)[0]


def test_a_file_comes_with_a_message_and_is_opened_by_both_sides_alone(desk: Client, house: House) -> None:
    case = house.files()
    desk.post(path(case), {"text": "Here it is.", "attached": [upload("letter.jpg", photograph())]})
    kept = CaseMessage.objects.get().files.get()
    for opened in (
        desk.get(path(case, f"messages/{kept.pk}/")),
        at_screen_of(house.desk).get(office_path(case, f"messages/{kept.pk}/")),
    ):
        assert opened.status_code == 200
        assert b"".join(opened.streaming_content)
    stranger = Client()
    stranger.force_login(a_person())
    assert stranger.get(path(case, f"messages/{kept.pk}/")).status_code == 404
    other = house.files()
    assert desk.get(path(other, f"messages/{kept.pk}/")).status_code == 404
    assert not case.uploads.exists(), "what came with a message is no paper of the case"


def test_a_hostile_file_is_refused_with_its_reason_and_the_words_stay(desk: Client, house: House) -> None:
    case = house.files()
    good = upload("letter.jpg", photograph())
    answer = desk.post(path(case), {"text": SECRET, "attached": [good, upload("run.pdf", b"MZ" + b"\0" * 500)]})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "not a paper" in page
    assert SECRET.replace("'", "&#x27;") in page
    assert not CaseMessage.objects.exists()
    assert not Upload.objects.exists()


def test_whoever_filed_is_told_that_there_is_a_message_and_not_what_it_says(desk: Client, house: House) -> None:
    case = house.files()
    at_screen_of(house.desk).post(office_path(case), {"text": SECRET})
    notice, mail = Notice.objects.get(event="case_message"), Delivery.objects.get(key__startswith="case_message")
    assert notice.person == house.applicant
    assert SECRET not in f"{notice.subject} {notice.body} {mail.subject} {mail.body} {mail.html}"
    assert SECRET not in str(list(Entry.objects.values_list("data", flat=True)))


def test_the_officer_to_whom_the_case_is_assigned_hears_of_an_answer(desk: Client, house: House) -> None:
    case = house.files()
    services.assign(case=case, by=house.desk, to=house.desk)
    desk.post(path(case), {"text": "Is a copy enough?"})
    assert Notice.objects.get(event="case_message").person == house.desk


def test_neither_strangers_nor_other_offices_nor_a_closed_case_take_messages(desk: Client, house: House) -> None:
    case = house.files()
    stranger = Client()
    stranger.force_login(a_person())
    assert stranger.post(path(case), {"text": "Hello"}).status_code == 404
    auditor = staff_of(house.central, Role.AUDITOR)
    page = at_screen_of(auditor).post(office_path(case), {"text": "Hello"}).content.decode()
    assert "Only whoever filed" in page
    services.withdraw(case=case, by=house.applicant)
    assert "closed" in desk.post(path(case), {"text": "Hello"}).content.decode()
    assert not CaseMessage.objects.exists()


def test_an_empty_message_is_not_sent(desk: Client, house: House) -> None:
    assert "Write the message first." in desk.post(path(house.files()), {"text": "  \n "}).content.decode()
    assert not CaseMessage.objects.exists()


def test_a_message_makes_no_officers_page_stale(desk: Client, house: House) -> None:
    case = house.files()
    desk.post(path(case), {"text": "Is a copy enough?"})
    services.accept_completeness(case=case, by=house.desk, version=case.version)


# A case of an organisation passes to a colleague.


@pytest.fixture
def of_a_body(house: House) -> tuple[Body, Case]:
    body = Body()
    case = house.files(applicant=body.owner.person)
    Case.objects.filter(pk=case.pk).update(organisation=body.organisation.public_id)
    case.refresh_from_db()
    return body, case


def hands_over(case: Case, by: Any, to: Any) -> Any:
    client = Client()
    client.force_login(by)
    return client.post(path(case, "hand-over/"), {"to": str(to.pk)})


def test_a_case_is_handed_over_to_a_colleague_who_alone_is_told_from_then_on(
    house: House, of_a_body: tuple[Body, Case]
) -> None:
    body, case = of_a_body
    assert hands_over(case, body.owner.person, body.secretary.person).status_code == 302
    assert Notice.objects.get(event="case_handed_over").person == body.secretary.person
    at_screen_of(house.desk).post(office_path(case), {"text": "Please call."})
    assert [each.person for each in Notice.objects.filter(event="case_message")] == [body.secretary.person]
    client = Client()
    client.force_login(body.secretary.person)
    page = client.get(path(case, "")).content.decode()
    assert "handed over to a colleague" in page
    assert Entry.objects.get(action="case.hand_over").data == {"to": body.secretary.person.pk}


def test_whoever_handed_it_over_may_still_act(of_a_body: tuple[Body, Case]) -> None:
    body, case = of_a_body
    hands_over(case, body.owner.person, body.secretary.person)
    services.withdraw(case=Case.objects.get(pk=case.pk), by=body.owner.person)


def test_a_case_is_handed_to_no_stranger_and_by_none_who_only_reads(of_a_body: tuple[Body, Case]) -> None:
    body, case = of_a_body
    stranger = a_person()
    assert "Select a valid choice" in hands_over(case, body.owner.person, stranger).content.decode()
    with pytest.raises(services.NotAllowed):
        services.hand_over(case=case, by=body.owner.person, to=stranger)
    assert hands_over(case, stranger, body.secretary.person).status_code == 404
    with pytest.raises(services.NotAllowed):
        services.hand_over(case=case, by=stranger, to=body.secretary.person)


def test_a_persons_own_case_is_handed_to_nobody(desk: Client, house: House) -> None:
    assert desk.get(path(house.files(), "hand-over/")).status_code == 404


def test_when_the_colleague_has_left_all_who_file_are_told_again(house: House, of_a_body: tuple[Body, Case]) -> None:
    body, case = of_a_body
    services.hand_over(case=case, by=body.owner.person, to=body.secretary.person)
    colleague = body.secretary.person
    colleague.is_active = False
    colleague.save()
    at_screen_of(house.desk).post(office_path(case), {"text": "Please call."})
    told = {each.person for each in Notice.objects.filter(event="case_message")}
    assert told
    assert body.secretary.person not in told
