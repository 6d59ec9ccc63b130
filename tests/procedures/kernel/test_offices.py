"""Who serves where and when."""

from datetime import timedelta

import pytest
from django.utils import timezone

from procedures.audit.models import Entry
from procedures.offices import selectors, services
from procedures.offices.models import Membership, Role
from tests.procedures.kernel.factories import a_person, staff_of, the_central_service, the_directorate

pytestmark = pytest.mark.django_db


def test_a_membership_counts_from_its_first_day_until_and_not_including_its_last():
    office, person = the_directorate(), a_person()
    today = timezone.localdate()
    membership = services.appoint(person=person, office=office, role=Role.DESK_OFFICER, since=today)
    assert selectors.roles_of(person) == {Role.DESK_OFFICER}
    services.end_membership(membership=membership, until=today)
    person = type(person).objects.get(pk=person.pk)
    assert selectors.roles_of(person) == frozenset()
    later = services.appoint(person=person, office=office, role=Role.INSPECTOR, since=today + timedelta(days=1))
    assert later.pk
    assert selectors.roles_of(person) == frozenset()


def test_appointing_twice_is_one_membership_and_each_change_is_on_record():
    office, person = the_directorate(), a_person()
    for _ in range(2):
        services.appoint(person=person, office=office, role=Role.DESK_OFFICER)
    assert Membership.objects.count() == 1
    assert list(Entry.objects.values_list("action", flat=True)) == ["office.open", "office.appoint"]


def test_an_account_that_is_closed_holds_no_role():
    person = staff_of(the_directorate(), Role.DESK_OFFICER)
    person.is_active = False
    person.save()
    person = type(person).objects.get(pk=person.pk)
    assert selectors.roles_of(person) == frozenset()
    assert not selectors.offices_of(person).exists()


def test_a_place_without_an_open_office_is_said_and_not_guessed():
    office = the_directorate("TN-82")
    assert selectors.regional_office("TN-82") == office
    office.is_open = False
    office.save()
    with pytest.raises(selectors.NoOffice):
        selectors.regional_office("TN-82")
    with pytest.raises(selectors.NoOffice):
        selectors.central_service("equivalence")


def test_the_delegate_acts_for_every_central_service_and_for_no_directorate():
    region, central = the_directorate(), the_central_service()
    elsewhere = services.open_office(code="cabinet", kind="central", names=dict.fromkeys(("ar", "fr", "en"), "Cabinet"))
    delegate = staff_of(elsewhere, Role.MINISTER_DELEGATE)
    assert selectors.serves(delegate, central, Role.MINISTER_DELEGATE)
    assert not selectors.serves(delegate, region, Role.MINISTER_DELEGATE)
    assert not selectors.serves(delegate, central, Role.CENTRAL_OFFICER)


def test_the_people_of_an_office_are_found_by_role():
    office = the_directorate()
    officer, director = staff_of(office, Role.DESK_OFFICER, "A"), staff_of(office, Role.REGIONAL_DIRECTOR, "B")
    assert list(selectors.people_in(office)) == [officer, director]
    assert list(selectors.people_in(office, Role.REGIONAL_DIRECTOR)) == [director]
    assert list(selectors.offices_of(officer, Role.DESK_OFFICER)) == [office]
