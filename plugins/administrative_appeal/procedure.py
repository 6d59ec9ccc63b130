"""Appeal to the authority above against a decision (تظلّم من قرار إداري)."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from procedures import api as p
from procedures.api import fields as f

CONTESTED = "case.contested"
GROUNDS = {
    "facts": _("The facts are not as the decision says"),
    "law": _("The rule was read or applied wrongly"),
    "procedure": _("The way the decision was taken is not as it should be"),
    "new_evidence": _("I bring something new"),
}


class Appeal(f.Fieldset):
    legend = _("Your appeal")
    grounds = f.Choices(_("What you contest"), GROUNDS, sample=["facts"])
    text = f.LongText(
        _("What is wrong with the decision"),
        help=_("Say which reason you contest, and why. Plain words are enough."),
        least=20,
        most=8000,
        sample="The body that issued the certificate is recognised: the list of 2024 names it.",
    )


class Conclusion(f.Fieldset):
    legend = _("Conclusion on the appeal")
    answer = f.LongText(
        _("Answer to what the appeal says"), least=20, most=4000, sample="The list of 2024 names the issuing body."
    )


@p.rule(
    p.last_day_to_appeal,
    "case.filed_on",
    says=_("The time to appeal ended on %(last)s. You can still file a new application that mends the reasons."),
    title=_("The appeal comes in time"),
)
def appeal_is_in_time(last: date, filed: date) -> bool:
    return filed <= last


@p.effect(p.Kind.GRANT, says=_("The decision is annulled, and its case is decided anew by other people."))
def reopening(case: p.DecidedCase) -> None:
    p.reopen_contested(case)


PROCEDURE = p.Procedure(
    code="administrative_appeal",
    prefix="APL",
    version="1.0",
    title=_("Appeal against a decision"),
    summary=_("Have a decision that was notified to you examined again, by other people than those who took it."),
    applicants=(p.TRAINEE, p.PUBLIC, p.CENTRE, p.EMPLOYER),
    authority=p.Superior(CONTESTED),
    about=CONTESTED,
    deadline=p.Deadline(p.WorkingDays(40)),
    eligibility=(appeal_is_in_time,),
    steps=(p.Step("appeal", _("Your appeal"), (Appeal,)),),
    papers=(p.Evidence("evidence", _("What supports your appeal"), optional=True, files=10),),
    route=(
        p.Instruction(),
        p.Decision((p.Kind.GRANT, p.Kind.REFUSE), asks=(Conclusion,)),
        p.Signature(),
    ),
    reasons=(
        p.Reason("unfounded", _("What the appeal says does not change the reasons of the decision.")),
        p.Reason("nothing_new", _("The appeal brings nothing that was not examined before.")),
    ),
    outputs=(
        p.Output(
            "appeal_decision",
            _("Decision on the appeal"),
            number=36,
            on=(p.Kind.GRANT,),
            claims=p.Claims(holder="case.applicant"),
            shows=("conclusion.answer",),
            body=_("The contested decision is annulled. Its case is decided anew by people who had no hand in it."),
        ),
    ),
    effects=(reopening,),
    appeal=None,
    retention=p.Months(120),
    samples=(p.Sample(code="on_facts"), p.Sample(code="rejected", ends=p.Kind.REFUSE)),
)


@p.hookimpl
def register_procedure() -> p.Procedure:
    return PROCEDURE
