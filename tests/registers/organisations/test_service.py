"""Who serves, from when until when: handing over, being away, leaving; and nobody does more than the table says."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from procedures.audit.models import Entry
from registers.organisations import inviting, services
from registers.organisations.errors import (
    BeyondReach,
    LastOwner,
    LinkIsOver,
    NotAllowed,
    NotInvited,
    NotTheirColleague,
    OwnersServeEverywhere,
    WrongDays,
)
from registers.organisations.models import Absence, Staff
from registers.organisations.roles import APPOINTS, MAY, READING, Act, Role
from registers.organisations.selectors import may, organisations_of, roles_in, standing_in
from registers.organisations.services import begin_service, end_service, enter_organisation
from registers.organisations.tax_numbers import NoTaxNumber
from tests.portal.organisation.factories import a_structure
from tests.procedures.kernel.factories import a_person
from tests.registers.organisations.factories import LONG_AGO, Body, an_organisation, serving

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def body() -> Body:
    return Body()


def today() -> date:
    return timezone.localdate()


def acts_of(person: Any, body: Body, on: date | None = None) -> frozenset[Act]:
    return frozenset(act for act in Act if may(person, body.organisation, act, on=on))


@pytest.mark.parametrize(
    "written", ["1234567M", " 1234567 m ", "1234567/M/A/E/001", "1234567.M.A.P.000", "1234567mbc000"]
)
def test_one_tax_number_however_it_is_written_is_one_organisation(written: str) -> None:
    first, made = enter_organisation(kind="company", tax_number="1234567M", name_ar="البستان")
    again, again_made = enter_organisation(kind="association", tax_number=written, name_ar="أخرى")
    assert (again, made, again_made) == (first, True, False)
    assert again.name_ar == "البستان"


@pytest.mark.parametrize("written", ["", "1234567", "12345678M", "1234567I", "ABC", "1234567M/A/E"])
def test_what_is_no_tax_number_is_refused(written: str) -> None:
    with pytest.raises(NoTaxNumber):
        enter_organisation(kind="company", tax_number=written, name_ar="البستان")


def test_a_service_counts_from_its_first_day_until_the_day_before_its_end(body: Body) -> None:
    staff = serving(body.organisation, "secretary", since=today() + DAY)
    person = staff.person
    staff.until = today() + 3 * DAY
    staff.save()
    held = [bool(roles_in(person, body.organisation, today() + n * DAY)) for n in range(5)]
    assert held == [False, True, True, False, False]
    assert organisations_of(person) == []
    assert organisations_of(person, today() + DAY) == [body.organisation]


def test_a_closed_account_does_nothing_any_more(body: Body) -> None:
    body.owner.person.is_active = False
    assert standing_in(body.owner.person, body.organisation) is None


def test_a_role_handed_over_reads_until_the_last_day_and_the_successor_acts_from_the_first(body: Body) -> None:
    on, successor = today() + 5 * DAY, a_person("Successor")
    services.hand_over(staff=body.director, to=successor, on=on, reads_until=on + 10 * DAY, by=body.owner.person)
    old = body.director.person
    assert acts_of(old, body, on - DAY) == MAY[Role.DIRECTOR]
    assert acts_of(old, body, on) == MAY[Role.DIRECTOR] & READING
    assert acts_of(old, body, on + 9 * DAY) == MAY[Role.DIRECTOR] & READING
    assert acts_of(old, body, on + 10 * DAY) == frozenset()
    assert acts_of(successor, body, on - DAY) == frozenset()
    assert acts_of(successor, body, on) == MAY[Role.DIRECTOR]
    with pytest.raises(WrongDays):  # once
        services.hand_over(staff=body.director, to=a_person(), by=body.owner.person)
    assert Entry.objects.filter(action="organisation.hand_over").count() == 1


def test_an_invited_successor_takes_over_when_they_accept_and_not_before_the_day(body: Body) -> None:
    successor, person = a_person("Successor"), body.owner.person
    _invitation, secret = inviting.invite_successor(
        staff=body.owner, email=successor.email, takes_over_on=today(), last_day=today() + 30 * DAY, by=person
    )
    assert acts_of(person, body) == MAY[Role.OWNER]
    with pytest.raises(LastOwner):
        end_service(staff=body.owner, by=person)
    with pytest.raises(NotInvited):  # whoever else holds the link
        inviting.accept_invitation(digest=inviting.digest_of(secret), by=a_person())
    inviting.accept_invitation(digest=inviting.digest_of(secret), by=successor)
    assert acts_of(person, body) == READING
    assert acts_of(successor, body) == MAY[Role.OWNER]
    body.owner.refresh_from_db()
    assert body.owner.until == today() + 31 * DAY
    end_service(staff=body.owner, by=person)  # now they may leave at once
    assert acts_of(person, body) == frozenset()
    with pytest.raises(LinkIsOver):
        inviting.accept_invitation(digest=inviting.digest_of(secret), by=successor)


def test_a_hand_over_has_days_that_follow_each_other(body: Body) -> None:
    for takes_over_on, last_day in ((-1, 5), (3, 1)):
        with pytest.raises(WrongDays):
            inviting.invite_successor(
                staff=body.owner,
                email="x@example.tn",
                takes_over_on=today() + takes_over_on * DAY,
                last_day=today() + last_day * DAY,
                by=body.owner.person,
            )


def test_the_last_owner_cannot_leave_without_a_successor(body: Body) -> None:
    owner, second = body.owner.person, serving(body.organisation, "owner")
    second.person.is_active = False
    second.person.save()
    with pytest.raises(LastOwner):  # a closed account owns nothing
        end_service(staff=body.owner, by=owner)
    later = serving(body.organisation, "owner", since=today() + DAY)
    with pytest.raises(LastOwner):
        end_service(staff=body.owner, by=owner)
    end_service(staff=body.owner, on=today() + DAY, by=owner)
    with pytest.raises(LastOwner):
        end_service(staff=later, on=today() + DAY, by=later.person)
    assert roles_in(owner, body.organisation) == {Role.OWNER}
    assert roles_in(owner, body.organisation, today() + DAY) == frozenset()


def test_a_stand_in_does_what_the_absent_colleague_may_on_these_days_alone(body: Body) -> None:
    clerk = body.secretary.person
    services.record_absence(
        staff=body.exam_officer,
        since=today() + DAY,
        until=today() + 2 * DAY,
        stand_in=body.secretary,
        by=clerk_of(body),
    )
    both = MAY[Role.SECRETARY] | MAY[Role.EXAM_OFFICER]
    seen = [acts_of(clerk, body, today() + n * DAY) == both for n in range(4)]
    assert seen == [False, True, True, False]
    absence = Absence.objects.get()
    services.end_absence(absence=absence, by=body.exam_officer.person)
    assert acts_of(clerk, body, today() + DAY) == MAY[Role.SECRETARY]
    services.record_absence(
        staff=body.director, since=today(), until=today() + DAY, stand_in=body.secretary, by=clerk_of(body)
    )
    end_service(staff=body.director)  # whoever left has no work that others do
    assert acts_of(clerk, body) == MAY[Role.SECRETARY]


def clerk_of(body: Body) -> Any:
    """Whoever notes the absences of colleagues."""
    return body.owner.person


def test_a_stand_in_serves_there_all_the_while_and_is_somebody_else(body: Body) -> None:
    stranger, leaving = Body().secretary, serving(body.organisation, "secretary")
    end_service(staff=leaving, on=today() + DAY)
    leaving.refresh_from_db()
    for stand_in in (stranger, body.director, leaving):
        with pytest.raises(NotTheirColleague):
            services.record_absence(
                staff=body.director, since=today(), until=today() + 5 * DAY, stand_in=stand_in, by=body.owner.person
            )


def test_a_role_may_be_limited_to_structures(body: Body) -> None:
    here, there = a_structure(body), a_structure(body, name="مركز الزيتونة")
    services.limit_to_structures(staff=body.secretary, structures=[here], by=body.owner.person)
    clerk, organisation = body.secretary.person, body.organisation
    assert may(clerk, organisation, Act.SEE_GROUPS, structure=here.pk)
    assert not may(clerk, organisation, Act.SEE_GROUPS, structure=there.pk)
    standing = standing_in(clerk, organisation)
    assert standing
    assert standing.structures_for(Act.SEE_GROUPS) == {here.pk}
    assert standing.structures_for(Act.SEE_CERTIFICATES) == frozenset()
    with pytest.raises(NotAllowed):
        services.limit_to_structures(staff=body.secretary, structures=[a_structure(Body())], by=body.owner.person)


def test_nobody_lets_others_reach_further_than_they_do_themselves(body: Body) -> None:
    here, there = a_structure(body), a_structure(body, name="مركز الزيتونة")
    by, organisation, clerk = body.director.person, body.organisation, body.secretary
    owner = body.owner.person
    services.limit_to_structures(staff=body.director, structures=[here], by=owner)
    for wanted in ([], [there], [here, there]):
        with pytest.raises(BeyondReach):
            inviting.invite(organisation=organisation, email="x@example.tn", role="secretary", by=by, structures=wanted)
        with pytest.raises(BeyondReach):
            begin_service(organisation=organisation, person=a_person(), role="secretary", structures=wanted, by=by)
    _made, secret = inviting.invite(
        organisation=organisation, email="y@example.tn", role="secretary", by=by, structures=[here]
    )
    for act in (
        lambda: services.limit_to_structures(staff=clerk, structures=[here], by=by),  # who reaches all of them
        lambda: end_service(staff=clerk, by=by),
        lambda: services.record_absence(staff=clerk, since=today(), until=today(), by=by),
    ):
        with pytest.raises(BeyondReach):
            act()
    services.limit_to_structures(staff=clerk, structures=[here], by=owner)
    with pytest.raises(BeyondReach):
        services.limit_to_structures(staff=clerk, structures=[], by=by)
    services.limit_to_structures(staff=body.director, structures=[there], by=owner)
    assert inviting.invitation_of(inviting.digest_of(secret)) is None  # its sender reaches no such structure any more


def test_an_owner_serves_in_every_structure(body: Body) -> None:
    here, owner = a_structure(body), body.owner.person
    with pytest.raises(OwnersServeEverywhere):
        services.limit_to_structures(staff=body.owner, structures=[here], by=owner)
    with pytest.raises(OwnersServeEverywhere):
        inviting.invite(organisation=body.organisation, email="x@example.tn", role="owner", by=owner, structures=[here])


def test_a_colleague_who_is_back_twice_is_back_once(body: Body) -> None:
    absence = services.record_absence(staff=body.secretary, since=today(), until=today(), by=body.secretary.person)
    for _twice in range(2):
        services.end_absence(absence=absence, by=body.secretary.person)
    assert not Absence.objects.exists()
    assert Entry.objects.filter(action="organisation.back").count() == 1


SERVICES = {
    "begin": lambda body, by, staff: begin_service(
        organisation=body.organisation, person=a_person(), role=staff.role, by=by
    ),
    "invite": lambda body, by, staff: inviting.invite(
        organisation=body.organisation, email=f"{a_person().pk}@example.tn", role=staff.role, by=by
    ),
    "limit": lambda body, by, staff: services.limit_to_structures(staff=staff, structures=[], by=by),
    "absence": lambda body, by, staff: services.record_absence(staff=staff, since=today(), until=today(), by=by),
    "successor": lambda body, by, staff: inviting.invite_successor(
        staff=staff, email=f"{a_person().pk}@example.tn", takes_over_on=today(), last_day=today(), by=by
    ),
    "end": lambda body, by, staff: end_service(staff=staff, by=by),
}


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("role", Role)
def test_a_role_changes_the_service_of_those_it_appoints_and_of_no_other(body: Body, role: Role, service: str) -> None:
    by = serving(body.organisation, role).person
    stranger = serving(Body().organisation, "owner").person
    for other in Role:
        staff = serving(body.organisation, other)
        with pytest.raises(NotAllowed):
            SERVICES[service](body, stranger, staff)
        if other in APPOINTS[role]:
            SERVICES[service](body, by, staff)
        else:
            with pytest.raises(NotAllowed):
                SERVICES[service](body, by, staff)


def test_whoever_appoints_may_manage_and_nobody_appoints_above_themselves() -> None:
    for role, appointed in APPOINTS.items():
        assert bool(appointed) == (Act.MANAGE_STAFF in MAY[role])
        assert all(MAY[other] <= MAY[role] for other in appointed)
        assert all(APPOINTS[other] <= appointed for other in appointed)


days = st.integers(-4, 4)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    held=st.lists(st.tuples(st.sampled_from(Role), days, st.none() | days, st.none() | days), max_size=3),
    away=st.none() | st.tuples(st.sampled_from(Role), days, days),
    asked=days,
)
def test_no_role_ever_does_more_than_its_table(held: Any, away: Any, asked: int) -> None:
    """Services of one person with any days, one of them handed over or borrowed: the table, worked out by hand."""
    organisation, person, start = an_organisation(), a_person(), today()
    expected: frozenset[Act] = frozenset()
    for role, since, until, reads in held:
        ends = None if until is None else max(since, until)
        Staff.objects.create(
            organisation=organisation,
            person=person,
            role=role,
            since=start + since * DAY,
            until=start + ends * DAY if ends is not None else start + 99 * DAY,
            reads_since=None if reads is None else start + reads * DAY,
        )
        if since <= asked and (ends is None or asked < ends):
            expected |= MAY[role] & READING if reads is not None and reads <= asked else MAY[role]
    if away is not None:
        role, since, until = away
        own = Staff.objects.create(organisation=organisation, person=person, role=Role.EXAM_OFFICER, since=LONG_AGO)
        absent = serving(organisation, role)
        Absence.objects.create(
            staff=absent,
            stand_in=own,
            since=start + since * DAY,
            until=start + until * DAY,
            recorded_by=person,
            recorded_at=timezone.now(),
        )
        expected |= MAY[Role.EXAM_OFFICER] | (MAY[role] if since <= asked <= until else frozenset())
    found = frozenset(act for act in Act if may(person, organisation, act, on=start + asked * DAY))
    assert found == expected
