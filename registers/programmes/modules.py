"""What a procedure asks and rules about the modules of a programme."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from procedures import api as p
from procedures.api import fields as f

MODULE_KINDS = {
    "general": _("General education"),
    "technical": _("Technical education"),
    "practice": _("Practice in the workshop"),
    "company": _("Training in a company"),
}


class Module(f.Fieldset):
    legend = _("Modules")
    reference = f.Text(_("Code of the module"), least=1, most=20, pattern=r"[A-Za-z0-9./ -]+", sample="M-01")
    title_ar = f.Arabic(_("Title in Arabic"), most=200, digits=True, sample="السلامة المهنية")
    title_fr = f.Latin(_("Title in French"), most=200, digits=True, sample="Sécurité au travail")
    kind = f.Choice(pgettext_lazy("module", "Kind"), MODULE_KINDS)
    hours = f.Whole(_("Hours of the module"), least=1, most=2000, sample=60)
    coefficient = f.Number(_("Coefficient"), least="0.25", most=20, sample="2")


def modules_fill_the_hours(group: str, hours: p.Need) -> p.Rule:
    """The hours of the modules make up those of the programme."""

    @p.fact(f"{group}.hours", title=_("Hours of all modules"))
    def module_hours(each: tuple[int, ...]) -> int:
        return sum(each)

    @p.rule(
        module_hours,
        hours,
        says=_("The modules have %(all_modules)s hours, the programme %(programme)s. Make both the same."),
        title=_("The modules fill the hours of the programme"),
    )
    def modules_fill_the_hours(all_modules: int, programme: int) -> bool:
        return all_modules == programme

    return modules_fill_the_hours


def module_codes_differ(group: str) -> p.Rule:
    """No two modules have one code."""

    @p.rule(
        f"{group}.reference",
        says=_("Two modules have the same code. Give each its own."),
        title=_("Each module has its own code"),
    )
    def module_codes_differ(codes: tuple[str, ...]) -> bool:
        return len({code.casefold() for code in codes}) == len(codes)

    return module_codes_differ
