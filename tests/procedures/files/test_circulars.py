"""A circular from the file to the public page: values and moratoria from a day on, two persons, and who is told."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from notifications.selectors import notices_of
from procedures.audit.models import Entry
from procedures.audit.selectors import entries_about
from procedures.cases import services
from procedures.cases.models import Case
from procedures.cases.states import State
from procedures.documents.models import Document
from procedures.jobs.services import sweep
from procedures.registry import procedure
from procedures.resolving import resolve
from registers.specialities.models import Moratorium
from registers.specialities.selectors import moratorium_on
from registers.structures.services import allow_speciality
from tests.procedures.documents.factories import issued_decision
from tests.procedures.files.factories import Directorate, in_days, opened, prepares, signs, the_equivalence_service
from tests.procedures.kernel.factories import a_person, staff_of, the_directorate
from tests.registers.factories import a_speciality, by_case

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
NOTICE_DAYS = "parameter.authority.notice_days"


class Ministry:
    """A central service: who opens and prepares, who signs."""

    def __init__(self) -> None:
        self.officer, self.delegate = the_equivalence_service()
        self.speciality = a_speciality("BAT-01")

    def opens(self, sample: str = "values", **changes: Any) -> Case:
        return opened("circular", self.officer, {}, sample=sample, **changes)

    def publishes(self, sample: str = "values", **changes: Any) -> Case:
        case = self.opens(sample, **changes)
        prepares(case, self.officer, "register")
        signs(case, self.delegate)
        sweep()
        case.refresh_from_db()
        return case


@pytest.fixture
def ministry(place: Directorate) -> Ministry:
    return Ministry()


def in_force(path: str, days: int) -> Any:
    return resolve("formal_notice", on=TODAY() + timedelta(days=days)).in_force.get(path.removeprefix("parameter."))


def halted(ministry: Ministry, days: int, governorate: str = "TN-81") -> Moratorium | None:
    return moratorium_on(ministry.speciality.pk, governorate, TODAY() + timedelta(days=days), kind="opening")


def told(person: Any) -> list[str]:
    return [notice.subject for notice in notices_of(person) if notice.event == "others"]


def test_a_value_holds_from_its_day_on_the_circular_behind_it_and_nothing_changes_before_the_signature(
    ministry: Ministry,
) -> None:
    case = ministry.opens()
    prepares(case, ministry.officer, "register")
    assert in_force(NOTICE_DAYS, 1) is None
    signs(case, ministry.delegate)
    assert in_force(NOTICE_DAYS, 0) is None
    held = in_force(NOTICE_DAYS, 1)
    assert (held.value, held.since) == (20, TODAY() + timedelta(days=1))
    assert str(held.basis.cites) == "Circular 2026-12"
    (entry,) = Entry.objects.filter(action="value.set")
    assert entry.actor is None
    assert entry.data["case"] == case.pk


def test_a_running_case_keeps_the_value_of_its_day_and_a_new_one_takes_the_new(
    ministry: Ministry, place: Directorate
) -> None:
    before = place.opens("formal_notice", demand={"mend_by": in_days(16)})
    ministry.publishes()
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        before.refresh_from_db()
        assert before.parameters["authority.notice_days"] == 15
        assert resolve("formal_notice", on=timezone.localdate(before.filed_at)).in_force == {}
        with pytest.raises(services.RulesBroken):
            place.opens("formal_notice", demand={"mend_by": in_days(16)})
        after = place.opens("formal_notice", demand={"mend_by": in_days(21)})
        assert after.parameters["authority.notice_days"] == 20


def test_two_values_change_in_one_act_or_none_does(ministry: Ministry) -> None:
    ministry.publishes("two_values")
    changed = resolve("formal_notice", on=TODAY() + timedelta(days=1))
    assert changed.deadlines[-1].within.amount == 30
    assert changed.in_force["authority.notice_days"].value == 20


def test_nobody_signs_what_they_opened_or_prepared(ministry: Ministry) -> None:
    case = ministry.opens()
    prepares(case, ministry.officer, "register")
    with pytest.raises(services.NotAllowed):
        signs(case, ministry.officer)
    assert not Entry.objects.filter(action="value.set").exists()


def test_a_day_that_has_passed_before_the_signature_stops_it(ministry: Ministry) -> None:
    case = ministry.opens()
    prepares(case, ministry.officer, "register")
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False), pytest.raises(services.NotAllowed):
        signs(case, ministry.delegate)
    case.refresh_from_db()
    assert case.state == State.SIGNATURE
    assert in_force(NOTICE_DAYS, 5) is None


def test_what_the_register_refuses_takes_the_values_back_too(ministry: Ministry) -> None:
    case = ministry.opens(
        "values",
        act={"halts": True},
        moratorium={"speciality": "BAT-01", "since": in_days(1), "until": None},
    )
    prepares(case, ministry.officer, "register")
    ministry.publishes("moratorium", moratorium={"speciality": "BAT-01"})
    with pytest.raises(services.NotAllowed):
        signs(case, ministry.delegate)
    assert in_force(NOTICE_DAYS, 1) is None


def test_a_moratorium_begins_and_another_circular_ends_it(ministry: Ministry) -> None:
    begun = ministry.publishes("moratorium", moratorium={"speciality": "BAT-01", "governorate": "TN-81"})
    assert halted(ministry, 0) is None
    row = halted(ministry, 1)
    assert row is not None
    assert (row.case_id, row.reference, row.until) == (begun.pk, "2026-12", TODAY() + timedelta(days=31))
    assert halted(ministry, 1, "TN-82") is None
    (entry,) = entries_about(ministry.speciality).filter(action="moratorium.declare")
    assert entry.data["case"] == begun.pk

    end = {"act": "ends", "speciality": "BAT-01", "governorate": "TN-81", "since": in_days(10), "until": None}
    ended = ministry.publishes("moratorium", moratorium=end)
    assert halted(ministry, 9) is not None
    assert halted(ministry, 10) is None
    assert Moratorium.objects.get(superseded_at=None).end_case_id == ended.pk


def test_a_moratorium_that_already_holds_or_is_not_there_to_end_stops_the_file(ministry: Ministry) -> None:
    with pytest.raises(services.RulesBroken):
        ministry.opens("moratorium", moratorium={"speciality": "BAT-01", "act": "ends", "until": None})
    ministry.publishes("moratorium", moratorium={"speciality": "BAT-01"})
    with pytest.raises(services.RulesBroken):
        ministry.opens("moratorium", moratorium={"speciality": "BAT-01"})


def test_it_is_given_up_and_nothing_is_published(ministry: Ministry) -> None:
    case = ministry.opens("given_up", moratorium={"speciality": "BAT-01"})
    prepares(case, ministry.officer, "conform")
    signs(case, ministry.delegate)
    sweep()
    case.refresh_from_db()
    assert (case.state, case.outcome) == (State.ISSUED, "conform")
    assert halted(ministry, 1) is None
    assert not case.documents.exists()
    assert "2026-12" not in Client().get(reverse("circulars:list")).content.decode()


def test_anybody_reads_it_with_what_changes_and_fetches_the_sealed_document(ministry: Ministry) -> None:
    case = ministry.publishes()
    document = case.documents.get()
    assert (document.state, document.output) == (Document.State.ISSUED, "circular")
    (shown,) = Client().get(reverse("circulars:list")).context["circulars"]
    assert shown.reference == "2026-12"
    (number,) = [text for label, text in shown.rows if text == "20"]
    assert number
    fetched = Client().get(reverse("circulars:file", args=(document.public_id,)))
    assert b"".join(fetched.streaming_content).startswith(b"%PDF")


def test_only_what_is_published_is_fetched_there(ministry: Ministry) -> None:
    decision = issued_decision()
    assert Client().get(reverse("circulars:file", args=(decision.public_id,))).status_code == 404
    waiting = ministry.opens()
    prepares(waiting, ministry.officer, "register")
    assert Client().get(reverse("circulars:list")).context["circulars"] == []
    signs(waiting, ministry.delegate)  # and nothing has sealed it yet
    making = waiting.documents.get()
    assert making.state == Document.State.PREPARING
    assert Client().get(reverse("circulars:list")).context["circulars"] == []
    assert Client().get(reverse("circulars:file", args=(making.public_id,))).status_code == 404


def test_a_circular_corrects_another_and_the_list_says_so(ministry: Ministry) -> None:
    first = ministry.publishes()
    code = first.documents.get().public_id
    second = ministry.publishes(act={"corrects": code, "reference": "2026-13"}, value={"number": "18"})
    assert in_force(NOTICE_DAYS, 1).value == 18
    newer, older = Client().get(reverse("circulars:list")).context["circulars"]
    assert [each.public_id for each in older.corrected_by] == [second.documents.get().public_id]
    assert newer.corrected_by == []
    decision = issued_decision()
    with pytest.raises(services.RulesBroken):
        ministry.opens(act={"corrects": decision.public_id})


def test_the_list_asks_as_many_questions_of_the_database_for_three_as_for_one(ministry: Ministry) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert Client().get(reverse("circulars:list")).status_code == 200
        return len(queries)

    ministry.publishes()
    asked()  # what is read once of the site, or again once its cache is old
    one = asked()
    for number in ("18", "19"):
        ministry.publishes(act={"reference": f"2026-{number}"}, value={"number": number})
    asked()
    assert asked() == one


def test_a_revoked_circular_says_so_in_the_list(ministry: Ministry) -> None:
    document = ministry.publishes().documents.get()
    document.periods.create(status="revoked", since=timezone.now(), reason="error")
    (shown,) = Client().get(reverse("circulars:list")).context["circulars"]
    assert shown.is_revoked


def test_offices_that_apply_it_are_told_once_and_nobody_else(ministry: Ministry, place: Directorate) -> None:
    elsewhere = staff_of(the_directorate("TN-83"), "desk_officer", "Dhia")
    stranger = a_person("Sami")
    ministry.publishes()
    for person in (place.inspector, place.director, elsewhere, ministry.officer, ministry.delegate):
        assert len(told(person)) == 1, person
    assert told(stranger) == told(place.owner) == []
    sweep()
    assert len(told(place.inspector)) == 1


def test_a_moratorium_of_one_governorate_is_told_there_and_to_the_structures_that_train_in_the_speciality(
    ministry: Ministry, place: Directorate
) -> None:
    elsewhere = staff_of(the_directorate("TN-83"), "desk_officer", "Dhia")
    allow_speciality(by_case(), structure=place.structure, speciality="BAT-01", since=TODAY() - timedelta(days=9))
    ministry.publishes("moratorium", moratorium={"speciality": "BAT-01", "governorate": "TN-81"})
    assert len(told(place.inspector)) == len(told(ministry.officer)) == len(told(place.owner)) == 1
    assert told(elsewhere) == []
    assert "speciality" in told(place.owner)[0] or "اختصاص" in told(place.owner)[0]


def test_a_circular_opened_twice_with_one_key_is_one_file(ministry: Ministry) -> None:
    key = uuid4()
    assert ministry.opens(key=key) == ministry.opens(key=key)
    assert procedure("circular").unheard
