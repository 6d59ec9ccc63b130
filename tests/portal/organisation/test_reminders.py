"""What ends within 90 days is on the desk, and is told once at 90, 60, 30 and 7 days."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from notifications.models import Notice
from portal.organisation.expiries import expiries
from portal.organisation.work import remind
from procedures.jobs.registry import daily_kinds
from registers.inspections.models import Finding, Visit
from registers.organisations.services import limit_to_structures
from registers.programmes.services import renew_homologation
from registers.structures.services import allow_speciality, suspend
from tests.portal.organisation.factories import (
    a_cause,
    a_certificate,
    a_group,
    a_homologation,
    a_programme,
    a_structure,
    an_exam,
)
from tests.procedures.kernel.factories import House
from tests.registers.organisations.factories import Body, serving
from tests.registers.organisations.test_what_is_filed import filed

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def body() -> Body:
    return Body()


def told(person: Any) -> list[str]:
    return list(Notice.objects.filter(person=person, event="organisation_expiry").values_list("body", flat=True))


def on(day: int) -> None:
    remind(day=(timezone.localdate() + day * DAY).isoformat())


def test_the_work_is_promised_every_day() -> None:
    assert {"organisation.remind", "organisation.clear_papers"} <= set(daily_kinds())


def test_an_end_is_told_at_each_threshold_once_also_after_a_day_off(body: Body) -> None:
    a_homologation(a_structure(body), ends_in=100)
    owner = body.owner.person
    counts = []
    for day in (0, 9, 10, 11, 40, 41, 69, 72, 93, 99, 100, 120):  # 30 days before fell on a day without any work
        on(day)
        counts.append(len(told(owner)))
    assert counts == [0, 0, 1, 1, 2, 2, 2, 3, 4, 4, 4, 4]
    assert len(told(body.secretary.person)) == 4  # whoever files is told, and nobody else
    assert told(body.exam_officer.person) == []


def test_what_ends_on_one_day_is_one_message(body: Body) -> None:
    structure = a_structure(body)
    for code in ("PAT-1", "ELB-1"):
        a_homologation(structure, ends_in=7, code=code)
    on(0)
    [message] = told(body.owner.person)
    assert message.count(structure.number) == 2


def test_what_was_renewed_is_not_told(body: Body) -> None:
    held = a_homologation(a_structure(body), ends_in=20)
    renew_homologation(a_cause(), homologation=held, until=held.until + 365 * DAY)
    on(0)
    assert told(body.owner.person) == []


def test_whoever_is_limited_to_a_structure_hears_of_no_other(body: Body) -> None:
    here, there = a_structure(body), a_structure(body, name="مركز الزيتونة")
    a_homologation(there, ends_in=20)
    limit_to_structures(staff=body.secretary, structures=[here])
    on(0)
    assert told(body.secretary.person) == []
    assert len(told(body.director.person)) == 1


def test_each_kind_of_end_says_what_to_do_next(body: Body) -> None:
    structure, today = a_structure(body), timezone.localdate()
    a_homologation(structure, ends_in=58)
    allow_speciality(
        a_cause(), structure=structure, speciality=speciality("LAW-1"), since=today, until=today + 40 * DAY
    )
    suspend(a_cause(), structure=structure, since=today, until=today + 5 * DAY)
    visit = Visit.objects.create(structure=structure, planned_on=today, recorded_at=timezone.now())
    Finding.objects.create(
        visit=visit, severity="minor", code="register", due_on=today + 14 * DAY, recorded_at=timezone.now()
    )
    found = expiries([structure], today)
    assert [(each.kind, each.left, each.look) for each in found] == [
        ("suspension", 5, "e1"),
        ("finding", 15, "e1"),
        ("teaching", 40, "e2"),
        ("homologation", 58, "e2"),
    ]
    assert all(each.next_step and each.title for each in found)


def speciality(code: str) -> str:
    return str(a_programme(code).speciality_id)


def test_a_page_costs_the_same_however_much_there_is(client: Client, body: Body) -> None:
    house, structure = House(), a_structure(body)

    def more(number: int) -> None:
        another = a_structure(body, name=f"مركز {number}")
        for code in ("PAT-1", "ELB-1"):
            group = a_group(a_homologation(another, ends_in=20, code=code).subject, f"{code}-{number}")
            an_exam(group, held_in=20)
            an_exam(group, held_in=-20)
            a_certificate(group, f"{number}-{code}")
        filed(body, body.director.person)
        serving(body.organisation, "secretary")

    more(1)
    client.force_login(body.owner.person)
    few = cost(client, body, structure)
    more(2)
    assert house.region
    assert cost(client, body, structure) == few
    assert max(few.values()) <= 30
    assert sum(few.values()) / len(few) <= 15


def cost(client: Client, body: Body, structure: Any) -> dict[str, int]:
    """Queries of each page."""
    own = {"organisation": body.organisation.public_id}
    pages = dict.fromkeys(("desk", "groups", "exams", "certificates", "cases", "staff", "deadlines"), own)
    found = {}
    for name, given in (pages | {"structure": own | {"number": structure.number}}).items():
        counts = []
        for _again in range(2):  # the lesser: what is read once and kept for a while is no part of a page
            with CaptureQueriesContext(connection) as asked:
                assert client.get(reverse(f"organisation_desk:{name}", kwargs=given)).status_code == 200
            counts.append(len(asked))
        found[name] = min(counts)
    return found
