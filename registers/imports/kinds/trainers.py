"""Trainers and the structures that they teach for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from registers.history.services import Cause, PeriodsOverlap
from registers.imports.columns import Column
from registers.imports.kinds.base import Kind, Line, sound
from registers.imports.kinds.finding import described, find_people, find_structures, show_differences
from registers.imports.kinds.who import BIRTH, IDENTITY, NAMED_BY, NAMES, STRUCTURE
from registers.imports.scenes import Scene
from registers.imports.values import Choice, Day, Number, Words
from registers.people.models import Engagement
from registers.people.services import declare_trainer, engage, enter_people

FAR = date.max
CONTRACTS = {
    "بالساعة": "hourly",
    "vacation": "hourly",
    "vacataire": "hourly",
    "à l'heure": "hourly",
    "قار": "permanent",
    "CDI": "permanent",
    "محدد المدة": "fixed_term",
    "CDD": "fixed_term",
}


class Trainers(Kind):
    code = "trainers"
    title = _("Trainers")
    says = _("Who teaches for a structure, since when, with which contract and qualification.")
    act = "import_trainers"
    key = ("structure", "id_kind", "id_number", "since")
    key_column = "id_number"
    name_columns = NAMED_BY
    columns = (
        STRUCTURE,
        *IDENTITY,
        *NAMES,
        *BIRTH,
        Column(
            "since", "يدرّس منذ", "Enseigne depuis", "Teaches since", Day(least=date(1960, 1, 1)), example="01/09/2024"
        ),
        Column(
            "until",
            "إلى غاية",
            "Jusqu’au",
            "Until",
            Day(least=date(1960, 1, 1)),
            required=False,
        ),
        Column(
            "contract",
            "صنف العقد",
            "Type de contrat",
            "Kind of contract",
            Choice(options=dict(Engagement.Contract.choices), preset="hourly", also=CONTRACTS),
            required=False,
            example={"ar": "بالساعة", "fr": "À l’heure", "en": "By the hour"},
        ),
        Column(
            "hours",
            "عدد الساعات في الأسبوع",
            "Heures par semaine",
            "Hours a week",
            Number(least=1, most=60),
            required=False,
            example="12",
        ),
        Column(
            "diploma",
            "الشهادة العلمية",
            "Diplôme",
            "Diploma",
            Words(most=150),
            required=False,
            example={"ar": "إجازة", "fr": "Licence", "en": "Bachelor"},
        ),
    )

    def check(self, lines: Sequence[Line], scene: Scene) -> None:
        find_structures(lines, scene)
        find_people(lines)
        for line in sound(lines, "since", "until"):
            if line.values["until"] and line.values["until"] <= line.values["since"]:
                line.fault("order", "until", other="since")
        for line in sound(lines, "_structure"):
            line.scope = f"structure:{line.values['_structure'].pk}"
        _compare(sound(lines, "_structure", "_known", "since", "until"))

    def enter(self, lines: Sequence[Line], scene: Scene, cause: Cause) -> None:
        for line, person in zip(lines, enter_people(cause, rows=[described(line) for line in lines]), strict=True):
            show_differences(line, person)
            if line.faults:
                continue
            says = line.values
            shown = [{"diploma": says["diploma"]}] if says["diploma"] else []
            trainer, _made = declare_trainer(cause, person=person.person, qualifications=shown)
            try:
                engagement = engage(
                    cause,
                    trainer=trainer,
                    structure=says["_structure"],
                    since=says["since"],
                    until=says["until"],
                    contract=says["contract"],
                    hours=says["hours"],
                )
            except PeriodsOverlap as overlap:  # with an earlier row of the same file
                line.fault("engaged", "since", since=f"{overlap.existing.since:%d/%m/%Y}")
            else:
                line.object_id = engagement.pk


def _compare(lines: Sequence[Line]) -> None:
    """An engagement on record from the same day is nothing new; one that overlaps is a fault."""
    known = [line for line in lines if line.values["_known"] is not None]
    held = Engagement.objects.filter(
        subject__person__in={line.values["_known"].person.pk for line in known},
        structure__in={line.values["_structure"].pk for line in known},
        superseded_at__isnull=True,
    ).select_related("subject")
    there = defaultdict(list)
    for engagement in held:
        there[engagement.subject.person_id, engagement.structure_id].append(engagement)
    for line in known:
        says = line.values
        for engagement in there[says["_known"].person.pk, says["_structure"].pk]:
            if engagement.since == says["since"]:
                line.already, line.object_id = True, engagement.pk
            elif engagement.since < (says["until"] or FAR) and says["since"] < (engagement.until or FAR):
                line.fault("engaged", "since", since=f"{engagement.since:%d/%m/%Y}")
