"""Equivalence of a foreign vocational certificate (معادلة شهادة تكوين مهني أجنبية)."""

from django.utils.translation import gettext_lazy as _

from plugins.foreign_certificate_equivalence import questions as q
from plugins.foreign_certificate_equivalence import rules
from plugins.foreign_certificate_equivalence.samples import SAMPLES
from procedures import api as p
from registers import api as r


@p.effect(p.Kind.GRANT, says=_("The equivalence is entered in the register of certificates."))
def equivalence(case: p.DecidedCase) -> None:
    r.enter_equivalence(
        case,
        holder=case["identity"],
        level=case["granted.level"],
        speciality=case["granted.speciality"],
        country=case["foreign_certificate.country"],
    )


PROCEDURE = p.Procedure(
    code="foreign_certificate_equivalence",
    prefix="EQV",
    version="1.0",
    title=_("Equivalence of a foreign vocational certificate"),
    summary=_("Have the level of a vocational certificate obtained abroad recognised in Tunisia."),
    applicants=(p.TRAINEE, p.PUBLIC),
    authority=p.Central("equivalence"),
    about="identity.id_number",
    legal_basis=(rules.ORDER_79, rules.SCALES),
    deadline=p.Deadline(p.WorkingDays(45)),
    eligibility=(rules.training_is_vocational, rules.certificate_is_foreign),
    steps=(
        p.Step("holder", _("About you"), (p.Identity, r.Contact)),
        p.Step("guardian", _("Your guardian"), (p.Guardian,), when=rules.is_minor),
        p.Step("certificate", _("Your certificate"), (q.ForeignCertificate,)),
        p.Step(
            "path",
            _("Your training"),
            (q.EntryDiploma, p.Group("stays", q.Stay, least=1, most=20), p.Group("internships", q.Internship, most=10)),
            when=rules.has_a_path,
        ),
        p.Step("target", _("What you ask"), (q.Target, q.Consent)),
    ),
    papers=(
        p.Evidence("identity", _("Identity card or passport"), files=2),
        p.Evidence("guardian_identity", _("Identity paper of the guardian"), when=rules.is_minor, files=2),
        p.Evidence("certificate", _("The certificate, both sides"), files=4),
        p.Evidence("translation", _("Sworn translation of the certificate"), when=rules.in_another_language, files=4),
        p.Evidence("transcripts", _("Transcripts of marks"), files=10),
        p.Evidence("programme", _("Programme of the training with its hours"), files=5),
        p.Evidence("recognition", _("Proof that the body is recognised in its country"), files=3),
        p.Evidence("residence", _("Passport stamps or proof of residence"), when=~rules.at_a_distance, files=10),
        p.Evidence("entry_diploma", _("Diploma you entered the training with"), when=rules.has_a_path, files=2),
    ),
    rules=(
        rules.title_is_understood,
        rules.holder_was_old_enough,
        rules.hours_are_plausible,
        rules.stay_runs_forward,
        rules.stay_precedes_certificate,
    ),
    route=(
        p.Completeness(at=p.Regional("contact.governorate")),
        p.Instruction(asks=(q.OfficialClassification,)),
        p.Commission("equivalence"),
        p.Decision((p.Kind.GRANT, p.Kind.REFUSE), asks=(q.Granted,)),
        p.Signature(by="minister_delegate"),
    ),
    reasons=(
        p.Reason(
            "body_not_recognised",
            _("The body that issued the certificate is not recognised in its country."),
            mend=_("Obtain an attestation of recognition from the authority of that country, then file again."),
        ),
        p.Reason(
            "no_matching_level",
            _("The training matches no level of the national scale."),
            mend=_("Ask a regional directorate which training would complete yours."),
            basis=rules.SCALES,
        ),
        p.Reason(
            "certificate_not_genuine",
            _("The issuing body does not confirm the certificate."),
            mend=_("Obtain a written confirmation from the issuing body, then file again."),
        ),
        p.Reason(
            "training_not_vocational",
            _("The training is not vocational."),
            mend=_("Turn to the ministry that is in charge of this kind of training."),
        ),
    ),
    outputs=(
        p.Output(
            "equivalence",
            _("Equivalence decision"),
            number=26,
            on=(p.Kind.GRANT,),
            claims=p.Claims(holder="identity", title="granted.speciality", level="granted.level"),
            body=_("The foreign vocational certificate described below is held equivalent to the level stated."),
        ),
    ),
    effects=(equivalence,),
    retention=p.Months(120),
    samples=SAMPLES,
)


@p.hookimpl
def register_procedure() -> p.Procedure:
    return PROCEDURE
