"""A decided case made by hand, and the keys to seal what it gives."""

import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from procedures.cases.models import Case, Decision, SignatureAct, Snapshot
from procedures.documents import services
from procedures.documents.issuing import seal_document
from procedures.documents.key_making import make_keys
from procedures.documents.models import Document
from procedures.offices.models import Membership, Office
from procedures.resolving import resolve
from procedures.snapshot import digest, take_snapshot

CODE = "foreign_certificate_equivalence"
FILED = datetime(2026, 11, 23, 13, 36, tzinfo=UTC)
IDENTITY = {
    "id_type": "cin",
    "id_number": "01234567",
    "last_name_ar": "بن الشيخ الورتاني",
    "first_name_ar": "ياسين",
    "last_name_lat": "Ben Cheikh Ouertani",
    "first_name_lat": "Yassine",
    "birth_date": "1999-03-04",
    "nationality": "TN",
}
CERTIFICATE = {
    "kind": "vocational",
    "title": "Technicien spécialisé en mécatronique automobile",
    "language": "fr",
    "country": "MA",
    "issuing_body": "Institut spécialisé de Casablanca",
    "issued_on": "2024-07-01",
    "months": 24,
    "hours": 1800,
    "mode": "presence",
}


def person(name: str = "", *roles: str, office: Office | None = None) -> Any:
    user = get_user_model().objects.create_user(f"{uuid.uuid4().hex[:10]}@example.tn", "x", name=name)
    for role in roles:
        Membership.objects.create(person=user, office=office or central_office(), role=role, since=timezone.localdate())
    return user


def central_office() -> Office:
    names = {"name_ar": "مصلحة معادلة الشهادات", "name_fr": "Service des équivalences", "name_en": "Equivalence"}
    return Office.objects.get_or_create(code="equivalence", defaults={"kind": "central", **names})[0]


def filed_case(*, identity: dict[str, Any] | None = None, serial: int = 1) -> Case:
    content = take_snapshot(resolve(CODE), on=FILED.date())
    mark = digest(content)
    snapshot, _made = Snapshot.objects.get_or_create(
        digest=mark, defaults={"procedure": CODE, "version": "1.0", "content": content}
    )
    return Case.objects.create(
        number=f"EQV-2026-{serial:06d}-45",
        draft_id=uuid.uuid4(),
        procedure=CODE,
        procedure_version="1.0",
        snapshot=snapshot,
        applicant=person("ياسين"),
        applicant_name="ياسين بن الشيخ الورتاني",
        language="ar",
        state="issuing",
        office=central_office(),
        answers={"identity": identity or IDENTITY, "foreign_certificate": CERTIFICATE},
        filed_at=FILED,
    )


def decided(case: Case, kind: str = "grant", **facts: Any) -> Decision:
    decision = Decision.objects.create(
        case=case, position=3, kind=kind, prepared_by=person(), prepared_at=timezone.now(), **facts
    )
    SignatureAct.objects.create(
        decision=decision, position=4, signed_by=person("سامي الطرابلسي"), signed_at=timezone.now()
    )
    return decision


def prepared_decision(*, identity: dict[str, Any] | None = None, serial: int = 1) -> Document:
    case = filed_case(identity=identity, serial=serial)
    decision = decided(case, answers={"granted": {"level": "BTP", "speciality": "ELEC-01"}})
    return services.prepare_documents(case=case, decision=decision)[0]


def issued_decision(**facts: Any) -> Document:
    """Sealed as the worker does it; the case's own end is another room's."""
    document = prepared_decision(**facts)
    seal_document(document.pk)
    document.refresh_from_db()
    return document


def keys_in(folder: Path) -> None:
    make_keys(folder)
