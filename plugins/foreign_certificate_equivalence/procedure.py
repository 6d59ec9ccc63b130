"""Equivalence of a foreign vocational certificate (معادلة شهادة تكوين مهني أجنبية)."""

from django.utils.translation import gettext_lazy as _

from plugins.foreign_certificate_equivalence import questions as q
from plugins.foreign_certificate_equivalence.samples import SAMPLES
from procedures import api as p
from procedures.api import fields as f
from registers import api as r

ORDER_79 = p.Basis(_("Order no. 79 of 27 September 2010 on equivalence and its advisory commission"))
SCALES = p.Basis(_("Decrees 94-1397 of 20 June 1994 and 2009-2139 of 8 July 2009 on the national scales"))

SAME_DIPLOMA = ("foreign_certificate.title", "foreign_certificate.issuing_body", "foreign_certificate.country")


class Proposed(f.Fieldset):
    legend = _("Equivalence proposed by the commission")
    level = f.Choice(_("Level proposed"), r.QUALIFICATIONS, sample="BTP")


@p.rule(
    "foreign_certificate.kind",
    says=_("University degrees are for the ministry of higher education. File this one there."),
    title=_("The training is vocational"),
)
def training_is_vocational(kind: str) -> bool:
    return kind == "vocational"


@p.rule(
    "foreign_certificate.country",
    says=_("A Tunisian certificate is classified, not made equivalent. Ask for its classification."),
    title=_("The certificate is foreign"),
    instead="certificate_classification",
)
def certificate_is_foreign(country: str) -> bool:
    return country != "TN"


attended = ~p.given("foreign_certificate.mode", "distance", says=_("the training was not wholly at a distance"))
in_another_language = p.given("foreign_certificate.language", "other", says=_("it is not in Arabic, French or English"))
has_a_path = attended & ~p.given("foreign_certificate.months", 1, says=_("the training lasted more than a month"))
is_minor = p.under_age("identity.birth_date")
guardian_files = p.given("guardian.acts", True)


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
    legal_basis=(ORDER_79, SCALES),
    deadline=p.Deadline(p.WorkingDays(45)),
    eligibility=(training_is_vocational, certificate_is_foreign),
    steps=(
        p.Step("holder", _("About you"), (p.Identity, r.Contact)),
        p.Step("guardian", _("Your guardian"), (p.Guardian,), when=is_minor),
        p.Step("certificate", _("Your certificate"), (q.ForeignCertificate,)),
        p.Step(
            "path",
            _("Your training"),
            (q.EntryDiploma, p.Group("stays", q.Stay, least=1, most=20), p.Group("internships", q.Internship, most=10)),
            when=has_a_path,
        ),
        p.Step("target", _("What you ask"), (q.Target, q.Consent)),
    ),
    papers=(
        p.Evidence("identity", _("Identity card or passport"), files=2, bears="identity"),
        p.Evidence("guardian_identity", _("Identity paper of the guardian"), when=is_minor, files=2, bears="guardian"),
        p.Evidence("certificate", _("The certificate, both sides"), files=4, bears="identity"),
        p.Evidence("translation", _("Sworn translation of the certificate"), when=in_another_language, files=4),
        p.Evidence("transcripts", _("Transcripts of marks"), files=10, bears="identity"),
        p.Evidence("programme", _("Programme of the training with its hours"), files=5),
        p.Evidence("recognition", _("Proof that the body is recognised in its country"), files=3),
        p.Evidence("residence", _("Passport stamps or proof of residence"), when=attended, files=10),
        p.Evidence("entry_diploma", _("Diploma you entered the training with"), when=has_a_path, files=2),
    ),
    rules=(
        r.title_is_understood("foreign_certificate"),
        r.holder_was_old_enough("identity.birth_date", "foreign_certificate.issued_on"),
        r.hours_are_plausible("foreign_certificate"),
        r.stay_runs_forward("stays"),
        r.stay_precedes("stays", "foreign_certificate.issued_on"),
    ),
    signatories=(p.Signatory("guardian", _("The guardian"), who="guardian.email", when=is_minor & ~guardian_files),),
    route=(
        p.Completeness(at=p.Regional("contact.governorate")),
        p.Instruction(asks=(q.OfficialClassification,)),
        p.Commission("equivalence", precedents=SAME_DIPLOMA, asks=(Proposed,)),
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
            basis=SCALES,
        ),
        p.Reason(
            "certificate_not_genuine",
            _("The issuing body does not confirm the certificate."),
            mend=_("Obtain a written confirmation from the issuing body, then file again."),
        ),
    ),
    outputs=(
        p.Output(
            "equivalence",
            _("Equivalence decision"),
            number=26,
            on=(p.Kind.GRANT,),
            claims=p.Claims(holder="identity", title="granted.speciality", level="granted.level"),
            shows=("foreign_certificate.title", "foreign_certificate.issuing_body", "foreign_certificate.country"),
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
