"""An organisation with a structure that runs: homologated, with groups, exams and certificates."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from registers.certificates.models import Certificate
from registers.history.causes import Cause
from registers.people.models import Person
from registers.programmes.models import Programme
from registers.programmes.services import grant_homologation, open_offer
from registers.specialities.models import Speciality
from registers.structures.models import Status, Structure
from registers.structures.services import allow_speciality, declare_structure
from registers.training.models import Exam, Session
from tests.procedures.kernel.factories import a_person
from tests.registers.organisations.factories import Body

OPENED = date(2022, 1, 3)


def a_cause() -> Cause:
    return Cause(by=a_person("Officer"), reason="test")


def a_structure(body: Body, *, name: str = "مركز البستان", place: str = "TN-52") -> Structure:
    return declare_structure(
        a_cause(),
        organisation=body.organisation,
        names={"ar": name, "fr": "Centre El Bostan"},
        place=place,
        since=OPENED,
        capacity=60,
        receipt_number="CC-1",
        director={"ar": "هدى الزواري", "lat": "Houda Zouari"},
        status=Status.ACTIVE,
    )


def a_programme(code: str = "PAT-1") -> Programme:
    names = {f"{part}_{language}": "Bakery" for part in ("sector", "name") for language in ("ar", "fr", "en")}
    speciality, _made = Speciality.objects.get_or_create(code=code, defaults=names | {"invented": True})
    titles = {"title_ar": "صناعة المرطبات", "title_fr": "Pâtisserie", "title_en": "Pastry"}
    return Programme.objects.get_or_create(
        code=code, defaults=titles | {"speciality": speciality, "level": "CAP", "hours": 1200}
    )[0]


def a_homologation(structure: Structure, *, ends_in: int, code: str = "PAT-1") -> Any:
    """One that ends in so many days."""
    programme, until = a_programme(code), timezone.localdate() + timedelta(days=ends_in)
    allow_speciality(a_cause(), structure=structure, speciality=code, since=OPENED)
    offer = open_offer(a_cause(), structure=structure, programme=programme, since=OPENED)
    return grant_homologation(a_cause(), offer=offer, since=OPENED, until=until)


def a_group(offer: Any, label: str = "PAT-26-A", *, places: int = 20, ends_in: int = 200) -> Session:
    today = timezone.localdate()
    return Session.objects.create(
        offer=offer,
        label=label,
        since=today - timedelta(days=60),
        until=today + timedelta(days=ends_in),
        places=places,
        homologated=True,
        declared_at=timezone.now(),
    )


def an_exam(session: Session, *, held_in: int) -> Exam:
    held_on = timezone.localdate() + timedelta(days=held_in)
    return Exam.objects.create(session=session, held_on=held_on, recorded_at=timezone.now())


def a_certificate(session: Session, serial: str, *, invented: bool = False) -> Certificate:
    today = timezone.localdate()
    return Certificate.objects.create(
        serial=serial,
        person=Person.objects.create(first_ar="آمنة", last_ar="بن صالح", entered_at=timezone.now()),
        programme=session.offer.programme,
        structure=session.offer.structure,
        session=session,
        holder_ar="آمنة بن صالح",
        issued_on=today,
        source=Certificate.Source.PORTAL,
        homologated=True,
        invented=invented,
        recorded_at=timezone.now(),
    )
