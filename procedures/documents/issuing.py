"""Make the sealed file of a prepared document: render, read the name back, seal, store, and tell."""

import hashlib
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, override

from procedures.audit import services as audit
from procedures.documents import cose
from procedures.documents.addresses import code_text
from procedures.documents.key_retiring import is_retired
from procedures.documents.keys import NoKey, refuse_what_nobody_takes, sealer_for, sealer_in
from procedures.documents.models import Document, SealKey
from procedures.documents.reading_back import carries_names, without_font
from procedures.documents.releasing import FIRST_FELL, NOT_READ_BACK, WITHOUT_FONT, hold
from procedures.documents.rendering import Print, render
from procedures.documents.sealing import sealed_pdf
from procedures.documents.second_seals import add_second_seal
from procedures.documents.selectors import documents_without_seal
from procedures.documents.status_changes import replace_first
from procedures.events import announce
from procedures.jobs.services import final_act


def seal_document(document_id: int) -> None:
    """Everything slow comes first and may be done twice; what counts is written once, with the job's end."""
    document = Document.objects.get(pk=document_id)
    if document.state == Document.State.ISSUED:
        return
    if is_retired(document.kid):
        _seal_claims_anew(document)
    pdf_kid = _fit_pdf_key()
    add_second_seal(document)
    pdf = rendered(document)
    if why := _unreadable(document, pdf):
        with final_act():
            hold(document, why)
        return
    sealed = sealed_pdf(pdf)
    stored = store(document, sealed)
    with final_act():
        fresh = Document.objects.select_for_update().get(pk=document_id)
        if fresh.state == Document.State.ISSUED:
            return
        if fresh.kid != document.kid or is_retired(fresh.kid):
            raise NoKey("The key of the claims was retired while the file was made: the file is made anew.")
        if not replace_first(fresh):
            hold(document, FIRST_FELL)
            return
        fresh.state, fresh.stored, fresh.sealed_at = Document.State.ISSUED, stored, timezone.now()
        fresh.file_sha256, fresh.unsealed_sha256 = _sha256(sealed), _sha256(pdf)
        fresh.save(update_fields=["state", "stored", "sealed_at", "file_sha256", "unsealed_sha256"])
        told = {"file_sha256": fresh.file_sha256, "kid": fresh.kid, "pdf_kid": pdf_kid}
        audit.append(action="document.issued", subject=fresh, actor=None, data=told)
        announce("document_issued", key=str(fresh.pk), document_id=fresh.pk)
        _finish_case(fresh)


def _fit_pdf_key() -> str:
    """The id of the key that will seal the file. Raises NoKey for one that is not registered, ended or retired."""
    sealer = sealer_in(Path(settings.TAKWIN_KEYS), SealKey.Purpose.PDF)
    refuse_what_nobody_takes(sealer, SealKey.Purpose.PDF)
    return sealer.kid.hex()


def _seal_claims_anew(document: Document) -> None:
    """The key of the claims leaked before anybody held the paper: another signs the same claims."""
    sealer = sealer_for(SealKey.Purpose.QR)
    with transaction.atomic():
        held = Document.objects.select_for_update().get(pk=document.pk)
        if is_retired(held.kid):  # not so where another worker was first
            held.cose = cose.sealed_again(bytes(held.cose), held.public_id, sealer)
            held.cose_digest, held.kid = _sha256(held.cose), sealer.kid.hex()
            held.save(update_fields=["cose", "cose_digest", "kid"])
            told = {"kid": held.kid, "before": document.kid}
            audit.append(action="document.sealed_again", subject=held, actor=None, data=told)
    document.refresh_from_db()


def rendered(document: Document) -> bytes:
    """The unsealed file: the same bytes at any time, from the frozen content alone."""
    with override("ar"):
        return render(
            document.frame,
            document.content,
            Print(
                public_id=document.public_id,
                issued_on=document.issued_on,
                code_text=code_text(document.public_id, cose.fragment(bytes(document.cose))),
                credential=credential(document),
                field_title=gettext("Electronic seal of the authority"),
            ),
        )


def credential(document: Document) -> dict[str, Any]:
    """The claims in readable form beside the seal's own bytes, which alone prove anything."""
    return {
        "document": document.public_id,
        "number": document.number,
        "claims": document.claims,
        "seal": cose.fragment(bytes(document.cose)),
        "verify": f"{settings.TAKWIN_PUBLIC_URL}/V/{document.public_id}",
        "keys": f"{settings.TAKWIN_PUBLIC_URL}/.well-known/jwks.json",
        **({"rows": document.content["bound"]} if "bound" in document.content else {}),
    }


def store(document: Document, content: bytes) -> str:
    """Write the file whole under a name made of its content; a crash leaves at worst a file that no row names."""
    name = f"documents/{document.public_id[:2]}/{document.public_id}-{_sha256(content)[:16]}.pdf"
    path = Path(settings.TAKWIN_PRIVATE_STORAGE) / name
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    return name


def _unreadable(document: Document, pdf: bytes) -> str:
    """Why the finished page would be read as something else than was written; empty where it would not."""
    if not carries_names(pdf, document.holder_ar, document.holder_lat):
        return NOT_READ_BACK
    return WITHOUT_FONT if without_font(document.content) else ""


def _finish_case(document: Document) -> None:
    from procedures.cases.services import finish_issuing  # cases prepare documents: they import this room

    is_receipt = document.output == "receipt"
    if document.case_id and not is_receipt and not documents_without_seal(document.case_id):
        finish_issuing(case_id=document.case_id)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
