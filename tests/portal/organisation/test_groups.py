"""One group: its trainees, their hours, its exams and results, for the staff of its own structure alone."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from registers.history.causes import Cause
from registers.organisations.services import limit_to_structures
from registers.people.models import Person
from registers.training.models import JuryMember, Session
from registers.training.services import (
    Attended,
    GivenMember,
    GivenResult,
    correct_result,
    deliberate,
    enrol,
    hold_exam,
    leave,
    record_attendance,
    record_results,
)
from tests.portal.organisation.factories import a_cause, a_group, a_homologation, a_structure
from tests.registers.organisations.factories import Body

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def body() -> Body:
    return Body()


def page_of(group: Session, body: Body) -> str:
    given = {"organisation": body.organisation.public_id, "group": group.public_id}
    return reverse("organisation_desk:group", kwargs=given)


def group_of(body: Body, *, name: str = "مركز البستان") -> Session:
    return a_group(a_homologation(a_structure(body, name=name), ends_in=20).subject)


def a_trainee(group: Session, last: str = "Ben Salah") -> Any:
    person = Person.objects.create(
        first_ar="آمنة", last_ar="بن صالح", first_lat="Amna", last_lat=last, entered_at=timezone.now()
    )
    return enrol(a_cause(), session=group, person=person, on=group.since)[0]


def monday_of(group: Session) -> date:
    return group.since + (7 - group.since.weekday()) * DAY


def text(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_a_group_shows_who_follows_it_how_long_they_were_there_and_what_they_obtained(
    client: Client, body: Body
) -> None:
    group, cause = group_of(body), Cause(batch=1)
    stays, left = a_trainee(group), a_trainee(group, "Zouari")
    wrong = leave(a_cause(), enrolment=a_trainee(group, "Wrong"), on=group.since, outcome="mistake")
    leave(a_cause(), enrolment=left, on=group.since + 9 * DAY, outcome="dropped_out")
    weeks = [
        Attended(stays, monday_of(group), Decimal("28.50")),
        Attended(stays, monday_of(group) + 7 * DAY, Decimal(40)),
    ]
    record_attendance(cause, weeks=weeks)
    jury = [GivenMember(name_ar="هدى الزواري", name_lat="Houda Zouari", role=JuryMember.Role.PRESIDENT)]
    exam = hold_exam(cause, session=group, held_on=group.since + 30 * DAY, jury=jury)
    marked = record_results(cause, results=[GivenResult(exam, stays, Decimal("9.50")), GivenResult(exam, left, None)])
    deliberate(cause, exam=exam, on=group.since + 31 * DAY)
    correct_result(a_cause(), result=marked[0][0], mark=Decimal("12.50"))
    client.force_login(body.secretary.person)

    page = text(client, page_of(group, body))

    for words in (
        "Amna Ben Salah",
        '<span class="num">68.5</span> of <span class="num">80</span> hours',
        '<span class="num">12.5</span> of 20',
        "absent",
        "Left before the end",
        "not counted yet",
        "Houda Zouari",
        '<span class="num">1</span> passed of <span class="num">2</span>',
    ):
        assert words in page, words
    assert "9.5" not in page  # superseded
    assert str(wrong.person) not in page
    assert page.index("Ben Salah") < page.index("Zouari")
    assert f'<dd><span class="num">1</span> of <span class="num">{group.places}</span></dd>' in page


def test_a_group_that_has_ended_counts_those_who_stayed_to_the_end(client: Client, body: Body) -> None:
    group = group_of(body)
    stayed, left = a_trainee(group), a_trainee(group, "Zouari")
    Session.objects.update(until=timezone.localdate() - DAY)
    group.refresh_from_db()
    leave(a_cause(), enrolment=stayed, on=group.until, outcome="completed")
    leave(a_cause(), enrolment=left, on=group.until - DAY, outcome="dropped_out")
    client.force_login(body.owner.person)
    page = text(client, page_of(group, body))
    assert f'<dd><span class="num">1</span> of <span class="num">{group.places}</span></dd>' in page


def test_groups_lead_to_their_page_and_the_menu_says_where_one_is(client: Client, body: Body) -> None:
    group = group_of(body)
    client.force_login(body.exam_officer.person)
    listed = reverse("organisation_desk:groups", kwargs={"organisation": body.organisation.public_id})
    assert page_of(group, body) in text(client, listed)
    page = text(client, page_of(group, body))
    assert f'href="{listed}" aria-current="page"' in page
    assert "Import exam results" in page
    assert "Import trainees" not in page  # an exam officer brings results, and no trainees


def test_a_group_elsewhere_cancelled_or_beyond_ones_structures_does_not_exist(client: Client, body: Body) -> None:
    other = Body()
    mine, theirs = group_of(body), group_of(other, name="مركز الزيتونة")
    client.force_login(body.owner.person)
    assert client.get(page_of(mine, body)).status_code == 200
    assert client.get(page_of(theirs, body)).status_code == 404  # theirs under one's own organisation
    assert client.get(page_of(theirs, other)).status_code == 404
    assert client.post(page_of(mine, body)).status_code == 405
    limit_to_structures(staff=body.secretary, structures=[a_structure(body, name="مركز النخيل")])
    client.force_login(body.secretary.person)
    assert client.get(page_of(mine, body)).status_code == 404
    Session.objects.update(state=Session.State.CANCELLED)
    client.force_login(body.owner.person)
    assert client.get(page_of(mine, body)).status_code == 404


def test_a_group_costs_the_same_however_many_follow_it(client: Client, body: Body) -> None:
    group = group_of(body)
    client.force_login(body.owner.person)

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page_of(group, body)).status_code == 200
        return len(asked)

    a_trainee(group)
    exam = hold_exam(Cause(batch=1), session=group, held_on=group.since + DAY)
    cost()
    few = cost()
    results = [GivenResult(exam, a_trainee(group, f"B{number}"), Decimal(12)) for number in range(4)]
    record_results(Cause(batch=1), results=results)
    hold_exam(Cause(batch=1), session=group, held_on=group.since + 2 * DAY)
    assert cost() == few <= 15
