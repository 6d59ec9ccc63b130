"""The nomenclature of specialities: the list, one speciality, and what is done to them."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.administration.asking import Back, Kept, Question, ask
from portal.administration.forms.nomenclature import Adding, Describing, Restoring, Retiring
from portal.administration.nomenclature import Filter, SpecialityPage, sectors
from portal.administration.rooms import changes, reads, show
from portal.administration.views.people import METHODS
from registers.history.selectors import believed
from registers.specialities.editing import (
    change_speciality,
    create_speciality,
    restore_speciality,
    retire_speciality,
)
from registers.specialities.models import Retirement, Speciality


@reads
@require_safe
def specialities(request: HttpRequest) -> HttpResponse:
    language = (get_language() or "ar")[:2]
    chosen = Filter.asked_by(request.GET)
    context = {"filter": chosen, "rows": chosen.rows(language), "sectors": sectors(language)}
    return show(request, "administration/specialities.html", context)


@reads
@require_safe
def speciality(request: HttpRequest, speciality: str) -> HttpResponse:
    page = SpecialityPage(_found(speciality), (get_language() or "ar")[:2])
    return show(request, "administration/speciality.html", {"page": page, "speciality": page.speciality})


@changes
@require_http_methods(METHODS)
def adding(request: HttpRequest) -> HttpResponse:
    question = Question(
        title=_("Add a speciality"),
        button=_("Add the speciality"),
        back=Back(reverse("administration:specialities"), _("Specialities")),
        lead=_("It is offered at once, in every form that asks for a speciality."),
    )
    return ask(request, Adding, question, create_speciality, _("The speciality is added."), leads_to=page_of)


@changes
@require_http_methods(METHODS)
def changing(request: HttpRequest, speciality: str) -> HttpResponse:
    found = _found(speciality)
    question = Question(
        title=_("Change this speciality"),
        button=_("Save the changes"),
        back=the_page_of(found),
        lead=_("Documents already issued keep the name that they carry."),
    )
    act, done = partial(change_speciality, speciality=found), _("The speciality is changed.")
    return ask(request, Describing, question, act, done, kept=Kept(found, _read))


@changes
@require_http_methods(METHODS)
def retiring(request: HttpRequest, speciality: str) -> HttpResponse:
    found = _found(speciality)
    question = Question(
        title=_("Retire this speciality"),
        button=_("Retire the speciality"),
        back=the_page_of(found),
        facts=((_("Code"), found.code), (_("Speciality"), found)),
        lead=_("From that day it is offered to nobody. Cases and documents that name it keep its name."),
    )
    act, done = partial(retire_speciality, speciality=found), _("The retirement is noted.")
    return ask(request, Retiring, question, act, done, initial={"since": timezone.localdate()})


@changes
@require_http_methods(METHODS)
def restoring(request: HttpRequest, speciality: str, period: int) -> HttpResponse:
    found = get_object_or_404(Retirement.objects.filter(believed()), pk=period, subject=speciality)
    question = Question(
        title=_("Offer this speciality again"),
        button=_("Offer it again"),
        back=the_page_of(found.subject),
        facts=((_("Code"), found.subject.code), (_("Retired from"), found.since)),
    )
    act, done = partial(restore_speciality, retirement=found), _("The speciality is offered again.")
    return ask(request, Restoring, question, act, done, initial={"on": max(timezone.localdate(), found.since)})


def page_of(speciality: Speciality) -> str:
    return reverse("administration:speciality", kwargs={"speciality": speciality.pk})


def the_page_of(speciality: Speciality) -> Back:
    return Back(page_of(speciality), str(speciality))


def _found(code: str) -> Speciality:
    return get_object_or_404(Speciality, pk=code)


def _read(found: Speciality) -> dict[str, Any]:
    names = ("name_ar", "name_fr", "name_en", "isced_f", "isco08")
    same = Speciality.objects.filter(sector_ar=found.sector_ar, sector_fr=found.sector_fr, sector_en=found.sector_en)
    first = same.order_by("code").first() or found
    return {name: getattr(found, name) for name in names} | {"like": first.pk, "levels": " ".join(found.levels)}
