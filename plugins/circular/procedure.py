"""Circular: values of procedures and moratoria from a day on, published in one act (منشور)."""

from django.utils.translation import gettext_lazy as _

from plugins.circular import questions as q
from plugins.circular.samples import SAMPLES
from procedures import api as p
from registers import api as r

REFERENCE, CORRECTS = "act.reference", "act.corrects"
VALUES = ("value", "second", "third")

sets = p.given("act.values", says=_("the circular changes a value"))
halts = p.given("act.halts", says=_("the circular touches a moratorium"))
sets_two = p.given("value.another", says=_("another value changes"))
sets_three = p.given("second.another", says=_("another value changes"))


@p.rule(
    "act.values",
    "act.halts",
    says=_("A circular changes a value, or a moratorium, or both. Say yes to one of them."),
    title=_("The circular changes something"),
)
def it_changes_something(values: bool, halts: bool) -> bool:
    return values or halts


@p.fact("value.part", title=_("Offices that apply a changed value"))
def offices_of_values(part: str) -> list[str]:
    return [p.EVERY_OFFICE]


@p.fact("moratorium.governorate?", title=_("Offices that apply the moratorium"))
def offices_of_moratorium(governorate: str | None) -> list[str]:
    return [f"place:{governorate}", p.CENTRAL_OFFICES] if governorate else [p.EVERY_OFFICE]


@p.effect(p.Kind.REGISTER, says=_("The values hold for what is filed from their day on."))
def setting_values(case: p.DecidedCase) -> None:
    for said in filter(None, map(case.__getitem__, VALUES)):
        p.set_value(case, said["part"], said["number"], since=said["since"], reference=case[REFERENCE])


@p.effect(p.Kind.REGISTER, says=_("The moratorium is declared, or ends, in the register of specialities."))
def changing_moratorium(case: p.DecidedCase) -> None:
    if case["moratorium"]:
        r.change_moratorium(case, case["moratorium"], reference=case[REFERENCE])


PROCEDURE = p.Procedure(
    code="circular",
    prefix="CIR",
    version="1.0",
    title=_("Circular"),
    summary=_("Change values of procedures and moratoria from a day on, and publish it, in one act."),
    applicants=(p.authority("central_officer"),),
    authority=p.Central("equivalence"),
    about=REFERENCE,
    unheard=_("A circular is addressed to everybody: nobody is heard, and it is published."),
    legal_basis=(),  # none read: everything here is an assumption, and is printed as one
    deadline=p.Deadline(p.WorkingDays(15)),
    steps=(
        p.Step(
            "file",
            _("Circular"),
            (
                q.Act,
                p.Block("value", q.Value, when=sets),
                p.Block("second", q.Value, when=sets_two),
                p.Block("third", q.LastValue, when=sets_three),
                p.Block("moratorium", q.Moratorium, when=halts),
            ),
        ),
    ),
    papers=(p.Evidence("text", _("Text of the circular as it was signed on paper"), optional=True),),
    rules=(
        it_changes_something,
        p.value_is_of_its_kind("value.part", "value.number"),
        p.value_is_of_its_kind("second.part", "second.number", code="second_value_is_of_its_kind"),
        p.value_is_of_its_kind("third.part", "third.number", code="third_value_is_of_its_kind"),
        *r.moratorium_is_possible("moratorium"),
        p.document_comes_from(CORRECTS, "circular"),
    ),
    route=(p.Decision((p.Kind.REGISTER, p.Kind.CONFORM)), p.Signature()),
    outputs=(
        p.Output(
            "circular",
            _("Circular"),
            number=47,
            on=(p.Kind.REGISTER,),
            claims=p.Claims(holder=REFERENCE),
            shows=(
                "act.subject_ar",
                "act.subject_fr",
                CORRECTS,
                *(f"{block}.{name}" for block in VALUES for name in ("part", "number", "since")),
                *(f"moratorium.{name}" for name in ("act", "speciality", "kind", "governorate", "since", "until")),
            ),
            body=_(
                "What is listed below holds from the day that stands beside it.\n\n"
                "What was filed before that day keeps what was in force when it was filed."
            ),
            published=True,
            corrects=CORRECTS,
        ),
    ),
    effects=(setting_values, changing_moratorium),
    messages=(
        p.Message("values", _("A circular changes values of procedures"), to=offices_of_values, on=(p.Kind.REGISTER,)),
        p.Message("halts", _("A circular changes a moratorium"), to=offices_of_moratorium, on=(p.Kind.REGISTER,)),
        p.Message(
            "structures",
            _("A circular touches a speciality in which you train"),
            to=r.holders_of_speciality("moratorium.speciality", "moratorium.governorate?", "case.filed_on"),
            on=(p.Kind.REGISTER,),
        ),
    ),
    appeal=None,
    retention=p.Months(600),
    samples=SAMPLES,
)


@p.hookimpl
def register_procedure() -> p.Procedure:
    return PROCEDURE
