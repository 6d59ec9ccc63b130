"""What an administration has to look into: doubts, likenesses of people, certificates in question, a moratorium."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction

from portal.demonstration.country.importing import KEY, CountryImport
from portal.demonstration.country.people import spelt_otherwise, trainee
from portal.demonstration.country.plan import PlannedGroup, PlannedStructure
from registers.certificates.models import Certificate, CertificateStatus
from registers.certificates.services import revoke_certificate, suspend_certificate
from registers.people.services import enter_people, propose_duplicates
from registers.places.models import Place
from registers.specialities.editing import declare_moratorium
from registers.specialities.models import Moratorium, Speciality
from registers.structures.doubts.models import Doubt
from registers.structures.doubts.services import answer_doubt, report_doubt, take_up_doubt
from registers.structures.models import Structure

TWINS = 5
CIRCULAR = "DEMO-C-01"
DOUBTS: Sequence[tuple[int | None, str, str, str, str]] = (  # position (None: not in the register), name, kind, words
    (4, "", Doubt.Kind.NOT_ACTIVE, "ar", "المركز معلّق حسب البوّابة لكنّه ما زال يستقبل المتكوّنين كلّ مساء."),
    (None, "مركز فنطوس للتكوين", Doubt.Kind.UNDECLARED, "ar", "فتح هذا المركز في الحيّ ولم أجده في الدليل."),
    (1, "", Doubt.Kind.NOT_HOMOLOGATED, "fr", "L’affiche promet un diplôme homologué que le registre ne montre pas."),
    (7, "", Doubt.Kind.WRONG_FACTS, "fr", "L’adresse du registre n’est plus la bonne."),
    (0, "", Doubt.Kind.OTHER, "ar", "عدد المتكوّنين في القاعة أكبر من عدد المقاعد."),
)
DOUBT_OF_THE_UNKNOWN = "TN-82"


def report_doubts(planned: Sequence[PlannedStructure], officer: Any) -> int:
    """The doubts about structures that are in the country; the first is taken up and the last answered by `officer`."""
    reported = 0
    for number, (position, name, kind, language, words) in enumerate(DOUBTS):
        if position is not None and position >= len(planned):
            continue
        about = None if position is None else Structure.objects.get(legacy_number=planned[position].legacy)
        doubt = report_doubt(
            public_id=uuid.uuid5(KEY, f"doubt-{number}"),
            structure=about,
            name=name,
            place=about.place if about else Place.objects.get(pk=DOUBT_OF_THE_UNKNOWN),
            kind=kind,
            words=words,
            email="",
            language=language,
        )
        if officer is not None and number == 0:
            take_up_doubt(doubt=doubt, by=officer)
        if officer is not None and number == len(DOUBTS) - 1 and not doubt.is_closed:
            answer_doubt(doubt=doubt, by=officer, founded=False, answer="زرنا المركز: العدد مطابق لطاقة الاستيعاب.")
        reported += 1
    return reported


def enter_likenesses(country: CountryImport, groups: Sequence[PlannedGroup]) -> int:
    """A few trainees a second time as a hurried clerk would enter them, then all likenesses proposed. How many."""
    twins = [spelt_otherwise(trainee(country, each.first, "")) for each in groups[:TWINS]]
    enter_people(country.cause, rows=twins)
    return propose_duplicates()


def question_certificates(country: CountryImport) -> None:
    """One certificate was revoked, one is suspended."""
    if CertificateStatus.objects.filter(subject__invented=True).exists():
        return
    chosen = list(Certificate.objects.filter(invented=True).order_by("pk")[:2])
    with transaction.atomic():
        for certificate, act in zip(chosen, (revoke_certificate, suspend_certificate), strict=False):
            act(country.cause, certificate=certificate, since=certificate.issued_on + timedelta(days=12))


def halt_a_speciality(country: CountryImport, administrator: Any) -> None:
    """A circular halts new homologations in a speciality, everywhere."""
    speciality = Speciality.objects.filter(pk="PAR-01").first()
    if speciality is None or Moratorium.objects.filter(reference=CIRCULAR).exists():
        return
    declare_moratorium(
        speciality=speciality,
        kind=Moratorium.Kind.HOMOLOGATION,
        governorate=None,
        reference=CIRCULAR,
        since=country.ago(60),
        until=country.ago(-300),
        reason="circular",
        note="معطيات تجريبية",
        by=administrator,
    )
