"""Formal notice to a private training structure (تنبيه رسمي إلى هيكل تكوين خاص)."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from plugins.formal_notice import questions as q
from plugins.formal_notice.samples import SAMPLES
from procedures import api as p
from registers import api as r

NUMBER = "target.structure"
LEAST_DAYS = p.Parameter("authority.notice_days", 15, _("Fewest days that a formal notice gives to mend"))


@p.rule(
    "demand.mend_by",
    "case.filed_on",
    LEAST_DAYS,
    says=_("A notice gives at least %(least)s days. Choose a later day."),
    title=_("There is time enough to mend"),
)
def time_to_mend_is_fair(by: date, opened: date, least: int) -> bool:
    return (by - opened).days >= least


@p.effect(p.Kind.NOTICE, says=_("The notice is entered in the register of measures."))
def notice(case: p.DecidedCase) -> None:
    r.take_measure(case, case[NUMBER], r.NOTICE)


@p.effect(p.Kind.CONFORM, p.Kind.REFER, says=_("The notice ends in the register of measures."))
def notice_ends(case: p.DecidedCase) -> None:
    r.lift_measure(case, case[NUMBER], r.NOTICE)


PROCEDURE = p.Procedure(
    code="formal_notice",
    prefix="MED",
    version="1.0",
    title=_("Formal notice"),
    summary=_("Tell a structure in writing what is wrong, what it must mend, and by which day; then hear its answer."),
    applicants=(p.authority("inspector"),),
    authority=p.Regional(r.structure_governorate(NUMBER)),
    about=NUMBER,
    concerned=r.structure_holder(NUMBER),
    legal_basis=(),  # none read: everything here is an assumption, and is printed as one
    deadline=p.Deadline(p.WorkingDays(45)),
    steps=(p.Step("file", _("Formal notice"), (r.Target, q.Found, q.Demand)),),
    papers=p.papers_of_a_file(),
    rules=(
        r.structure_may_be_measured(NUMBER),
        r.no_measure_in_force(NUMBER, r.NOTICE),
        time_to_mend_is_fair,
    ),
    route=(
        p.Decision((p.Kind.NOTICE,), code="notice", by="inspector"),
        p.Signature(code="notice_signature"),
        p.hearing(p.WorkingDays(15)),
        p.Decision((p.Kind.CONFORM, p.Kind.REFER), code="conclusion", by="inspector", asks=(q.Conclusion,)),
        p.Signature(code="conclusion_signature"),
    ),
    reasons=(
        p.Reason("charter", _("The structure departs from the charter that it signed."), on=(p.Kind.NOTICE,)),
        p.Reason("premises", _("The premises or the equipment are not safe or not enough."), on=(p.Kind.NOTICE,)),
        p.Reason("trainers", _("A trainer lacks the qualification demanded."), on=(p.Kind.NOTICE,)),
        p.Reason("registers", _("Registers, contracts or attendance are not kept."), on=(p.Kind.NOTICE,)),
        p.Reason("advertising", _("Advertising promises what the structure may not give."), on=(p.Kind.NOTICE,)),
    ),
    outputs=(
        p.Output(
            "notice",
            _("Formal notice"),
            number=37,
            on=(p.Kind.NOTICE,),
            claims=p.Claims(holder=NUMBER, structure=NUMBER),
            shows=("found.found_on", "found.facts", "demand.demand", "demand.mend_by"),
            body=_(
                "The structure is given formal notice to mend what is described below, by %(demand.mend_by)s.\n\n"
                "It may answer in writing and add papers, from its account or at the directorate. "
                "Where nothing is mended, the file goes on to another measure."
            ),
        ),
        p.Output(
            "notice_closed",
            _("End of a formal notice"),
            number=38,
            on=(p.Kind.CONFORM,),
            claims=p.Claims(holder=NUMBER, structure=NUMBER),
            shows=("demand.demand",),
            body=_(
                "What the formal notice asked is mended. The notice ends, and nothing is held against the structure."
            ),
        ),
    ),
    effects=(notice, notice_ends),
    opens=(p.Opens("precautionary_suspension", on=(p.Kind.REFER,)),),
    retention=p.Months(120),
    samples=SAMPLES,
)


@p.hookimpl
def register_procedure() -> p.Procedure:
    return PROCEDURE
