"""A decision is notified once, by whichever proof comes first; what leaves on paper stands in a register."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings as django_settings
from django.utils import timezone

from procedures.audit.models import Entry
from procedures.audit.verify import verify_chain
from procedures.cases import services as cases
from procedures.cases.models import Case
from procedures.documents.models import Document
from procedures.offices.models import Role
from procedures.refusal import Refusal
from procedures.serving.models import HandedOver, Notification
from procedures.serving.selectors import last_effective, narrowed, notification_of, register_for
from procedures.serving.services import fetch_by_link, give_link, hand_over, link_of, note_opened
from tests.procedures.appeals.factories import Tribunal
from tests.procedures.kernel.factories import a_person, staff_of

pytestmark = pytest.mark.django_db
COLLECTED = {"way": "desk", "to_name": "آمنة", "capacity": "holder", "proof": "identity_card"}


@pytest.fixture
def case(house: Tribunal) -> Case:
    return house.refused()


def letter_of(case: Case) -> Document:
    """The sealed letter; the making of the file itself is tried elsewhere."""
    stored = Path(django_settings.TAKWIN_PRIVATE_STORAGE) / "letter.pdf"
    stored.parent.mkdir(parents=True, exist_ok=True)
    stored.write_bytes(b"%PDF-1.7")
    case.documents.filter(output="refusal").update(state=Document.State.ISSUED, stored="letter.pdf")
    return case.documents.get(output="refusal")


def told(case: Case) -> Notification | None:
    decision = last_effective(case)
    return notification_of(decision) if decision else None


def collected(house: Tribunal, case: Case, **changes: Any) -> HandedOver:
    said = COLLECTED | {"on": timezone.localdate(), "office": house.central} | changes
    return hand_over(document=letter_of(case), by=house.officer, **said)


def test_a_decision_that_nobody_opened_is_not_notified(case: Case) -> None:
    assert told(case) is None


def test_opening_the_case_in_the_account_notifies_its_decision(house: Tribunal, case: Case) -> None:
    note_opened(case=case, by=house.applicant)
    found = told(case)
    assert found is not None
    assert (found.way, found.on, found.person) == ("account", timezone.localdate(), house.applicant)


def test_an_officer_or_a_stranger_who_opens_it_notifies_nobody(house: Tribunal, case: Case) -> None:
    note_opened(case=case, by=house.officer)
    note_opened(case=case, by=a_person())
    assert told(case) is None


def test_the_link_of_the_letter_notifies_once_it_is_fetched_and_not_before(house: Tribunal, case: Case) -> None:
    secret = give_link(document=letter_of(case), person=house.applicant)
    link = link_of(secret)
    assert link is not None
    assert told(case) is None
    fetch_by_link(link=link)
    found = told(case)
    assert found is not None
    assert (found.way, found.person) == ("link", house.applicant)


def test_a_wrong_secret_or_one_past_its_day_opens_nothing(house: Tribunal, case: Case) -> None:
    secret = give_link(document=letter_of(case), person=house.applicant)
    assert link_of("x" * len(secret)) is None
    with time_machine.travel(timezone.now() + timedelta(days=91), tick=False):
        assert link_of(secret) is None


def test_what_is_collected_at_the_desk_notifies_on_its_day(house: Tribunal, case: Case) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
        line = collected(house, case, on=timezone.localdate() - timedelta(days=2))
        found = told(case)
    assert found is not None
    assert (found.way, found.on, found.handed_over) == ("paper", line.on, line)


def test_what_is_posted_proves_nothing_yet(house: Tribunal, case: Case) -> None:
    line = collected(house, case, way="post", tracking_number="RR123456789TN")
    assert told(case) is None
    assert (line.tracking_number, line.capacity, line.proof) == ("RR123456789TN", "", "")


def test_the_first_proof_is_kept_and_no_later_one(house: Tribunal, case: Case) -> None:
    note_opened(case=case, by=house.applicant)
    link = link_of(give_link(document=letter_of(case), person=house.applicant))
    assert link is not None
    with time_machine.travel(timezone.now() + timedelta(days=5), tick=False):
        fetch_by_link(link=link)
        collected(house, case)
        note_opened(case=case, by=house.applicant)
    assert Notification.objects.get().way == "account"


def test_a_line_that_is_noted_late_does_not_move_a_time_that_runs(house: Tribunal, case: Case) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=5), tick=False):
        note_opened(case=case, by=house.applicant)
        collected(house, case, on=timezone.localdate() - timedelta(days=4))
        found = told(case)
        assert found is not None
        assert (found.way, found.on) == ("account", timezone.localdate())


def test_each_proof_stands_in_the_audit_chain(house: Tribunal, case: Case) -> None:
    line = collected(house, case)
    found = told(case)
    assert found is not None
    entry = Entry.objects.get(seq=found.entry)
    assert (entry.action, entry.subject_id, entry.actor) == ("case.notified", str(case.pk), house.officer.pk)
    assert entry.data["way"] == "paper"
    handed = Entry.objects.get(action="document.handed_over")
    assert handed.data == {
        "line": line.pk,
        "way": "desk",
        "on": line.on.isoformat(),
        "office": "equivalence",
        "capacity": "holder",
        "proof": "identity_card",
    }
    assert not verify_chain().faults


def test_no_name_of_a_receiver_is_in_the_audit_chain(house: Tribunal, case: Case) -> None:
    collected(house, case, to_name="Zoulaykha Unmistakable")
    assert not any("Unmistakable" in str(entry.data) for entry in Entry.objects.all())


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"way": "bottle"}, "way"),
        ({"to_name": "  "}, "to_name"),
        ({"capacity": ""}, "capacity"),
        ({"proof": "friend"}, "proof"),
        ({"way": "post"}, "tracking_number"),
        ({"on": date(2020, 1, 1)}, "on"),
        ({"on": date(2999, 1, 1)}, "on"),
    ],
)
def test_a_line_that_proves_nothing_is_refused(
    house: Tribunal, case: Case, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        collected(house, case, **changes)
    assert refused.value.field == field
    assert not HandedOver.objects.exists()


def test_an_officer_hands_over_for_their_own_office_and_not_to_themselves(house: Tribunal, case: Case) -> None:
    with pytest.raises(Refusal):
        collected(house, case, office=house.region)
    Case.objects.filter(pk=case.pk).update(applicant=house.officer)
    case.refresh_from_db()
    with pytest.raises(Refusal):
        collected(house, case)


def test_a_member_without_such_a_role_hands_nothing_over(house: Tribunal, case: Case) -> None:
    editor = staff_of(house.central, Role.EDITOR)
    with pytest.raises(Refusal):
        hand_over(document=letter_of(case), by=editor, office=house.central, on=timezone.localdate(), **COLLECTED)


def test_an_office_reads_its_own_lines_and_an_auditor_all(house: Tribunal, case: Case) -> None:
    line = collected(house, case)
    assert list(register_for(house.officer)) == [line]
    assert list(register_for(house.desk)) == []
    assert list(register_for(staff_of(house.region, Role.AUDITOR))) == [line]


def test_the_register_is_narrowed_by_office_way_and_days(house: Tribunal, case: Case) -> None:
    today = timezone.localdate()
    desk, post = collected(house, case), collected(house, case, way="post", tracking_number="RR1")
    lines = register_for(house.officer)
    assert list(narrowed(lines, way="post")) == [post]
    assert set(narrowed(lines, office="equivalence", since=today, until=today)) == {desk, post}
    assert not narrowed(lines, until=today - timedelta(days=1)).exists()


def test_what_is_granted_is_notified_too(house: Tribunal) -> None:
    granted = house.at_signature()
    cases.sign(case=granted, by=house.delegate, version=granted.version)
    note_opened(case=granted, by=house.applicant)
    assert told(granted) is None  # its document is still being made: there is nothing to read
    Case.objects.filter(pk=granted.pk).update(state="issued")
    granted.refresh_from_db()
    note_opened(case=granted, by=house.applicant)
    assert told(granted) is not None
