"""Certificates that structures issued before the portal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from registers.certificates.models import Certificate
from registers.certificates.services import GivenCertificate, enter_certificates
from registers.history.services import Cause
from registers.imports.columns import Column
from registers.imports.kinds.base import Kind, Line, sound
from registers.imports.kinds.finding import described, find_people, find_structures, show_differences
from registers.imports.kinds.who import BIRTH, IDENTITY, NAMED_BY, NAMES, STRUCTURE
from registers.imports.scenes import Scene
from registers.imports.values import Choice, Code, Day
from registers.people.services import enter_people
from registers.programmes.models import Programme
from registers.programmes.selectors import may_give

LONGEST_LIST = 500


def _programmes(scene: Scene, language: str) -> Sequence[str]:
    codes = Programme.objects.order_by("code").values_list("code", flat=True).distinct()
    return list(codes[:LONGEST_LIST])


class Certificates(Kind):
    code = "certificates"
    title = _("Certificates issued before the portal")
    says = _("Certificates as the books of the structure have them. One that counts as homologated must be covered.")
    act = "import_certificates"
    key = ("structure", "paper_number")
    key_column = "paper_number"
    name_columns = NAMED_BY
    columns = (
        STRUCTURE,
        *IDENTITY,
        *NAMES,
        *BIRTH,
        Column(
            "programme",
            "رمز البرنامج",
            "Code du programme",
            "Code of the programme",
            Code(most=30),
            example="BTP-EL-01",
            offered=_programmes,
        ),
        Column(
            "paper_number",
            "عدد الشهادة",
            "Numéro du diplôme",
            "Number of the certificate",
            Code(most=60),
            example="2019/0042",
        ),
        Column(
            "issued_on",
            "تاريخ الإصدار",
            "Date de délivrance",
            "Issued on",
            Day(past=True, least=date(1960, 1, 1)),
            example="30/06/2019",
        ),
        Column(
            "homologated",
            "منظّرة",
            "Homologué",
            "Homologated",
            Choice(options={"yes": _("Yes"), "no": _("No")}, preset="no"),
            required=False,
            example={"ar": "لا", "fr": "Non", "en": "No"},
        ),
    )

    def check(self, lines: Sequence[Line], scene: Scene) -> None:
        find_structures(lines, scene)
        find_people(lines)
        _find_programmes(sound(lines, "programme", "issued_on"))
        for line in sound(lines, "birth_date", "issued_on"):
            if line.values["issued_on"] <= line.values["birth_date"]:
                line.fault("order", "issued_on", other="birth_date")
        asked = sound(lines, "_structure", "_programme", "issued_on", "homologated")
        for line in asked:
            line.scope = f"structure:{line.values['_structure'].pk}"
        if not scene.is_office:
            _see_what_covers([line for line in asked if line.values["homologated"] == "yes"])
        _compare(sound(lines, "_structure", "paper_number", "_known"))

    def enter(self, lines: Sequence[Line], scene: Scene, cause: Cause) -> None:
        people = enter_people(cause, rows=[described(line) for line in lines])
        taken, rows = [], []
        for line, person in zip(lines, people, strict=True):
            show_differences(line, person)
            if not line.faults:
                taken.append(line)
                rows.append(_given(line, person.person))
        for line, (certificate, made) in zip(taken, enter_certificates(cause, rows=rows), strict=True):
            line.object_id, line.already = certificate.pk, not made


def _given(line: Line, person: Any) -> GivenCertificate:
    says = line.values
    return GivenCertificate(
        person=person,
        programme=says["_programme"],
        structure=says["_structure"],
        issued_on=says["issued_on"],
        paper_number=says["paper_number"],
        homologated=says["homologated"] == "yes",
        holder_ar=f"{says['first_ar']} {says['last_ar']}",
        holder_lat=f"{says['first_lat']} {says['last_lat']}",
    )


def _find_programmes(lines: Sequence[Line]) -> None:
    """The version of a programme that was in force on the day, else the newest."""
    versions: dict[str, list[Programme]] = {}
    for programme in Programme.objects.filter(code__in={line.values["programme"] for line in lines}).order_by(
        "version"
    ):
        versions.setdefault(programme.code, []).append(programme)
    for line in lines:
        known, day = versions.get(line.values["programme"], []), line.values["issued_on"]
        then = [one for one in known if (one.since or day) <= day and (one.until is None or day < one.until)]
        if known:
            line.values["_programme"] = (then or known)[-1]
        else:
            line.fault("programme", "programme")


def _see_what_covers(lines: Sequence[Line]) -> None:
    """A structure's own word does not make a certificate homologated: the register must say so for that day."""
    asked: dict[tuple[int, int, date], bool] = {}
    for line in lines:
        structure, programme, day = line.values["_structure"], line.values["_programme"], line.values["issued_on"]
        key = (structure.pk, programme.pk, day)
        if key not in asked:
            asked[key] = may_give(structure, day, programme=programme).because == "homologated"
        if not asked[key]:
            line.fault("may_not_give", "homologated")


def _compare(lines: Sequence[Line]) -> None:
    """A number that the structure gave to the same person is nothing new; to another, a fault."""
    held = Certificate.objects.filter(
        structure__in={line.values["_structure"].pk for line in lines},
        paper_number__in={line.values["paper_number"] for line in lines},
    )
    there = {(each.structure_id, each.paper_number): each for each in held}
    for line in lines:
        certificate = there.get((line.values["_structure"].pk, line.values["paper_number"]))
        if certificate is None:
            continue
        known = line.values["_known"]
        if known is None or known.person.pk != certificate.person_id:
            line.fault("other_data", "paper_number")
        else:
            line.already, line.object_id = True, certificate.pk
