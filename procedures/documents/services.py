"""Prepare documents inside the transaction that decides, and change what they are worth by two people."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from procedures.audit import services as audit
from procedures.cases.models import Case, Decision
from procedures.cases.situations import situation_of
from procedures.definition import Kind, Output
from procedures.documents import codes, contents
from procedures.documents.bound_rows import Rows, digest_of
from procedures.documents.case_reading import Reading, read_case
from procedures.documents.claims import SealedClaims
from procedures.documents.frame import frame_of
from procedures.documents.models import Document
from procedures.documents.names import Names
from procedures.documents.outputs import paper_of, rows_of, signed_on
from procedures.documents.previewing import has_preview, preview_wording
from procedures.documents.qr_seal import CannotSeal, qr_sealer, sealed_to_fit
from procedures.documents.reading_back import plainly, without_font
from procedures.documents.releasing import release_document
from procedures.documents.rendering import TEMPLATE_VERSION
from procedures.documents.reports import OUTPUT as REPORT_OUTPUT
from procedures.documents.reports import report_title
from procedures.documents.selectors import status_of
from procedures.documents.status_changes import annul_documents, decide_status_change, propose_status_change
from procedures.documents.status_list import places
from procedures.documents.wording import Words, words
from procedures.jobs import services as jobs

__all__ = [
    "CannotSeal",
    "annul_documents",
    "decide_status_change",
    "has_preview",
    "prepare_documents",
    "prepare_list_report",
    "prepare_minutes",
    "prepare_receipt",
    "preview_wording",
    "propose_status_change",
    "release_document",
    "status_of",
]

RECEIPT, REFUSAL, MINUTES, REPORT = 901, 902, 905, 910  # the engine's own document types in the seal


def prepare_documents(*, case: Case, decision: Decision) -> list[Document]:
    """Every document that this decision gives; a refusal gives its letter. Called again, it gives the same rows.

    Raises Refusal where a duplicate repeats nothing that is in force, and CannotSeal, which is one, where a sign cannot
    be printed, the code would be too large, or no key is fit to seal.
    """
    reading = read_case(case, decision)
    if decision.kind == Kind.REFUSE:
        return [_prepare_refusal(reading, decision)]
    situation = situation_of(case, reading.procedure, reading.values)
    outputs = [output for output in reading.procedure.outputs if decision.kind in output.on]
    return [
        _prepare_output(reading.of_row(output.each, row) if row else reading, decision, output, number, row_id)
        for output in outputs
        for number, (row_id, row) in enumerate(rows_of(reading, output), start=1)
        if output.when is None or situation.holds(output.when, block=output.each, row=row_id)
    ]


def prepare_receipt(*, case: Case) -> Document:
    """The receipt of a filing."""
    reading = read_case(case)
    names = _holder(reading)
    return _prepare(
        reading,
        output="receipt",
        kind_number=RECEIPT,
        frame="receipt",
        names=names,
        issued_on=localdate(case.filed_at),
        content=lambda public_id: contents.receipt_content(reading=reading, public_id=public_id, names=names),
    )


def prepare_minutes(*, number: str, unit: Words, title: Words, content: dict[str, Any], issued_on: date) -> Document:
    """The minutes of a session, which belong to no single case and name no holder; the caller calls once."""
    return _prepare_unowned(
        output="minutes",
        kind_number=MINUTES,
        number=lambda _public_id: number,
        unit=unit,
        title=title,
        content=content,
        issued_on=issued_on,
        frame="minutes",
    )


def prepare_list_report(*, content: dict[str, Any], rows: Rows) -> Document:
    """The sealed answer to a list of codes that somebody without an account asked; the seal binds `rows`.

    Its number is made of its own code: numbers in order would tell how many are asked. The caller calls once.
    """
    return _prepare_unowned(
        output=REPORT_OUTPUT,
        kind_number=REPORT,
        number=lambda public_id: f"VL-{public_id[:8]}",
        unit=words(gettext_lazy("Public verification of documents")),
        title=report_title(),
        content=content | {"bound": rows},
        issued_on=localdate(),
        frame="verification_report",
        rows_digest=digest_of(rows),
    )


def _prepare_unowned(
    *,
    output: str,
    kind_number: int,
    number: Callable[[str], str],
    unit: Words,
    title: Words,
    content: dict[str, Any],
    issued_on: date,
    frame: str,
    rows_digest: bytes | None = None,
) -> Document:
    """A document of no case and no holder: sealed and promised in the caller's transaction, or in one of its own."""
    with transaction.atomic():
        public_id, sealer = codes.new_id(), qr_sealer()
        printed = number(public_id)
        claims = SealedClaims(
            kind=kind_number,
            holder_ar=None,
            holder_lat=None,
            title=printed,
            structure=None,
            issued_on=issued_on,
            expires_on=None,
            status_index=_free_index(),
            level=None,
            rows_digest=rows_digest,
        )
        seal = sealed_to_fit(claims, public_id, sealer)
        around = frame_of(number=printed, unit=unit, public_id=public_id, name=title, title=title, names=Names())
        frozen = _frozen(around | content)
        document = Document.objects.create(
            public_id=public_id,
            number=printed,
            output=output,
            kind_number=kind_number,
            frame=frame,
            **_printed_columns(frozen, Names()),
            template_version=TEMPLATE_VERSION,
            kid=sealer.kid.hex(),
            **_seal_columns(seal, claims),
            issued_on=issued_on,
        )
        told = {"output": output, "kid": document.kid}
        audit.append(action="document.prepared", subject=document, actor=None, data=told)
        jobs.add(kind="documents.seal", key=f"seal:{document.pk}", payload={"document_id": document.pk})
    return document


