"""The columns that say where a row belongs and of whom it speaks: the same in every table."""

from collections.abc import Sequence
from datetime import date

from registers.imports.columns import Column
from registers.imports.scenes import Scene
from registers.imports.values import Choice, Code, Country, Day, IdentityNumber, Name, Words
from registers.people.models import Identifier, Person


def _structures(scene: Scene, language: str) -> Sequence[str]:
    return [structure.number for structure in scene.own_structures()]


def _groups(scene: Scene, language: str) -> Sequence[str]:
    return list(dict.fromkeys(group.label for group in scene.own_groups()))


STRUCTURE = Column(
    "structure",
    "رقم الهيكل",
    "Numéro de la structure",
    "Number of the structure",
    Code(most=10),
    required=False,
    example="82-00042-7",
    offered=_structures,
)
GROUP = Column(
    "group", "المجموعة", "Groupe", "Group", Words(most=80), example="2026-A", offered=_groups, also=("الفوج", "Session")
)
IDENTITY = (
    Column(
        "id_kind",
        "نوع وثيقة الهوية",
        "Type de pièce d’identité",
        "Kind of identity paper",
        Choice(
            options=dict(Identifier.Kind.choices),
            preset="cin",
            also={
                "CIN": "cin",
                "ب ت و": "cin",
                "بطاقة تعريف": "cin",
                "بطاقة التعريف الوطنية": "cin",
                "carte d'identité nationale": "cin",
                "جواز": "passport",
                "titre de séjour": "residence",
            },
        ),
        required=False,
        example={"ar": "بطاقة التعريف الوطنية", "fr": "Carte d’identité nationale", "en": "National identity card"},
    ),
    Column(
        "id_number",
        "رقم وثيقة الهوية",
        "Numéro de la pièce d’identité",
        "Number of the identity paper",
        IdentityNumber(),
        example="01234567",
        also=("بطاقة التعريف", "رقم بطاقة التعريف", "رقم بطاقة التعريف الوطنية", "CIN", "N° CIN", "Numéro CIN"),
    ),
    Column(
        "nationality",
        "الجنسية",
        "Nationalité",
        "Nationality",
        Country(preset="TN", also={"تونسية": "TN", "تونسي": "TN", "tunisienne": "TN", "tunisien": "TN"}),
        required=False,
        example={"ar": "تونس", "fr": "Tunisie", "en": "Tunisia"},
    ),
)
NAMES = (
    Column("first_ar", "الاسم", "Prénom en arabe", "First name in Arabic", Name(script="ar"), example="مريم"),
    Column("last_ar", "اللقب", "Nom en arabe", "Last name in Arabic", Name(script="ar"), example="المثالي"),
    Column(
        "first_lat",
        "الاسم بالأحرف اللاتينية",
        "Prénom en lettres latines",
        "First name in Latin letters",
        Name(script="lat"),
        example="Mariem",
        also=("Prénom", "First name"),
    ),
    Column(
        "last_lat",
        "اللقب بالأحرف اللاتينية",
        "Nom en lettres latines",
        "Last name in Latin letters",
        Name(script="lat"),
        example="Methali",
        also=("Nom", "Last name"),
    ),
)
BIRTH_DATE = Column(
    "birth_date",
    "تاريخ الولادة",
    "Date de naissance",
    "Date of birth",
    Day(past=True, least=date(1920, 1, 1)),
    example="28/02/2004",
)
BIRTH = (
    BIRTH_DATE,
    Column(
        "birth_place",
        "مكان الولادة",
        "Lieu de naissance",
        "Place of birth",
        Words(most=100),
        required=False,
        example={"ar": "صفاقس", "fr": "Sfax", "en": "Sfax"},
    ),
    Column(
        "sex",
        "الجنس",
        "Sexe",
        "Sex",
        Choice(
            options=dict(Person.Sex.choices),
            also={"ذكر": "m", "أنثى": "f", "homme": "m", "femme": "f", "h": "m", "masculin": "m", "féminin": "f"},
        ),
        example={"ar": "أنثى", "fr": "Féminin", "en": "Female"},
    ),
)
NAMED_BY = {"ar": ("first_ar", "last_ar"), "fr": ("first_lat", "last_lat"), "en": ("first_lat", "last_lat")}
