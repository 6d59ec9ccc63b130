"""Structures that are at work already, brought into the register by the administration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from procedures.cases.folding import fold
from registers.history.services import Cause, Refusal
from registers.imports.columns import Column
from registers.imports.kinds.base import Kind, Line, sound
from registers.imports.reading.tables import Cell
from registers.imports.scenes import Scene
from registers.imports.values import LANGUAGES, Choice, Code, Day, Email, Noted, Number, Phone, TaxNumber, Values, Words
from registers.organisations.models import Kind as OrganisationKind
from registers.organisations.models import Organisation
from registers.organisations.services import enter_organisation
from registers.places.selectors import governorate_names
from registers.structures.models import Status, Structure, TrainingKind
from registers.structures.services import declare_structure


@dataclass(frozen=True)
class Governorate(Choice):
    """A governorate by its code or name; asked of the register, which may rename one."""

    def words(self, language: str) -> dict[str, str]:
        return dict(governorate_names(language))

    @property
    def named(self) -> Mapping[str, str]:
        codes = {fold(code): code for code in self.words("fr")}
        return codes | {fold(words): code for each in LANGUAGES for code, words in self.words(each).items()}

    def read(self, cell: Cell, row: Values, noted: Noted) -> str:
        known = Choice(options=self.words("fr"), also=self.named)
        return known.read(cell, row, noted)

    def written(self, value: str) -> str:
        return self.words((get_language() or "ar")[:2]).get(value, value)


@dataclass(frozen=True)
class Several(Choice):
    """Several values of a list, parted by commas, semicolons or slashes."""

    def read(self, cell: Cell, row: Values, noted: Noted) -> Any:
        text = str(cell or "")
        for sign in "،;/\n":
            text = text.replace(sign, ",")
        return sorted({super(Several, self).read(part, row, noted) for part in text.split(",") if part.strip()})


AT_WORK = dict(choice for choice in Status.choices if choice[0] != Status.CLOSED)


class Structures(Kind):
    code = "structures"
    title = _("Structures")
    says = _("Structures that are at work already. Each gets a permanent number; its former one is kept.")
    act = ""
    key = ("legacy_number",)
    key_column = "legacy_number"
    name_columns: ClassVar[Mapping[str, Sequence[str]]] = {"ar": ("name_ar",), "fr": ("name_fr",), "en": ("name_fr",)}
    columns = (
        Column("legacy_number", "الرقم القديم", "Ancien numéro", "Former number", Code(most=60), example="123/2019"),
        Column(
            "name_ar", "اسم الهيكل", "Nom en arabe", "Name in Arabic", Words(most=200), example="هيكل المثال للتكوين"
        ),
        Column(
            "name_fr",
            "اسم الهيكل بالفرنسية",
            "Nom en français",
            "Name in French",
            Words(most=200),
            required=False,
            example="Formation Exemple",
        ),
        Column(
            "tax_number",
            "المعرّف الجبائي",
            "Matricule fiscal",
            "Tax number",
            TaxNumber(),
            required=False,
            example="0000000/A/A/E/000",
        ),
        Column(
            "owner_kind",
            "صنف صاحب الهيكل",
            "Statut du propriétaire",
            "Kind of owner",
            Choice(options=dict(OrganisationKind.choices), preset="company"),
            required=False,
            example={"ar": "شركة", "fr": "Société", "en": "Company"},
        ),
        Column(
            "governorate",
            "الولاية",
            "Gouvernorat",
            "Governorate",
            Governorate(),
            example={"ar": "صفاقس", "fr": "Sfax", "en": "Sfax"},
        ),
        Column(
            "address_ar", "العنوان", "Adresse en arabe", "Address in Arabic", required=False, example="1 نهج المثال"
        ),
        Column(
            "address_fr",
            "العنوان بالفرنسية",
            "Adresse en français",
            "Address in French",
            required=False,
            example="1 rue de l’Exemple",
        ),
        Column("phone", "الهاتف", "Téléphone", "Telephone", Phone(), required=False, example="98 123 456"),
        Column("email", "البريد الإلكتروني", "Courriel", "E-mail", Email(), required=False, example="nom@example.tn"),
        Column(
            "kinds",
            "أصناف التكوين",
            "Types de formation",
            "Kinds of training",
            Several(options=dict(TrainingKind.choices)),
            required=False,
            example={"ar": "تكوين أساسي، تكوين مستمر", "fr": "initial, continuing", "en": "initial, continuing"},
        ),
        Column("opened_on", "تاريخ الافتتاح", "Date d’ouverture", "Opened on", Day(past=True), example="15/09/2019"),
        Column(
            "status",
            "الوضعية",
            "Situation",
            "Status",
            Choice(
                options={value: Status(value).label for value in ("declared", "active", "suspended")}, preset="active"
            ),
            required=False,
            example={"ar": "ناشط", "fr": "Active", "en": "Active"},
        ),
        Column(
            "receipt_number",
            "رقم وصل كراس الشروط",
            "Numéro du récépissé du cahier des charges",
            "Number of the receipt of the charter",
            Code(most=60),
            required=False,
            example="C-2019-123",
        ),
        Column(
            "capacity",
            "طاقة الاستيعاب",
            "Capacité",
            "Capacity",
            Number(least=1, most=5000),
            required=False,
            example="120",
        ),
        Column(
            "director_ar", "اسم المدير", "Directeur en arabe", "Director in Arabic", Words(most=130), required=False
        ),
        Column(
            "director_lat",
            "اسم المدير بالأحرف اللاتينية",
            "Directeur en lettres latines",
            "Director in Latin letters",
            Words(most=130),
            required=False,
        ),
    )

    def check(self, lines: Sequence[Line], scene: Scene) -> None:
        """A structure is known again by its former number; one under another name is a fault."""
        numbers = [line.values["legacy_number"] for line in sound(lines, "legacy_number")]
        known = {each.legacy_number: each for each in Structure.objects.filter(legacy_number__in=numbers)}
        for line in sound(lines, "legacy_number", "name_ar"):
            line.scope = "structures"
            held = known.get(line.values["legacy_number"])
            if held is None:
                continue
            if fold(held.name_ar) != fold(line.values["name_ar"]):
                line.fault("other_data", "name_ar")
            line.already, line.object_id = True, held.pk

    def enter(self, lines: Sequence[Line], scene: Scene, cause: Cause) -> None:
        owners = _owners(lines)
        for line in lines:
            try:
                line.object_id = _declared(cause, line.values, owners.get(line.values["tax_number"])).pk
            except Refusal:
                line.fault("refused", "legacy_number")


def _declared(cause: Cause, says: Values, owner: Organisation | None) -> Structure:
    director = {"ar": says["director_ar"], "lat": says["director_lat"]}
    return declare_structure(
        cause,
        organisation=owner,
        names={"ar": says["name_ar"], "fr": says["name_fr"]},
        place=says["governorate"],
        since=says["opened_on"],
        address={"ar": says["address_ar"], "fr": says["address_fr"]},
        phone=says["phone"],
        email=says["email"],
        kinds=says["kinds"],
        legacy_number=says["legacy_number"],
        receipt_number=says["receipt_number"],
        capacity=says["capacity"],
        director=director if any(director.values()) else None,
        status=says["status"],
    )


def _owners(lines: Sequence[Line]) -> dict[str, Organisation]:
    """The organisations of these tax numbers; one that is not known yet is entered under the name of its structure."""
    owners: dict[str, Organisation] = {}
    for says in (line.values for line in lines if line.values["tax_number"]):
        number = says["tax_number"]
        if number not in owners:
            owners[number], _made = enter_organisation(
                kind=says["owner_kind"], tax_number=number, name_ar=says["name_ar"], name_fr=says["name_fr"]
            )
    return owners
