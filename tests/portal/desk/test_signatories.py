"""A filing that others must confirm counts once all have; before, no office sees it, and one who declines ends it."""

import re
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from notifications.models import Delivery, Notice
from procedures.audit.models import Entry
from procedures.audit.verify import verify_chain
from procedures.cases import selectors, services
from procedures.cases.models import Case, Confirmation
from procedures.cases.states import State
from procedures.cases.work import let_lapse_what_nobody_confirmed
from procedures.definition import Ago
from procedures.jobs.models import Job
from procedures.jobs.services import sweep
from procedures.rules import Situation
from procedures.testing import sample_answers
from tests.procedures.kernel.factories import House, a_person
from tests.workbench.installed import workbench_installed

pytestmark = pytest.mark.django_db
PARTNERS = [{"_row": "aaaaaa", "name": "Salma", "email": "salma@example.tn"}, {"_row": "bbbbbb", "name": "Hedi",
            "email": "hedi@example.tn"}]  # fmt: skip


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def case(house: House) -> Iterator[Case]:
    """A workshop with two partners, filed; its office is the directorate of Tunis."""
    with workbench_installed() as procedure:
        day = timezone.localdate()
        answers = sample_answers(procedure, on=day, project={"kind": "workshop"}, asking={"governorate": "TN-11"}) | {
            "partners": PARTNERS
        }
        yield services.file_case(
            draft_id=uuid.uuid4(),
            procedure=procedure,
            answers=answers,
            situation=Situation(procedure, answers, on=day),
            applicant=house.applicant,
            language="en",
            on=timezone.now(),
        )


def letters() -> dict[str, str]:
    """The path of each letter's link, by address."""
    sweep(kinds=("hook",))  # what is sent is wiped
    sent = Delivery.objects.filter(key__startswith="signatory:")
    return {each.address: re.search(r"(/en/desk/confirm/\S+)", each.body)[1] for each in sent}  # type: ignore[index]  # each letter has a link


def opens(link: str) -> tuple[Client, str]:
    client = Client()
    answer = client.get(link, follow=True)
    return client, answer.content.decode()


def test_a_filing_waits_for_both_partners_and_no_office_sees_it(house: House, case: Case) -> None:
    assert case.state == State.SIGNATORIES
    assert {each.email for each in case.confirmations.all()} == {"salma@example.tn", "hedi@example.tn"}
    assert not selectors.visible_to(house.desk).filter(pk=case.pk).exists()
    assert not selectors.inbox(house.desk).filter(pk=case.pk).exists()
    assert not Job.objects.filter(kind="cases.receipt").exists()


def test_it_counts_once_the_second_has_confirmed(house: House, case: Case) -> None:
    links = letters()
    assert set(links) == {"salma@example.tn", "hedi@example.tn"}
    for number, link in enumerate(links.values()):
        client, page = opens(link)
        assert case.number in page
        assert client.post("/en/desk/confirm/", {"agreed": "on"}).status_code == 200
        case.refresh_from_db()
        assert case.state == (State.COMPLETENESS if number else State.SIGNATORIES)
    assert selectors.visible_to(house.desk).filter(pk=case.pk).exists()
    assert Job.objects.filter(kind="cases.receipt").count() == 1
    actions = list(Entry.objects.filter(action__startswith="confirmation.").values_list("action", flat=True))
    assert actions == ["confirmation.confirmed"] * 2
    services.accept_completeness(case=case, by=house.desk, version=case.version)


def test_one_who_declines_ends_it_and_the_applicant_is_told_why(house: House, case: Case) -> None:
    links = letters()
    client, _page = opens(links["salma@example.tn"])
    client.post("/en/desk/confirm/", {"decline": "1", "note": "I know nothing of it"})
    case.refresh_from_db()
    assert case.state == State.UNCONFIRMED
    sweep(kinds=("hook",))
    assert Notice.objects.filter(event="filing_lapsed", person=house.applicant).count() == 1
    own = Client()
    own.force_login(house.applicant)
    page = own.get(f"/en/desk/cases/{case.public_id}/").content.decode()
    assert "I know nothing of it" in page
    assert "Not confirmed" in page
    assert opens(links["hedi@example.tn"])[0].post("/en/desk/confirm/", {"agreed": "on"}).status_code == 410


