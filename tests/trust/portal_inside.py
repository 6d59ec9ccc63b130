"""Run inside the portal that is killed: `people N` makes applicants, `tell` says as JSON what the portal holds."""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import django


def people(count: int) -> None:
    from portal.accounts.services import create_account
    from portal.demonstration.accounts import PASSWORD

    for number in range(count):
        create_account(
            email=f"applicant{number}@demo.takwin.example", name=f"Applicant {number}", language="fr", password=PASSWORD
        )


def tell() -> dict[str, Any]:
    from notifications.models import Delivery, Notice
    from procedures.audit.models import Entry
    from procedures.cases.models import Correction, Counter, Decision, SignatureAct
    from procedures.jobs.models import Job
    from procedures.wizard.models import Draft

    drafts = Draft.objects.all()
    return {
        "drafts": {str(each.pk): {"answers": each.answers, "filed": each.filed_at is not None} for each in drafts},
        "cases": cases(),
        "uploads": uploads(),
        "documents": documents(),
        "corrections": rows(Correction, "case__public_id", "returned_at", "patch"),
        "decisions": rows(Decision, "case__public_id", "kind", "sent_back_at"),
        "signatures": rows(SignatureAct, "decision__case__public_id", "position"),
        "counters": rows(Counter, "series", "year", "last"),
        "notices": rows(Notice, "key", "event", "case", "person_id"),
        "deliveries": rows(Delivery, "key", "sent_at", "tries"),
        "jobs": rows(Job, "kind", "key", "state", "tries", "error"),
        "entries": rows(Entry, "action", "subject_type", "subject_id"),
    }


def rows(model: Any, *fields: str) -> list[list[Any]]:
    return [[str(value) if value is not None else None for value in row] for row in model.objects.values_list(*fields)]


def cases() -> dict[str, Any]:
    from procedures.cases.models import Case

    return {
        str(case.public_id): {
            "pk": case.pk, "number": case.number, "draft": str(case.draft_id), "state": case.state,
            "answers": case.answers, "uploads": case.uploads.count(),
        }
        for case in Case.objects.all()
    }  # fmt: skip


def uploads() -> dict[str, Any]:
    from django.core.files.storage import storages

    from procedures.evidence.models import Upload

    return {
        str(each.pk): {"told": each.sha256, "kept": digest(Path(storages["private"].path(each.stored)))}
        for each in Upload.objects.all()
    }


def documents() -> list[dict[str, Any]]:
    from django.conf import settings

    from procedures.documents.models import Document

    return [
        {
            "case": str(each.case.public_id) if each.case else "", "number": each.number,
            "output": each.output, "state": each.state, "told": each.file_sha256,
            "path": str(Path(settings.TAKWIN_PRIVATE_STORAGE) / each.stored) if each.stored else "",
        }
        for each in Document.objects.select_related("case")
    ]  # fmt: skip


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "missing"


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "people":
        people(int(sys.argv[2]))
    else:
        print(json.dumps(tell()))
