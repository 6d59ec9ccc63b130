"""Governorates and their delegations."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.administration.asking import Back, Kept, Question, ask, fields_of
from portal.administration.forms.asked import NAMES, Names
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
        back=Back(reverse("administration:places"), pgettext("geography", "Places")),
    )
    return ask(request, Placing, question, create_delegation, _("The delegation is added."))


@changes
@require_http_methods(METHODS)
def renaming(request: HttpRequest, place: str) -> HttpResponse:
    found = get_object_or_404(Place, pk=place)
    question = Question(
        title=_("Rename this place"),
        button=_("Save the changes"),
        back=Back(reverse("administration:places"), pgettext("geography", "Places")),
        facts=((_("Code"), found.code), (pgettext("geography", "Place"), found)),
    )
    kept = Kept(found, fields_of(*NAMES))
    return ask(request, Names, question, partial(rename_place, place=found), _("The place is renamed."), kept=kept)