def test_after_the_last_day_it_lapses_and_the_link_opens_nothing(case: Case) -> None:
    links = letters()
    with time_machine.travel(timezone.now() + timedelta(days=9)):
        let_lapse_what_nobody_confirmed()
        case.refresh_from_db()
        assert case.state == State.UNCONFIRMED
        assert "opens nothing any more" in opens(links["salma@example.tn"])[1]


def test_an_account_of_the_address_confirms_from_its_desk_and_no_other_does(case: Case) -> None:
    partner, stranger = a_person("Salma"), a_person()
    partner.email = "salma@example.tn"
    partner.save()
    asked = Confirmation.objects.get(email="salma@example.tn")
    client, other = Client(), Client()
    client.force_login(partner)
    other.force_login(stranger)
    path = f"/en/desk/confirm/{asked.public_id}/"
    assert path in client.get("/en/desk/").content.decode()
    assert other.get(path).status_code == 404
    assert client.post(path, {"agreed": "on"}).status_code == 200
    asked.refresh_from_db()
    assert (asked.answer, asked.answered_by) == ("confirmed", partner)


def test_nothing_is_confirmed_without_the_tick_or_by_a_made_up_link(case: Case) -> None:
    link = letters()["salma@example.tn"]
    client, _page = opens(link)
    assert "Tick the sentence" in client.post("/en/desk/confirm/", {}).content.decode()
    assert opens("/en/desk/confirm/made-up/")[0].post("/en/desk/confirm/", {"agreed": "on"}).status_code == 410
    assert not Confirmation.objects.exclude(answer="").exists()


def test_a_signatory_reads_their_own_row_and_not_the_other_partners(case: Case) -> None:
    _client, page = opens(letters()["salma@example.tn"])
    assert "salma@example.tn" in page
    assert "hedi@example.tn" not in page


def test_the_letter_is_sent_once_and_its_secret_is_kept_nowhere(case: Case) -> None:
    links = letters()
    secret = links["salma@example.tn"].rstrip("/").rpartition("/")[2]
    assert secret not in str(list(Confirmation.objects.values()))
    assert secret not in str(list(Entry.objects.values())) + str(list(Job.objects.values()))
    Job.objects.filter(payload__event="signatories_asked").update(state=Job.State.NEW)
    assert letters() == links


def test_the_applicant_may_withdraw_while_it_waits(house: House, case: Case) -> None:
    services.withdraw(case=case, by=house.applicant)
    assert case.state == State.WITHDRAWN
    assert verify_chain().faults == ()


# A guardian files for a minor, or confirms with them.


def of_a_minor(house: House, **guardian: Any) -> Case:
    today = timezone.localdate()
    return house.files(
        identity={"birth_date": Ago(years=16, days=200).before(today).isoformat()},
        foreign_certificate={"issued_on": Ago(days=120).before(today).isoformat()},
        guardian=guardian,
    )


def test_what_a_minor_files_counts_once_the_guardian_has_confirmed_it(house: House) -> None:
    case = of_a_minor(house, acts=False, email="guardian@example.tn")
    assert case.state == State.SIGNATORIES
    services.confirm(confirmation=case.confirmations.get())
    case.refresh_from_db()
    assert case.state == State.COMPLETENESS


def test_what_the_guardian_files_for_a_minor_counts_at_once(house: House) -> None:
    assert of_a_minor(house, acts=True).state == State.COMPLETENESS


def test_of_an_adult_no_guardian_is_asked(house: House) -> None:
    assert house.files().state == State.COMPLETENESS
