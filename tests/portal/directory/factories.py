"""A few structures with a life behind them, written through the services of the registers."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from procedures.offices import services as offices
from registers.organisations.models import Kind, Organisation
from registers.programmes import services as programmes
from registers.programmes.models import Homologation, Programme
from registers.specialities.models import Speciality
from registers.structures import services
from registers.structures.models import Structure
from tests.procedures.kernel.factories import a_person

DAY = timedelta(days=1)
DIRECTOR = {"ar": "كناري المديرة", "lat": "Canaria Directrice"}  # must never be seen
NOTE = "canary in a note"


def a_cause() -> services.Cause:
    return services.Cause(by=a_person(), reason="test", note=NOTE)


def a_speciality(code: str, name_ar: str, name_fr: str) -> Speciality:
    return Speciality.objects.get_or_create(
        code=code,
        defaults={
            "sector_ar": "كهرباء", "sector_fr": "Électricité", "sector_en": "Electricity",
            "name_ar": name_ar, "name_fr": name_fr, "name_en": f"{name_fr} (en)",
        },
    )[0]  # fmt: skip


def a_structure(
    name_ar: str = "هيكل الياسمين", name_fr: str = "Structure Yasmine", *, place: str = "TN-52", **values: Any
) -> Structure:
    """Active since 2017, one hundred places."""
    said = {
        "organisation": None, "since": date(2017, 7, 3), "director": DIRECTOR, "receipt_number": "R-17",
        "capacity": 100, "status": "active", "kinds": ["initial"], "phone": "+21673000000",
    }  # fmt: skip
    return services.declare_structure(a_cause(), names={"ar": name_ar, "fr": name_fr}, place=place, **(said | values))


def teaches(structure: Structure, speciality: Speciality, since: date = date(2017, 7, 3)) -> None:
    services.allow_speciality(a_cause(), structure=structure, speciality=speciality, since=since)


def homologated(
    structure: Structure, speciality: Speciality, since: date, until: date | None, level: str = "BTP"
) -> Homologation:
    programme, _made = Programme.objects.get_or_create(
        code=f"{speciality.pk}-{level}",
        defaults={
            "title_ar": speciality.name_ar, "title_fr": speciality.name_fr, "speciality": speciality,
            "level": level, "hours": 1200,
        },
    )  # fmt: skip
    offer = programmes.open_offer(a_cause(), structure=structure, programme=programme, since=since)
    return programmes.grant_homologation(a_cause(), offer=offer, since=since, until=until)


def an_entrepreneur(name: str) -> Organisation:
    return Organisation.objects.create(kind=Kind.ENTREPRENEUR, tax_number="1234567M", name_ar=name, name_fr=name)


def the_directorate_of(place: str) -> Any:
    return offices.open_office(
        code=f"rd-{place[3:]}", kind="regional", place=place, names={"ar": "إدارة", "fr": "Direction", "en": "Office"}
    )


def a_small_directory() -> dict[str, Structure]:
    """Sahel: homologated and not; Gabès: suspended; Tunis: closed; a branch in Sousse; one that declared itself."""
    today = timezone.localdate()
    electricity = a_speciality("ELE-01", "كهرباء البناء", "Électricité du bâtiment")
    pastry = a_speciality("PAT-01", "صناعة المرطّبات", "Pâtisserie")
    hair = a_speciality("COI-01", "حلاقة وتجميل", "Coiffure et esthétique")
    office = a_speciality("INF-01", "إعلامية مكتبية", "Bureautique")
    sahel = a_structure(
        "هيكل الساحل للتكوين", "Structure du Sahel de formation", kinds=["initial", "continuing"], capacity=260,
        address={"ar": "شارع البيئة، المنستير 5000", "fr": "Avenue de l’Environnement, 5000 Monastir"},
    )  # fmt: skip
    for speciality in (electricity, pastry, hair):
        teaches(sahel, speciality)
    teaches(sahel, office)
    services.withdraw_speciality(a_cause(), structure=sahel, speciality=office, on=date(2020, 6, 1))
    homologated(sahel, electricity, date(2018, 1, 15), date(2021, 1, 15))
    homologated(sahel, electricity, date(2021, 1, 15), date(2024, 1, 21))
    homologated(sahel, electricity, date(2024, 1, 21), today + 60 * DAY)
    homologated(sahel, pastry, date(2022, 2, 1), today - 70 * DAY, level="CAP")
    branch = services.open_branch(
        a_cause(), parent=sahel, names={"ar": "فرع سوسة", "fr": "Annexe de Sousse"}, place="TN-51",
        since=date(2022, 9, 14), status="active",
    )  # fmt: skip
    teaches(branch, electricity, date(2022, 9, 14))
    gabes = a_structure("هيكل ڨابس للتقنيات", "Structure de Gabès des techniques", place="TN-81")
    teaches(gabes, electricity)
    services.suspend(a_cause(), structure=gabes, since=today - 60 * DAY, until=today + 120 * DAY)
    tunis = a_structure("هيكل الأفق للتكوين السريع", "Structure Ofok", place="TN-11")
    teaches(tunis, electricity)
    homologated(tunis, electricity, date(2019, 1, 1), today + 60 * DAY)
    services.close(a_cause(), structure=tunis, since=date(2025, 5, 11))
    declared = a_structure(
        "هيكل النخيل", "", place="TN-72", status="declared", since=today - 40 * DAY, kinds=["distance"]
    )
    return {"sahel": sahel, "branch": branch, "gabes": gabes, "tunis": tunis, "declared": declared}
