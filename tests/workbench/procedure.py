"""A procedure that no ministry has: it holds what the engine can do and the one real plugin does not need."""

from datetime import date
from typing import Any

from procedures import api as p
from tests.workbench import questions as q
from tests.workbench.questions import say

RULE_BOOK = p.Basis(
    say("كرّاس ورشة التجربة", "Le règlement de l’établi", "The rule book of the workbench"), article="§ 3"
)
MOST_FEE = p.Parameter("workbench.most_fee", 300, say("أقصى معلوم", "Frais les plus élevés", "Highest fee"))


@p.rule(
    "project.kind",
    says=say("الندوات لا تودَع هنا.", "Les conférences ne se déposent pas ici.", "Conferences are not filed here."),
    title=say("درس أو ورشة", "Un cours ou un atelier", "A course or a workshop"),
    instead="foreign_certificate_equivalence",
    basis=RULE_BOOK,
)
def is_no_conference(kind: str) -> bool:
    return kind != "conference"


@p.rule(
    "people.fee",
    MOST_FEE,
    each="people",
    says=say(
        "المعلوم %(fee)s يفوق %(most)s دينار.",
        "Les frais %(fee)s dépassent %(most)s dinars.",
        "The fee %(fee)s is more than %(most)s dinars.",
    ),
    title=say("المعلوم في الحدود", "Frais dans la limite", "Fees within the limit"),
)
def fee_is_low(fee: Any, most: int) -> bool:
    return fee <= most


@p.rule(
    "people.born_on",
    "case.filed_on",
    each="people",
    says=say("المشارك دون 15 سنة.", "Le participant a moins de 15 ans.", "The participant is younger than 15."),
    basis=RULE_BOOK,
)
def is_old_enough(born: date, filed: date) -> bool:
    return p.age(born, filed) >= 15


is_workshop = p.given("project.kind", "workshop", says=say("النشاط ورشة", "c’est un atelier", "it is a workshop"))

PROCEDURE = p.Procedure(
    code="workbench",
    prefix="WKB",
    version="1.0",
    title=say("ورشة التجربة", "L’établi", "The workbench"),
    summary=say("خدمة لا توجد إلا للتجربة.", "Une démarche pour essayer.", "A service that only tests know."),
    applicants=(p.TRAINEE, p.CENTRE, p.EMPLOYER),
    authority=p.Regional("asking.governorate"),
    about="asking.cin",
    legal_basis=(RULE_BOOK,),
    deadline=p.Deadline(p.WorkingDays(10)),
    eligibility=(is_no_conference,),
    steps=(
        p.Step("asking", say("من أنت", "Vous", "About you"), (q.Asking,)),
        p.Step("project", say("مشروعك", "Votre projet", "Your project"), (q.Project,)),
        p.Step(
            "people",
            say("المشاركون", "Participants", "Participants"),
            (p.Group("people", q.Person, least=1, most=200, spreadsheet=True),),
        ),
        p.Step(
            "partners",
            say("الشركاء", "Partenaires", "Partners"),
            (p.Group("partners", q.Partner, least=1, most=5),),
            when=is_workshop,
        ),
    ),
    papers=(
        p.Evidence("identity", say("وثيقة الهوية", "Pièce d’identité", "Identity paper"), files=2),
        p.Evidence("plan", say("البرنامج", "Programme", "Programme"), files=4),
        p.Evidence("agreement", say("اتفاقية الشراكة", "Convention", "Agreement"), when=is_workshop),
        p.Evidence("photograph", say("صورة المكان", "Photo du lieu", "Picture of the place"), optional=True),
    ),
    rules=(fee_is_low, is_old_enough),
    route=(
        p.Completeness(at=p.Regional("asking.governorate")),
        p.Instruction(),
        p.Decision((p.Kind.GRANT, p.Kind.REFUSE)),
        p.Signature(),
    ),
    signatories=(
        p.Signatory("partner", say("الشريك", "Partenaire", "Partner"), who="partners.email", when=is_workshop),
    ),
    reasons=(p.Reason("not_now", say("ليس الآن.", "Pas maintenant.", "Not now.")),),
    outputs=(
        p.Output(
            "leave",
            say("ترخيص التجربة", "Autorisation d’essai", "Leave to try"),
            number=991,
            on=(p.Kind.GRANT,),
            claims=p.Claims(holder="asking.name_lat"),
        ),
    ),
    retention=p.Months(12),
    binding=True,
    samples=(
        p.Sample(code="course"),
        p.Sample(code="workshop", answers={"project.kind": "workshop"}),
        p.Sample(code="conference", answers={"project.kind": "conference"}, breaks="is_no_conference"),
        p.Sample(code="dear", answers={"people.fee": "301"}, breaks="fee_is_low"),
    ),
)


@p.hookimpl
def register_procedure() -> p.Procedure:
    return PROCEDURE