def _prepare_refusal(reading: Reading, decision: Decision) -> Document:
    """A case that was reopened on appeal may be refused again: each refusal has a letter of its own."""
    names = _holder(reading)
    earlier = reading.case.decisions.filter(kind=Kind.REFUSE, effective_at__isnull=False, pk__lt=decision.pk).count()
    return _prepare(
        reading,
        output="refusal",
        row=str(earlier + 1) if earlier else "",
        kind_number=REFUSAL,
        frame="refusal",
        names=names,
        issued_on=signed_on(decision),
        content=lambda public_id: contents.refusal_content(
            reading=reading, decision=decision, public_id=public_id, names=names
        ),
    )


def _prepare_output(reading: Reading, decision: Decision, output: Output, place: int = 1, row: str = "") -> Document:
    if there := _prepared(reading, output.code, row):  # of a duplicate the first is replaced meanwhile
        return there
    issued_on = signed_on(decision)
    number = f"{reading.case.number}/{place}" if row else reading.case.number
    paper = paper_of(reading=reading, decision=decision, output=output, issued_on=issued_on, number=number)
    return _prepare(
        reading,
        output=output.code,
        row=row,
        number=number,
        kind_number=output.number,
        frame=paper.template,
        names=paper.names,
        issued_on=issued_on,
        expires_on=paper.expires_on,
        slots=paper.slots,
        content=paper.content,
    )


def _prepare(
    reading: Reading,
    *,
    output: str,
    kind_number: int,
    frame: str,
    names: Names,
    issued_on: date,
    content: Any,
    expires_on: date | None = None,
    row: str = "",
    number: str = "",
    slots: dict[str, Any] | None = None,
) -> Document:
    """Reserve the id and the status index, sign the claims once, freeze the words, and promise the sealing."""
    with transaction.atomic():
        if there := _prepared(reading, output, row):
            return there
        public_id, sealer = codes.new_id(), qr_sealer()
        claims = SealedClaims(
            kind=kind_number,
            holder_ar=names.ar or None,
            holder_lat=names.lat or None,
            issued_on=issued_on,
            expires_on=expires_on,
            status_index=_free_index(),
            **(slots or {"title": None, "structure": None, "level": None}),
        )
        seal = sealed_to_fit(claims, public_id, sealer)
        frozen = _frozen(content(public_id))
        document = Document.objects.create(
            public_id=public_id,
            number=number or reading.case.number,
            case=reading.case,
            procedure=reading.case.procedure,
            output=output,
            row=row,
            kind_number=kind_number,
            frame=frame,
            **_printed_columns(frozen, names),
            template_version=TEMPLATE_VERSION,
            kid=sealer.kid.hex(),
            **_seal_columns(seal, claims),
            issued_on=issued_on,
            expires_on=expires_on,
        )
        told = {"output": output, "kid": document.kid}
        audit.append(action="document.prepared", subject=document, actor=None, data=told)
        jobs.add(kind="documents.seal", key=f"seal:{document.pk}", payload={"document_id": document.pk})
    return document


def _frozen(content: dict[str, Any]) -> dict[str, Any]:
    """What is printed for ever. Raises CannotSeal here, where it can still be mended, for a sign without a font."""
    content = plainly(content)
    if signs := without_font(content):
        told = _("These signs cannot be printed: %(signs)s. Nothing was changed; write the text without them.")
        raise CannotSeal(told % {"signs": " ".join(signs)})
    return content


def _prepared(reading: Reading, output: str, row: str) -> Document | None:
    return Document.objects.filter(case=reading.case, output=output, row=row).first()


def _seal_columns(seal: bytes, claims: SealedClaims) -> dict[str, Any]:
    told = {"claims": _readable(claims), "status_index": claims.status_index}
    return told | {"cose": seal, "cose_digest": hashlib.sha256(seal).hexdigest()}


def _printed_columns(frozen: dict[str, Any], names: Names) -> dict[str, Any]:
    return {"content": frozen, "titles": frozen["title"], "holder_ar": names.ar, "holder_lat": names.lat}


def _free_index() -> int:
    """A random place in the status list: places in order would tell the order and number of issues.

    More than half are free, so that 64 draws in vain are one case in 2**64.
    """
    among = places()
    for _try in range(64):
        index = secrets.randbelow(among)
        if not Document.objects.filter(status_index=index).exists():
            return index
    raise CannotSeal(_("The status list is full."))


def _holder(reading: Reading) -> Names:
    """The first output's holder, else the applicant as filed."""
    needs = [output.claims.holder for output in reading.procedure.outputs]
    names = reading.names(needs[0]) if needs else Names()
    return names if names.ar or names.lat else Names(ar=reading.case.applicant_name)


def _readable(claims: SealedClaims) -> dict[str, Any]:
    return {
        "kind": claims.kind,
        "holder_ar": claims.holder_ar,
        "holder_lat": claims.holder_lat,
        "title": claims.title,
        "structure": claims.structure,
        "issued_on": claims.issued_on.isoformat(),
        "expires_on": claims.expires_on.isoformat() if claims.expires_on else None,
        "status_index": claims.status_index,
        "level": claims.level,
        **({"rows_sha256": claims.rows_digest.hex()} if claims.rows_digest else {}),
    }
