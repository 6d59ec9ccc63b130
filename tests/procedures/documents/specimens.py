"""One invented document of each member of the family, for pictures and tests; every word is sample text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from procedures.documents import family, reports
from procedures.documents.frame import frame_of, row
from procedures.documents.members import Certified, Convoked, Listed, Member, Repeated, Reported
from procedures.documents.names import Names
from procedures.documents.wording import Words, day, same, words

CODE = "84G7ZWYRD6Z1RV0P"
ISSUED = date(2026, 11, 23)
AMNA = Names("آمنة بن يوسف الڨاسمي", "Amna BEN YOUSSEF GASMI", "آمنة ب.", "Amna B.")
PERSONS = (
    ("آمنة بن يوسف الڨاسمي", "Amna BEN YOUSSEF GASMI"),
    ("أحمد الملولي", "Ahmed MELLOULI"),
    ("إيمان قرية", "Imen GRIA"),
    ("أمين المهيري", "Amine MEHIRI"),
    ("أنيس الكهرباوي", "Anis KAHRABAOUI"),
    ("بلال الأمين", "Bilel LAMINE"),
    ("جميلة الحناشي", "Jamila HANNACHI"),
    ("حمادي بن الحاج علية", "Hammadi BEN HADJ ALAYA"),
    ("خديجة الورغمي", "Khedija OUERGHEMMI"),
    ("رؤوف المستيري", "Raouf MESTIRI"),
    ("رملة الفالح", "Ramla FALAH"),
    ("زهرة اللطيف", "Zohra LATAIEF"),
    ("سلمى الشابي", "Selma CHEBBI"),
    ("سليم ڨردان", "Slim GUERDANE"),
)


@dataclass(frozen=True, kw_only=True)
class Specimen:
    """What a rendering is asked: the template, and the content as it would be frozen."""

    template: str
    content: dict[str, Any]


def said(ar: str, fr: str, en: str = "") -> Words:
    return {"ar": ar, "fr": fr, "en": en or fr}


def held(label: Words, ar: str, fr: str, en: str = "") -> dict[str, Any]:
    return row(label, said(ar, fr, en))


SIGNED: dict[str, Any] = {
    "place": {language: f"{place}{when}" for language, place, when in (
        ("ar", "المنستير، ", day(ISSUED)["ar"]), ("fr", "Monastir, ", day(ISSUED)["fr"]), ("en", "", day(ISSUED)["en"])
    )},
    "capacity": said("الإمضاء بالتفويض", "Signé par délégation", "Signed by delegation"),
    "name": "الحبيب بن رمضان",
}  # fmt: skip
BIRTH = said("الولادة", "Naissance", "Born")
AWARD = said("المؤهّل", "Qualification", "Qualification")
FIELD = said("الاختصاص", "Spécialité", "Speciality")
CENTRE = said("هيكل التكوين", "Structure", "Training centre")
TRAINED_AT = held(CENTRE, "مركز الساحل للتكوين، المنستير", "Centre Essahel de formation, Monastir")


def printed(template: str, title: Words, content: dict[str, Any], *, number: str, names: Names = AMNA) -> Specimen:
    unit = said("الإدارة الجهوية بالمنستير", "Direction régionale de Monastir", "Regional directorate of Monastir")
    around = frame_of(number=number, unit=unit, public_id=CODE, name=title, title=title, names=names)
    return Specimen(template=template, content=around | content)


def member(one: Member, title: Words, *, number: str, names: Names = AMNA, template: str = "") -> Specimen:
    named = template or getattr(one, "template", "")
    return printed(named, title, one.printed(), number=number, names=names)


def certified(template: str, title: Words, *, number: str, names: Names, english: bool, **told: Any) -> Specimen:
    one = Certified(template=template, title=title, names=names, signatory=SIGNED, english=english, **told)
    return member(one, title, number=number, names=names)


def diploma(names: Names = AMNA, *, english: bool = False) -> Specimen:
    return certified(
        "diploma",
        said("شهادة ختم التكوين", "Diplôme de fin de formation", "Diploma of vocational training"),
        number="DIP-2026-52-000427-0118",
        names=names,
        english=english,
        lead=said(
            "تشهد الإدارة الجهوية بالمنستير، بعد الاطلاع على محضر مداولات لجنة الامتحان المؤرّخ في 3 جويلية 2026، بنجاح",
            "La direction régionale de Monastir, vu le procès-verbal du jury d’examen du 3 juillet 2026, "
            "certifie le succès de",
            "The regional directorate of Monastir, having seen the minutes of the jury of 3 July 2026, "
            "certifies the success of",
        ),
        rows=[
            held(BIRTH, "14 مارس 2004 بالمنستير", "14 mars 2004 à Monastir", "14 March 2004 in Monastir"),
            held(AWARD, "شهادة تقني سامٍ (المستوى 4)", "Brevet de technicien supérieur (niveau 4)"),
            held(FIELD, "صيانة النظم الصناعية", "Maintenance des systèmes industriels", "Industrial maintenance"),
            TRAINED_AT,
            row(said("قرار التنظير", "Homologation", "Homologation"), "HOM-2025-52-000118-40"),
            held(
                said("الدورة والملاحظة", "Session et mention", "Session and grade"), "جوان 2026، حسن", "Juin 2026, bien"
            ),
        ],
    )


def certificate(names: Names = AMNA, *, english: bool = False) -> Specimen:
    return certified(
        "certificate",
        said("شهادة كفاءة", "Certificat de compétence", "Certificate of competency"),
        number="CER-2026-52-000031-77",
        names=names,
        english=english,
        lead=words(family.LEADS["certificate"]),
        assumed=True,
        rows=[
            held(BIRTH, "14 مارس 2004 بالمنستير", "14 mars 2004 à Monastir", "14 March 2004 in Monastir"),
            held(said("الكفاءة", "Compétence", "Competency"), "لحام الأنابيب بالقوس الكهربائي",
                 "Soudage de tubes à l’arc électrique", "Arc welding of tubes"),
            held(FIELD, "التركيب المعدني", "Construction métallique", "Metal construction"),
            TRAINED_AT,
            held(said("تاريخ الاختبار", "Épreuve du", "Tested on"), "18 نوفمبر 2026", "18 novembre 2026"),
        ],
        notes=[said("تصلح هذه الوثيقة إلى غاية 23 نوفمبر 2031.", "Elle est valable jusqu’au 23 novembre 2031.",
                    "It holds until 23 November 2031.")],
    )  # fmt: skip


def attestation(names: Names = AMNA, *, english: bool = False) -> Specimen:
    return certified(
        "attestation",
        said("شهادة حضور", "Attestation de présence", "Attestation of attendance"),
        number="ATT-2026-41-000093-0871",
        names=names,
        english=english,
        lead=said(
            "يشهد مركز الساحل للتكوين، وتصادق الإدارة الجهوية، أنّ المعني بالأمر حضر حصص التكوين التالية.",
            "Le centre Essahel de formation atteste, et la direction régionale valide, que la personne désignée a "
            "suivi les séances de formation suivantes.",
            "The Essahel centre attests, and the directorate confirms, attendance at the following training.",
        ),
        rows=[
            held(said("موضوع التكوين", "Objet", "Subject"), "السلامة الكهربائية في الورشات",
                 "Sécurité électrique en atelier", "Electrical safety in workshops"),
            held(said("المدّة", "Période", "Period"), "من 2 إلى 27 نوفمبر 2026", "Du 2 au 27 novembre 2026"),
            held(said("ساعات الحضور", "Heures suivies", "Hours attended"), "57 ساعة من 60", "57 heures sur 60"),
            held(said("نمط التكوين", "Mode", "Mode"), "تكوين مستمرّ، حضوري", "Formation continue, en présence"),
            row(said("عدد التسجيل", "Enregistrement", "Registration"), "41-00093-6"),
        ],
        notes=[said(
            "هذا التكوين غير منظّر. لا تعادل هذه الشهادة مؤهّلا ولا مستوى في السلّم الوطني.",
            "Formation non homologuée : cette attestation n’équivaut ni à un diplôme ni à un niveau de la "
            "classification nationale.",
            "Training without homologation: this attestation is neither a diploma nor a national level.",
        )],
    )  # fmt: skip


def nominal_list(names: Names = AMNA, *, count: int = 25, persons: Sequence[tuple[str, str]] = PERSONS) -> Specimen:
    levels = said("باكالوريا", "Baccalauréat"), said("مؤهّل التقني المهني", "BTP")
    lines = [
        {
            "ar": persons[place % len(persons)][0],
            "lat": persons[place % len(persons)][1],
            "cells": [same(f"{1 + place % 28:02d}.{1 + place % 12:02d}.200{4 + place % 3}"),
                      same(f"{family.HIDDEN}{(place * 137 + 214) % 1000:03d}"), levels[place % 3 == 2]],
        }
        for place in range(count)
    ]  # fmt: skip
    title = said("قائمة اسمية في متكوني مجموعة", "Liste nominative d’un groupe d’apprenants", "Nominal list of a group")
    one = Listed(
        lead=words(family.LEADS["nominal_list"]),
        rows=[
            TRAINED_AT,
            held(FIELD, "تقني سامٍ، صيانة صناعية", "BTS, maintenance industrielle"),
            held(said("المجموعة", "Groupe", "Group"), "ص ن 1", "MSI 1"),
            row(words(family.LINES), str(count)),
        ],
        columns=[BIRTH, said("بطاقة التعريف", "CIN"), said("مستوى الدخول", "Entrée")],
        lines=lines,
        says={code: words(family.SAYS[code]) for code in ("order", "names_ar", "names_lat")},
        signatory=SIGNED,
    )
    return member(one, title, number="GRP-2026-52-000427-07", names=Names())


def convocation(names: Names = AMNA, *, english: bool = False) -> Specimen:
    one = Convoked(
        names=names,
        lead=words(family.LEADS["convocation"]),
        when=day(date(2026, 12, 14)),
        clock=same("08:30"),
        place=said("مركز الساحل للتكوين، القاعة 3، المنستير", "Centre Essahel de formation, salle 3, Monastir"),
        rows=[
            held(said("موضوع الاختبار", "Épreuve", "Test"), "اختبار تطبيقي: صيانة صناعية",
                 "Épreuve pratique : maintenance industrielle", "Practical test: industrial maintenance"),
            held(said("المدّة", "Durée", "Length"), "4 ساعات", "4 heures", "4 hours"),
            row(said("رقم المترشّح", "Numéro de candidat", "Candidate number"), "52-0118"),
        ],
        notes=[
            said("استظهر ببطاقة التعريف وبهذه الدعوة.", "Présentez votre carte d’identité et cette convocation.",
                 "Bring your identity card and this paper."),
            said("احضر قبل الموعد بنصف ساعة. لا يُقبل الدخول بعد البداية.",
                 "Arrivez une demi-heure avant. On n’entre plus après le début.", "Come half an hour early."),
            said("البس ملابس الشغل وحذاء السلامة.", "Portez votre tenue de travail et des chaussures de sécurité.",
                 "Wear your work clothes and safety shoes."),
        ],
        says={code: words(family.SAYS[code]) for code in ("when", "where", "know")},
        signatory=SIGNED,
        english=english,
    )  # fmt: skip
    title = said("دعوة لاجتياز اختبار", "Convocation à une épreuve", "Convocation to a test")
    return member(one, title, number="CVC-2026-52-000427-31", names=names)


def verification_report(names: Names = AMNA, *, count: int = 12) -> Specimen:
    titles = (
        said("تقني سامٍ، صيانة صناعية", "BTS, maintenance industrielle"),
        said("مؤهّل التقني المهني، لحام", "BTP, soudure"),
        said("كفاءة مهنية، كهرباء البناء", "CAP, électricité du bâtiment"),
    )
    states = ("valid", "valid", "valid", "revoked", "valid", "expired", "valid", "unknown", "suspended", "valid")
    lines = [_line(place, states[place % len(states)], titles[place % len(titles)]) for place in range(count)]
    told = reports.report_of([], asked_by=held(said("صاحب الطلب", "Demandeur"), names.ar, names.lat), at=day(ISSUED))
    one = Reported(rows=told.rows, lines=lines, tally=reports.tally_of(lines), says=told.says, closing=told.closing)
    title = said("تقرير تحقّق من قائمة شهائد", "Rapport de vérification d’une liste de diplômes", "Verification report")
    return member(one, title, number="VER-2026-005518-42", names=names)


def _line(place: int, state: str, title: Words) -> dict[str, Any]:
    code = f"K3QZ-7M2X-W5RT-{6000 + place:04d}"
    return reports.line_of(
        code, state, None if state == "unknown" else title, "" if state == "unknown" else "10.07.2026"
    )


def duplicate(names: Names = AMNA, *, of: Callable[..., Specimen] = diploma) -> Specimen:
    first = of(names)
    mark = family.mark_of(
        first=CODE,
        number=first.content["number"],
        issued_on=date(2021, 7, 10),
        reason=said("ضاعت الأولى", "La première a été perdue", "The first was lost"),
    )
    own = {"number": "DUP-2026-52-000012-09"}
    content = Repeated(first=first.content, own=own, mark=mark, signatory=SIGNED).printed()
    return Specimen(template=first.template, content=content)
