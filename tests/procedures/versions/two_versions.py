"""One small procedure in two versions, and past cases of the first, of which some would fare otherwise."""

import random
import uuid
from dataclasses import replace
from typing import Any

from django.utils import timezone

from procedures import api as p
from procedures.api import fields as f
from procedures.cases.models import Case, Snapshot
from procedures.offices.models import Office
from procedures.outline import outline_of
from procedures.rules import Situation
from procedures.snapshot import digest, take_snapshot
from tests.procedures.kernel.factories import a_person
from tests.workbench.questions import say

CODE = "loan_of_tools"


class Ask(f.Fieldset):
    legend = say("الطلب", "La demande", "The request")
    name = f.Text(say("الاسم", "Nom", "Name"), sample="Amel")
    kind = f.Choice(say("النوع", "Genre", "Kind"), {"course": "course", "workshop": "workshop"}, sample="course")
    hours = f.Whole(say("الساعات", "Heures", "Hours"), least=1, most=200, sample=40)
    copies = f.Whole(say("النسخ", "Copies", "Copies"), least=1, most=10, sample=1)
    abroad = f.YesNo(say("في الخارج", "À l’étranger", "Abroad"), sample=False)


class AskLess(Ask):
    hours = f.Whole(say("الساعات", "Heures", "Hours"), least=1, most=100, sample=40)


@p.rule("ask.hours", "ask.kind", says=say("قصير جدا.", "Trop court.", "Too short."))
def is_long_enough(hours: int, kind: str) -> bool:
    return hours >= 5


in_a_workshop = p.given("ask.kind", "workshop", says=say("ورشة", "c’est un atelier", "it is a workshop"))
goes_abroad = p.given("ask.abroad", True, says=say("في الخارج", "à l’étranger", "it goes abroad"))
at_most_five = p.Fact("billed_copies", ("ask.copies",), lambda copies: min(copies, 5))

FIRST = p.Procedure(
    code=CODE,
    prefix="LOT",
    version="1.0",
    title=say("إعارة أدوات", "Prêt d’outils", "Loan of tools"),
    summary=say("للتجربة فقط.", "Pour essayer.", "For tests."),
    applicants=(p.TRAINEE,),
    authority=p.Central("equivalence"),
    about="ask.name",
    deadline=p.Deadline(p.WorkingDays(10)),
    fee=p.Fee(1000, per="ask.copies"),
    steps=(p.Step("ask", say("الطلب", "La demande", "The request"), (p.Block("ask", Ask),)),),
    papers=(p.Evidence("identity", say("الهوية", "Identité", "Identity")),),
    route=(p.Instruction(), p.Decision((p.Kind.GRANT, p.Kind.REFUSE)), p.Signature()),
    reasons=(p.Reason("no", say("لا.", "Non.", "No.")),),
    outputs=(),
    retention=p.Months(12),
)
SECOND = replace(
    FIRST,
    version="2.0",
    fee=p.Fee(1000, per=at_most_five),
    steps=(p.Step("ask", say("الطلب", "La demande", "The request"), (p.Block("ask", AskLess),)),),
    papers=(*FIRST.papers, p.Evidence("permit", say("رخصة", "Permis", "Permit"), when=goes_abroad)),
    rules=(is_long_enough,),
    route=(p.Instruction(), p.Visit(when=in_a_workshop), *FIRST.route[1:]),
)
PLAIN = {"name": "Amel", "kind": "course", "hours": 40, "copies": 2, "abroad": False}
PLANTED: tuple[tuple[str, dict[str, Any]], ...] = (
    *(("invalid", {"hours": hours}) for hours in (101, 150, 200, 4, 1)),  # three by the question, two by the rule
    *(("route", {"kind": "workshop"}) for _each in range(4)),
    *(("fee", {"copies": copies}) for copies in (6, 7, 9, 10)),
    *(("papers", {"abroad": True}) for _each in range(4)),
)


def past_cases(number: int, office: Office, *, planted: Any = PLANTED, seed: int = 0) -> dict[str, str]:
    """File `number` cases of the first version; gives the numbers of those that are planted, each with its kind."""
    chance = random.Random(seed)
    places = dict(zip(chance.sample(range(number), len(planted)), planted, strict=True))
    content = take_snapshot(FIRST, on=timezone.localdate())
    snapshot = Snapshot.objects.create(digest=digest(content), procedure=CODE, version="1.0", content=content)
    applicant, expected = a_person(), {}
    cases = []
    for position in range(number):
        kind, changes = places.get(position, ("", {"hours": chance.randint(5, 100), "copies": chance.randint(1, 5)}))
        case = _case(position, PLAIN | changes, snapshot, applicant, office)
        cases.append(case)
        if kind:
            expected[case.number] = kind
    Case.objects.bulk_create(cases)
    return expected


def _case(position: int, answers: dict[str, Any], snapshot: Snapshot, applicant: Any, office: Office) -> Case:
    situation = Situation(FIRST, {"ask": answers}, on=timezone.localdate())
    return Case(
        number=f"LOT-2026-{position:06d}",
        draft_id=uuid.uuid4(),
        procedure=CODE,
        procedure_version="1.0",
        snapshot=snapshot,
        applicant=applicant,
        applicant_name="Amel",
        language="fr",
        state="issued",
        office=office,
        answers={"ask": answers},
        outline=outline_of(situation),
        filed_at=timezone.now(),
    )
