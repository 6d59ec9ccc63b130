"""Suspension of the activity of a structure, as a precaution (تعليق تحفّظي لنشاط هيكل تكوين خاص)."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from plugins.precautionary_suspension import questions as q
from plugins.precautionary_suspension.samples import SAMPLES
from procedures import api as p
from registers import api as r

NUMBER = "target.structure"
PRECAUTION_DAYS = p.Parameter("authority.precaution_days", 30, _("Most days of a suspension before the hearing"))
SUSPENSION_DAYS = p.Parameter("authority.suspension_days", 180, _("Most days of a suspension"))

urgent = p.given("precaution.urgent", True, says=_("the danger cannot wait for the hearing"))


@p.rule(
    "precaution.until",
    "case.filed_on",
    PRECAUTION_DAYS,
    says=_("Before the hearing a structure is suspended for %(most)s days at most. Choose an earlier day."),
    title=_("The precaution is short"),
)
def precaution_is_short(until: date, opened: date, most: int) -> bool:
    return (until - opened).days < most


@p.rule(
    "charge.until",
    "case.filed_on",
    SUSPENSION_DAYS,
    says=_("A structure is suspended for %(most)s days at most. Choose an earlier day."),
    title=_("The suspension has an end"),
)
def suspension_is_bounded(until: date, opened: date, most: int) -> bool:
    return (until - opened).days < most


@p.effect(p.Kind.REGISTER, says=_("The structure is suspended at once, for a limited time."))
def precaution(case: p.DecidedCase) -> None:
    r.take_measure(case, case[NUMBER], r.SUSPENSION, last_day=case["precaution.until"])


@p.effect(p.Kind.NOTICE, says=_("The structure is suspended up to the day decided."))
def suspension(case: p.DecidedCase) -> None:
    r.uphold_suspension(case, case[NUMBER], last_day=case["charge.until"])


@p.effect(p.Kind.CONFORM, says=_("A suspension that runs is lifted."))
def lifting(case: p.DecidedCase) -> None:
    r.lift_measure(case, case[NUMBER], r.SUSPENSION)


PROCEDURE = p.Procedure(
    code="precautionary_suspension",
    prefix="SUS",
    version="1.0",
    title=_("Precautionary suspension"),
    summary=_("Suspend the activity of a structure: after it was heard, or at once where a danger cannot wait."),
    applicants=(p.authority("inspector"),),
    authority=p.Regional(r.structure_governorate(NUMBER)),
    about=NUMBER,
    concerned=r.structure_holder(NUMBER),
    legal_basis=(),  # none read: everything here is an assumption, and is printed as one
    deadline=p.Deadline(p.WorkingDays(30)),
    steps=(p.Step("file", _("Precautionary suspension"), (r.Target, q.Charge, q.Precaution)),),
    papers=p.papers_of_a_file(),
    rules=(
        r.structure_may_be_measured(NUMBER),
        r.no_measure_in_force(NUMBER, r.SUSPENSION),
        precaution_is_short,
        suspension_is_bounded,
    ),
    route=(
        p.Decision((p.Kind.REGISTER,), code="precaution", by="inspector", when=urgent),
        p.Signature(code="precaution_signature", when=urgent),
        p.hearing(p.WorkingDays(10)),
        p.Decision((p.Kind.NOTICE, p.Kind.CONFORM), code="suspension", by="inspector"),
        p.Signature(code="suspension_signature"),
    ),
    reasons=(
        p.Reason("safety", _("Trainees or staff are in danger."), on=(p.Kind.NOTICE,)),
        p.Reason("notice_unheeded", _("What a formal notice asked was not mended."), on=(p.Kind.NOTICE,)),
        p.Reason("no_right", _("Training is given for which the structure has no right."), on=(p.Kind.NOTICE,)),
    ),
    outputs=(
        p.Output(
            "precaution",
            _("Order of precautionary suspension"),
            number=39,
            on=(p.Kind.REGISTER,),
            claims=p.Claims(holder=NUMBER, structure=NUMBER),
            shows=("charge.facts", "precaution.danger"),
            validity=p.Validity(until="precaution.until"),
            body=_(
                "The activity of the structure is suspended at once, up to and including %(precaution.until)s.\n\n"
                "The structure is now heard in writing. Enrolled trainees keep their rights."
            ),
        ),
        p.Output(
            "suspension",
            _("Decision of suspension"),
            number=40,
            on=(p.Kind.NOTICE,),
            claims=p.Claims(holder=NUMBER, structure=NUMBER),
            shows=("charge.facts",),
            validity=p.Validity(until="charge.until"),
            body=_(
                "The activity of the structure is suspended up to and including %(charge.until)s.\n\n"
                "Enrolled trainees keep their rights."
            ),
        ),
        p.Output(
            "lifting",
            _("Decision not to suspend"),
            number=41,
            on=(p.Kind.CONFORM,),
            claims=p.Claims(holder=NUMBER, structure=NUMBER),
            body=_("The structure is not suspended; a precaution that was taken is lifted."),
        ),
    ),
    effects=(precaution, suspension, lifting),
    retention=p.Months(120),
    samples=SAMPLES,
)


@p.hookimpl
def register_procedure() -> p.Procedure:
    return PROCEDURE
