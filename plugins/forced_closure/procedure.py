"""Closure of a structure by decision of the authority (غلق هيكل تكوين خاص بقرار إداري)."""

from django.utils.translation import gettext_lazy as _

from plugins.forced_closure import questions as q
from plugins.forced_closure.samples import SAMPLES
from procedures import api as p
from registers import api as r

NUMBER = "target.structure"


@p.effect(p.Kind.NOTICE, says=_("The structure is closed for good, its branches with it."))
def closure(case: p.DecidedCase) -> None:
    r.take_measure(case, case[NUMBER], r.CLOSURE)


PROCEDURE = p.Procedure(
    code="forced_closure",
    prefix="FER",
    version="1.0",
    title=_("Closure by decision of the authority"),
    summary=_("Close a structure for good, once it was heard, and see that its trainees end their training."),
    applicants=(p.authority("inspector"),),
    authority=p.Regional(r.structure_governorate(NUMBER)),
    about=NUMBER,
    concerned=r.structure_holder(NUMBER),
    legal_basis=(),  # none read: everything here is an assumption, and is printed as one
    deadline=p.Deadline(p.WorkingDays(45)),
    steps=(p.Step("file", _("Closure"), (r.Target, q.Charge, q.Trainees)),),
    papers=p.papers_of_a_file(demanded=True),
    rules=(r.structure_may_be_measured(NUMBER),),
    route=(
        p.hearing(p.WorkingDays(15)),
        p.Decision((p.Kind.NOTICE, p.Kind.CONFORM), by="inspector"),
        p.Signature(),
    ),
    reasons=(
        p.Reason("no_right", _("Training is given without any right to give it."), on=(p.Kind.NOTICE,)),
        p.Reason("danger", _("Trainees or staff are in danger, and nothing was mended."), on=(p.Kind.NOTICE,)),
        p.Reason("fraud", _("Certificates or registers were falsified."), on=(p.Kind.NOTICE,)),
        p.Reason("measures_unheeded", _("Earlier measures were not heeded."), on=(p.Kind.NOTICE,)),
    ),
    outputs=(
        p.Output(
            "closure",
            _("Decision of closure"),
            number=43,
            on=(p.Kind.NOTICE,),
            claims=p.Claims(holder=NUMBER, structure=NUMBER),
            shows=("charge.facts", "trainees.plan"),
            body=_(
                "The structure is closed for good from the day of this decision. It enrols nobody any more.\n\n"
                "Its trainees end their training as described below."
            ),
        ),
        p.Output(
            "left_open",
            _("Decision not to close"),
            number=44,
            on=(p.Kind.CONFORM,),
            claims=p.Claims(holder=NUMBER, structure=NUMBER),
            body=_("The structure was heard and is not closed."),
        ),
    ),
    effects=(closure,),
    retention=p.Months(120),
    samples=SAMPLES,
)


@p.hookimpl
def register_procedure() -> p.Procedure:
    return PROCEDURE
