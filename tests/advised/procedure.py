"""A service that asks another office for its opinion, and goes on by silence: installed by the tests that play it."""

from dataclasses import replace

from procedures import api as p
from tests.workbench.procedure import PROCEDURE as WORKBENCH
from tests.workbench.questions import say
from tests.workbench.routes import Advice

PROCEDURE = replace(
    WORKBENCH,
    code="advised",
    prefix="ADV",
    title=say("خدمة للتجربة برأي", "Démarche d’essai avec avis", "A service with an opinion that only tests know"),
    signatories=(),
    binding=False,
    eligibility=(),
    rules=(),
    outputs=(),
    samples=(p.Sample(code="course"),),
    route=(
        p.Instruction(at=p.Regional("asking.governorate")),
        p.Opinion(
            at=p.Central("equivalence"),
            asks=(Advice,),
            deadline=p.Deadline(p.WorkingDays(5), silence=p.Silence.PASSES),
        ),
        p.Decision((p.Kind.GRANT, p.Kind.REFUSE), by="desk_officer"),
    ),
)


@p.hookimpl
def register_procedure() -> p.Procedure:
    return PROCEDURE
