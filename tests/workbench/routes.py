"""The workbench with other routes: each shows one thing that a route can say, and is installed where a test asks."""

import contextlib
import types
import uuid
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.utils import timezone

from procedures import api as p
from procedures import registry
from procedures.cases import services
from procedures.cases.models import Case
from procedures.definition import Procedure
from procedures.jobs.services import add_daily, sweep
from procedures.offices.models import Office, Role
from procedures.offices.services import open_office
from procedures.resolving import resolve
from procedures.rules import Situation
from procedures.testing import sample_answers
from tests.procedures.kernel.factories import a_person, staff_of, the_directorate
from tests.workbench.procedure import MOST_FEE, PROCEDURE
from tests.workbench.questions import say

REASON = "not_now"
TEXT = p.Basis(say("نص وهمي للتجربة", "Texte inventé pour l’essai", "A text invented for the tests"), article="1")


class Found(p.fields.Fieldset):
    legend = say("ما لوحظ", "Constat", "What was found")
    rooms = p.fields.Whole(say("عدد القاعات", "Nombre de salles", "Number of rooms"), least=1, most=90)
    clean = p.fields.YesNo(say("المكان نظيف", "Le lieu est propre", "The place is clean"))


class Advice(p.fields.Fieldset):
    legend = say("الرأي", "Avis", "Opinion")
    suitable = p.fields.YesNo(say("المشروع ملائم", "Le projet convient", "The project is suitable"))


@p.rule(
    "people.fee",
    MOST_FEE,
    each="people",
    weight=p.Weight.FLAGS,
    says=say("المعلوم %(fee)s مرتفع.", "Les frais %(fee)s sont élevés.", "The fee %(fee)s is high."),
    title=say("المعلوم عادي", "Frais ordinaires", "Usual fee"),
)
def fee_is_usual(fee: Any, most: int) -> bool:
    return fee <= most


remote = p.given("project.remote", True, says=say("عن بعد", "à distance", "at a distance"))
CHECK, EXAMINE, SIGN = p.Completeness(), p.Instruction(asks=(Found,)), p.Signature()
DECIDE = p.Decision((p.Kind.GRANT, p.Kind.REFUSE))
LEAVE = PROCEDURE.outputs[0]
BADGE = replace(LEAVE, code="badge", number=992, each="people", claims=p.Claims(holder="people.name_lat"))
ENTRY = replace(LEAVE, code="entry", number=993, on=(p.Kind.REGISTER,))
SOUND = replace(LEAVE, code="sound", number=994, on=(p.Kind.CONFORM,))
ADVICE_IN = p.WorkingDays(5)


def opinion(at: p.Party, silence: p.Silence = p.Silence.WAITS, **more: Any) -> p.Opinion:
    return p.Opinion(at=at, asks=(Advice,), deadline=p.Deadline(ADVICE_IN, silence=silence), **more)


def routed(*route: p.Stage, **changes: Any) -> Procedure:
    """The workbench with another route; `changes` are other words of the procedure."""
    told = {"signatories": (), "binding": False, "rules": (), "samples": (p.Sample(code="course"),)}
    return replace(PROCEDURE, code="routed", prefix="RTD", route=route, **(told | changes))


@contextlib.contextmanager
def installed(procedure: Procedure) -> Iterator[Procedure]:
    """Among the procedures of this process for as long as a block lasts."""
    module = types.ModuleType(f"tests.{procedure.code}")
    module.register_procedure = p.hookimpl(_giving(procedure))  # type: ignore[attr-defined]  # a plugin of one function
    manager = registry.plugin_manager()
    manager.register(module, name=module.__name__)
    registry.procedures.cache_clear()
    try:
        yield procedure
    finally:
        manager.unregister(module)
        registry.procedures.cache_clear()


def _giving(procedure: Procedure) -> Any:
    def register_procedure() -> Procedure:
        return procedure

    return register_procedure


class Town:
    """The offices that these routes need, each with its people."""

    def __init__(self) -> None:
        self.region, self.other = the_directorate(), the_directorate("TN-82")
        self.central = office_of("training", Office.Kind.CENTRAL)
        self.experts = office_of("experts", Office.Kind.OUTSIDE)
        self.desk, self.colleague = (staff_of(self.region, Role.DESK_OFFICER, name) for name in ("Dora", "Dali"))
        self.director = staff_of(self.region, Role.REGIONAL_DIRECTOR, "Rached")
        self.deputy = staff_of(self.region, Role.REGIONAL_DIRECTOR, "Rim")
        self.elsewhere = staff_of(self.other, Role.DESK_OFFICER, "Elyes")
        self.director_elsewhere = staff_of(self.other, Role.REGIONAL_DIRECTOR, "Emna")
        self.officer = staff_of(self.central, Role.CENTRAL_OFFICER, "Omar")
        self.expert = staff_of(self.experts, Role.EXPERT, "Essia")
        self.applicant = a_person("Amel")

    def files(self, code: str = "routed", *, applicant: Any = None, **changes: Any) -> Case:
        now = timezone.now()
        procedure = resolve(code, on=timezone.localdate(now))
        answers = sample_answers(procedure, **({"asking": {"governorate": "TN-11"}} | changes))
        return services.file_case(
            draft_id=uuid.uuid4(),
            procedure=procedure,
            answers=answers,
            situation=Situation(procedure, answers, on=timezone.localdate(now)),
            applicant=applicant or self.applicant,
            language="fr",
            on=now,
        )

    def examined(self, **changes: Any) -> Case:
        """A case whose examination is closed, whatever comes after it."""
        case = self.files(**changes)
        return services.close_instruction(case=case, by=self.desk, version=case.version, answers=found_answers())


def office_of(code: str, kind: str) -> Office:
    return open_office(code=code, kind=kind, names=dict.fromkeys(("ar", "fr", "en"), code.title()))


def found_answers() -> dict[str, Any]:
    return {"found": {"rooms": 3, "clean": True}}


def advice(suitable: bool = True) -> dict[str, Any]:
    return {"advice": {"suitable": suitable}}


def work() -> None:
    """What the outbox has promised, but the sealing of documents, which is tried elsewhere."""
    sweep(kinds=("cases.decide", "cases.silence", "cases.stage_silence", "cases.case_silence"))


def promise_daily() -> None:
    """What the portal promises every day, of which silence is a part."""
    add_daily(timezone.localdate())
