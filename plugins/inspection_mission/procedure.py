"""Inspection mission to a private training structure (مهمّة تفقّد هيكل تكوين خاص)."""

from django.utils.translation import gettext_lazy as _

from plugins.inspection_mission import questions as q
from plugins.inspection_mission.samples import SAMPLES
from procedures import api as p
from registers import api as r

NUMBER = "target.structure"


@p.effect(p.Kind.CONFORM, p.Kind.NOTICE, says=_("The visit and what it found are entered in the register."))
def visits(case: p.DecidedCase) -> None:
    r.record_visits(case, case[NUMBER])


PROCEDURE = p.Procedure(
    code="inspection_mission",
    prefix="INS",
    version="1.0",
    title=_("Inspection mission"),
    summary=_("Visit a structure with a checklist, hear what it says of the findings, and conclude in a report."),
    applicants=(p.authority("inspector", "regional_director"),),
    authority=p.Regional(r.structure_governorate(NUMBER)),
    about=NUMBER,
    concerned=r.structure_holder(NUMBER),
    legal_basis=(),  # none read: everything here is an assumption, and is printed as one
    deadline=p.Deadline(p.WorkingDays(30)),
    steps=(p.Step("file", _("Inspection mission"), (r.Target, q.Mission)),),
    papers=p.papers_of_a_file(),
    rules=(r.structure_may_be_measured(NUMBER),),
    route=(
        p.Visit(),
        p.hearing(p.WorkingDays(5)),
        p.Decision((p.Kind.CONFORM, p.Kind.NOTICE), by="inspector", asks=(q.Report,)),
        p.Signature(),
    ),
    reasons=(
        p.Reason("findings", _("The visit found faults, which the report names."), on=(p.Kind.NOTICE,)),
        p.Reason("hindered", _("The structure hindered the visit."), on=(p.Kind.NOTICE,)),
    ),
    outputs=(
        p.Output(
            "report",
            _("Report of an inspection"),
            number=42,
            on=(p.Kind.CONFORM, p.Kind.NOTICE),
            claims=p.Claims(holder=NUMBER, structure=NUMBER),
            shows=("mission.why", "mission.scope"),
            body=_("The structure was visited and heard. The conclusions of the report are below."),
        ),
    ),
    effects=(visits,),
    opens=(p.Opens("formal_notice", on=(p.Kind.NOTICE,)),),
    retention=p.Months(120),
    samples=SAMPLES,
)


@p.hookimpl
def register_procedure() -> p.Procedure:
    return PROCEDURE
