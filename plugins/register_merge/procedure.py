"""Merge of two entries of the register of people that are one person (دمج تسجيلين لشخص واحد)."""

from django.utils.translation import gettext_lazy as _

from plugins.register_merge import questions as q
from plugins.register_merge.samples import SAMPLES
from procedures import api as p
from registers import api as r

PAIR, ACT, COMPARED = "target.pair", "target.act", "comparison.compared"
waits = p.given(ACT, r.MERGE, says=_("the entries wait for a decision"))


@p.effect(p.Kind.REGISTER, says=_("The entries become one, or are told apart again, in the register of people."))
def deciding(case: p.DecidedCase) -> None:
    r.decide_on_pair(case, case[PAIR], case[ACT], reason=case[COMPARED], keep=case["target.keep"] or r.OLDER)


@p.effect(p.Kind.CONFORM, says=_("Entries that waited stay two persons, and are never proposed again."))
def keeping_apart(case: p.DecidedCase) -> None:
    if case[ACT] == r.MERGE:
        r.keep_pair_apart(case, case[PAIR], reason=case[COMPARED])


PROCEDURE = p.Procedure(
    code="register_merge",
    prefix="FUS",
    version="1.0",
    title=_("Merge of two entries of the register"),
    summary=_("Decide whether two entries of the register of people are one person, or undo such a decision."),
    applicants=(p.authority("central_officer"),),
    authority=p.Central("equivalence"),
    about=PAIR,
    concerned=r.account_behind_pair(PAIR),
    unheard=_("The register is put right and nobody loses a right: nobody is heard, and the person is told."),
    legal_basis=(),  # none read: everything here is an assumption, and is printed as one
    deadline=p.Deadline(p.WorkingDays(15)),
    # What names the other entry is for officers: where they are two persons, one reads nothing of the other.
    steps=(
        p.Step(
            "file",
            _("Merge of two entries of the register"),
            (p.Block("target", q.Target, confidential=True), p.Block("comparison", q.Comparison, confidential=True)),
        ),
    ),
    papers=(),
    rules=(r.pair_may_be_decided(PAIR, ACT),),
    route=(p.Decision((p.Kind.REGISTER, p.Kind.CONFORM)), p.Signature()),
    outputs=(
        p.Output(
            "merged",
            _("Decision to merge two entries"),
            number=48,
            on=(p.Kind.REGISTER,),
            when=waits,
            claims=p.Claims(holder=PAIR),
            body=_(
                "The two entries of the register under this name are one person, and are kept as one from today.\n\n"
                "Nothing that was acquired is lost. Whoever sees a mistake in it tells the administration, which can "
                "tell the entries apart again."
            ),
        ),
        p.Output(
            "told_apart",
            _("Decision to tell two entries apart"),
            number=49,
            on=(p.Kind.REGISTER,),
            when=~waits,
            claims=p.Claims(holder=PAIR),
            body=_(
                "The two entries that were merged are two persons. What the merge had moved goes back to its entry; "
                "what came since stays with the entry that was kept."
            ),
        ),
    ),
    effects=(deciding, keeping_apart),
    retention=p.Months(600),
    samples=SAMPLES,
)


@p.hookimpl
def register_procedure() -> p.Procedure:
    return PROCEDURE
