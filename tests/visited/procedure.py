"""A procedure that no ministry has: its route holds a visit on site that asks its inspectors a question of its own."""

from procedures import api as p
from procedures.api import fields as f
from registers import api as r


def say(ar: str, fr: str, en: str) -> p.Text:
    return p.worded({"ar": ar, "fr": fr, "en": en})


class Asking(f.Fieldset):
    legend = say("هيكل التجربة", "La structure d’essai", "The trial structure")
    name_ar = f.Arabic(say("التسمية بالعربية", "Dénomination en arabe", "Name in Arabic"))
    governorate = r.GovernorateField(say("الولاية", "Gouvernorat", "Governorate"))
    structure = r.StructureField(say("رقم الهيكل", "Numéro de la structure", "Number of the structure"), optional=True)
    secret = f.Text(say("كلمة سرية", "Mot confidentiel", "Confidential word"), sample="owner-only-word")


class Seen(f.Fieldset):
    legend = say("رأي المتفقدين", "Avis des inspecteurs", "What the inspectors think")
    capacity = f.Whole(
        say("طاقة الاستيعاب المعاينة", "Capacité constatée", "Capacity seen"), least=1, most=900, sample=40
    )


@p.effect(p.Kind.CONFORM, says=say("يسجَّل التفقد.", "La visite est inscrite.", "The visit is entered."))
def inspection_entered(case: p.DecidedCase) -> None:
    structure = r.structure_of_number(case["asking.structure"] or "")
    for made in case.visits if structure else ():
        r.record_inspection(
            r.Cause(case=case),
            structure=structure,
            visited_on=made.visited_on,
            planned_on=made.planned_on,
            inspector=made.lead,
            findings=made.findings,
        )


PROCEDURE = p.Procedure(
    code="premises_check",
    prefix="PCK",
    version="1.0",
    title=say("معاينة محلات للتجربة", "Visite d’essai de locaux", "A trial visit of premises"),
    summary=say("خدمة لا توجد إلا للتجربة.", "Une démarche pour essayer.", "A service that only tests know."),
    applicants=(p.CENTRE,),
    authority=p.Regional("asking.governorate"),
    about="asking.structure",
    legal_basis=(),
    deadline=p.Deadline(p.WorkingDays(30)),
    steps=(p.Step("asking", say("الهيكل", "La structure", "The structure"), (Asking,)),),
    papers=(),
    outputs=(),
    route=(
        p.Completeness(at=p.Regional("asking.governorate")),
        p.Visit(asks=(Seen,)),
        p.Decision((p.Kind.CONFORM, p.Kind.NOTICE)),
        p.Signature(),
    ),
    reasons=(p.Reason("not_conform", say("غير مطابق.", "Non conforme.", "Does not conform."), on=(p.Kind.NOTICE,)),),
    effects=(inspection_entered,),
    retention=p.Months(12),
    samples=(p.Sample(code="usual"),),
)


@p.hookimpl
def register_procedure() -> p.Procedure:
    return PROCEDURE
