"""Revocation of a certificate, with a public reason (إلغاء شهادة بسبب معلن)."""

from django.utils.translation import gettext_lazy as _

from plugins.certificate_revocation import questions as q
from plugins.certificate_revocation.samples import SAMPLES
from procedures import api as p
from registers import api as r

DOCUMENT = "target.document"


@p.effect(p.Kind.NOTICE, says=_("The document is revoked; its verification says so, with the public reason."))
def revocation(case: p.DecidedCase) -> None:
    p.revoke_document(case, case[DOCUMENT], case["charge.reason"])
    r.revoke_certificate_of(case, case[DOCUMENT], case["charge.reason"])


PROCEDURE = p.Procedure(
    code="certificate_revocation",
    prefix="RET",
    version="1.0",
    title=_("Revocation of a certificate"),
    summary=_("Revoke a document that should not have been issued, once its holder was heard, for a public reason."),
    applicants=(p.authority("central_officer"),),
    authority=p.Central("equivalence"),
    about=DOCUMENT,
    concerned=p.document_holder(DOCUMENT),
    legal_basis=(),  # none read: everything here is an assumption, and is printed as one
    deadline=p.Deadline(p.WorkingDays(45)),
    steps=(p.Step("file", _("Revocation of a certificate"), (q.Target, q.Charge)),),
    papers=p.papers_of_a_file(demanded=True),
    rules=(p.document_is_in_force(DOCUMENT),),
    route=(
        p.hearing(p.WorkingDays(15)),
        p.Decision((p.Kind.NOTICE, p.Kind.CONFORM)),
        p.Signature(),
    ),
    outputs=(
        p.Output(
            "revocation",
            _("Decision of revocation"),
            number=45,
            on=(p.Kind.NOTICE,),
            claims=p.Claims(holder=DOCUMENT),
            shows=(DOCUMENT, "charge.reason", "charge.facts"),
            body=_("The document named below is revoked from the day of this decision, and is worth nothing any more."),
        ),
        p.Output(
            "left_in_force",
            _("Decision not to revoke"),
            number=46,
            on=(p.Kind.CONFORM,),
            claims=p.Claims(holder=DOCUMENT),
            shows=(DOCUMENT,),
            body=_("The holder was heard. The document named below stays in force."),
        ),
    ),
    effects=(revocation,),
    retention=p.Months(120),
    samples=SAMPLES,
)


@p.hookimpl
def register_procedure() -> p.Procedure:
    return PROCEDURE
