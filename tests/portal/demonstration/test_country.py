"""The invented country: believable, labelled, the same each time, loaded once however often it is begun."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from portal.accounts.models import User
from portal.demonstration.country import groups as playing
from portal.demonstration.country import names
from portal.demonstration.country.chance import chance_of
from portal.demonstration.country.loading import Loaded, NotReady, load_country
from portal.demonstration.country.plan import planned_groups, planned_structures
from procedures.offices.models import Membership, Office, Role
from registers.certificates.models import Certificate, CertificateStatus
from registers.organisations.models import Organisation
from registers.organisations.selectors import standings_of
from registers.people.models import DuplicateProposal, Person
from registers.people.names import Names, likeness, skeleton
from registers.programmes.models import Homologation
from registers.structures.models import Status, Structure
from registers.structures.selectors import as_of, with_status
from registers.training.models import AttendanceWeek, Enrolment, Session

# Private and public bodies, and words that stand in the names of many: none may appear in a name made up.
REAL = (
    "atfp", "cenaffif", "gomycode", "esprit", "sesame", "pigier", "carthage", "hannibal", "bourguiba", "khaldoun",
    "ibn sina", "amideast", "elyssa", "jasmin", "yasmine", "avicenne", "zitouna", "majd", "amel", "najah", "salama",
    "لينكولن", "قرطاج", "حنبعل", "بورقيبة", "خلدون", "ابن سينا", "الياسمين", "الزيتونة", "النجاح", "الأمل", "المستقبل",
)  # fmt: skip
SMALL: dict[str, int] = {"structures": 13, "trainees": 130}


@pytest.fixture
def accounts(db: None) -> dict[str, Any]:
    for command in ("load_offices", "load_specialities", "load_places", "load_programmes"):
        call_command(command, verbosity=0)
    made = {
        code: User.objects.create_user(f"{code}@demo.takwin.example", name=code)
        for code in ("centre", "officer", "administrator")
    }
    central = Office.objects.get(code="equivalence")
    Membership.objects.create(
        person=made["administrator"], office=central, role=Role.ADMINISTRATOR, since=date(2020, 1, 1)
    )
    return made


def counted() -> tuple[int, ...]:
    return tuple(
        model.objects.count()
        for model in (Structure, Organisation, Person, Session, Enrolment, Certificate, Homologation)
    )


def test_a_country_is_loaded_once_and_every_row_says_that_it_is_invented(accounts: dict[str, Any]) -> None:
    assert load_country(**SMALL) == Loaded(structures=13, trainees=130)
    for model in (Structure, Organisation, Person, Session, Certificate):
        assert model.objects.exists()
        assert not model.objects.filter(invented=False).exists()
    before = counted()
    assert load_country(**SMALL) == Loaded()
    assert counted() == before
    today = timezone.localdate()
    assert with_status(today, Status.SUSPENDED).count() == with_status(today, Status.CLOSED).count() == 1
    assert with_status(today, Status.DECLARED).count() == 1
    assert AttendanceWeek.objects.exists()
    assert DuplicateProposal.objects.exists()
    assert set(CertificateStatus.objects.values_list("status", flat=True)) == {"revoked", "suspended"}


def test_the_centres_account_owns_several_structures_with_something_to_renew_in_each_delay(
    accounts: dict[str, Any],
) -> None:
    load_country(**SMALL)
    (standing,) = standings_of(accounts["centre"])
    own = Structure.objects.filter(organisation=standing.organisation)
    assert own.count() == 4
    assert own.filter(parent__isnull=False).count() == 1
    today = timezone.localdate()
    left = [
        (held.until - today).days
        for held in Homologation.objects.filter(subject__structure__in=own, superseded_at__isnull=True)
        if held.until is not None
    ]
    for least, most in ((0, 7), (7, 30), (30, 60), (60, 90), (90, 2000), (-60, 0)):
        assert any(least <= days < most for days in left), (least, most)
    assert as_of(own.order_by("pk")[0], today).homologations


def test_a_loading_that_was_cut_off_goes_on_another_day_with_the_dates_of_the_first(
    accounts: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    real, done = playing._play, []

    def cut_off(*given: Any) -> None:
        if len(done) == 3:
            raise KeyboardInterrupt
        done.append(real(*given))

    first_day = timezone.localdate()
    monkeypatch.setattr(playing, "_play", cut_off)
    with pytest.raises(KeyboardInterrupt):
        load_country(**SMALL)
    monkeypatch.setattr(playing, "_play", real)
    with time_machine.travel(timezone.now() + timedelta(days=9), tick=True):
        load_country(**SMALL)
    planned = planned_structures(13)
    assert Enrolment.objects.count() == 130
    assert Session.objects.count() == len(planned_groups(planned, 130))
    assert set(Structure.objects.values_list("opened_on", flat=True)) == {
        first_day - timedelta(days=each.age) for each in planned
    }


def test_a_country_needs_offices_and_programmes_and_the_settings_of_the_demonstration(db: None) -> None:
    with pytest.raises(NotReady):
        load_country()
    with pytest.raises(CommandError, match="demonstration settings"):
        call_command("load_country")


def test_the_whole_country_has_24_governorates_60_structures_and_3000_trainees_each_once() -> None:
    structures = planned_structures()
    assert len(structures) == 60
    assert len({each.place for each in structures}) == 24
    taken = [number for each in planned_groups(structures) for number in range(each.first, each.first + each.size)]
    assert taken == list(range(3000))


def test_trainees_have_names_that_say_the_same_in_both_scripts() -> None:
    people = [names.person_names(chance_of("trainee", number)) for number in range(3000)]
    assert len({each.first for each in people}) >= 120
    assert len({each.last for each in people}) >= 150
    heard = {
        each: likeness(
            Names(first_ar=each.first.arabic, last_ar=each.last.arabic),
            Names(first_lat=each.first.latin, last_lat=each.last.latin),
        )
        for each in people[:400]
    }
    unlike = [each for each, how_much in heard.items() if how_much < 80]
    assert len(unlike) <= 4, unlike


def test_names_of_structures_are_made_of_words_that_nobody_bears() -> None:
    called = [names.structure_names(position) for position in range(1100)]
    called += [names.organisation_names(position) for position in range(1100)]
    written = [f"{each['ar']} {each['fr']}".lower() for each in called]
    assert [name for name in written if any(word in name for word in REAL)] == []
    assert len(set(written)) == len(written)
    assert [each for each in names.roots() if skeleton(each.arabic) != skeleton(each.latin)] == []
