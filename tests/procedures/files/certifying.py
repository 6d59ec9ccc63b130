"""A certificate of the register, whose sealed document is one that a test has issued."""

from typing import Any

from django.utils import timezone

from procedures.documents.models import Document
from registers.certificates.models import Certificate
from tests.registers.people.factories import a_person
from tests.registers.training.factories import a_session


def certified(document: Document, *, person: Any = None) -> Certificate:
    session = a_session()
    return Certificate.objects.create(
        serial="2026-81-00001-7-00001",
        person=person or a_person("Amel", "Tounsi"),
        programme=session.offer.programme,
        structure=session.offer.structure,
        issued_on=session.since,
        document=document,
        source="portal",
        homologated=True,
        recorded_at=timezone.now(),
    )
