"""Governorates and their delegations."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.administration.asking import Question, ask
from portal.administration.forms.asked import Names
from portal.administration.forms.nomenclature import Placing
from portal.administration.nomenclature import places as by_governorate
from portal.administration.rooms import changes, reads, show
from portal.administration.telling import changes_of
from portal.administration.views.people import METHODS
from registers.places.editing import ABOUT, create_delegation, rename_place
from registers.places.models import Place


@reads
@require_safe
def places(request: HttpRequest) -> HttpResponse:
    found = by_governorate((get_language() or "ar")[:2])
    codes = Place.objects.values_list("code", flat=True)
    context = {"rows": found, "changes": changes_of((ABOUT, ["*", *codes]))}
    return show(request, "administration/places.html", context)


@changes
@require_http_methods(METHODS)
def placing(request: HttpRequest) -> HttpResponse:
    question = Question(
        title=_("Add a delegation"),
        button=_("Add the delegation"),
        back=reverse("administration:places"),
        back_label=pgettext("geography", "Places"),
    )
    form = Placing(request.POST if request.method == "POST" else None)

    def perform(said: dict[str, str]) -> Place:
        governorate = Place.objects.get(pk=said.pop("governorate"))
        return create_delegation(governorate=governorate, by=request.user, **said)

    return ask(request, form, question, perform, _("The delegation is added."))


@changes
@require_http_methods(METHODS)
def renaming(request: HttpRequest, place: str) -> HttpResponse:
    found = get_object_or_404(Place, pk=place)
    question = Question(
        title=_("Rename this place"),
        button=_("Save the changes"),
        back=reverse("administration:places"),
        back_label=pgettext("geography", "Places"),
        facts=((_("Code"), found.code), (pgettext("geography", "Place"), found)),
    )
    initial = {name: getattr(found, name) for name in ("name_ar", "name_fr", "name_en")}
    form = Names(request.POST if request.method == "POST" else None, initial=initial)
    return ask(
        request,
        form,
        question,
        lambda said: rename_place(place=found, by=request.user, **said),
        _("The place is renamed."),
    )
