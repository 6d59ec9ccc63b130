"""The public directory: search, a structure as of a day, and whether it may give a diploma. No account, plain GET."""

from typing import Any

import phonenumbers
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.views.decorators.http import require_safe

from portal.directory import facets, listing
from portal.directory.answering import Question
from portal.directory.days import AsOf, as_of
from portal.directory.finding import find
from portal.directory.happenings import happenings
from portal.directory.lanes import axis_of, lanes
from portal.directory.reading import Branch, Read, branches_of, read, structure_by
from portal.directory.searching import Asked, is_mistyped
from portal.directory.standing import standing
from portal.directory.summing_up import sum_up
from portal.files.selectors import STRUCTURE, openable_about
from procedures.policies import public
from registers.organisations.models import Kind, Organisation
from registers.places.selectors import governorate_names
from registers.specialities.selectors import by_sector
from registers.structures.models import Structure, TrainingKind

ON_A_PAGE = 20


@public
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The whole directory, or what answers to words, filters and a day; everything is in the address."""
    when = as_of(request.GET)
    asked = Asked.by(request.GET, when.day)
    found = find(asked)
    page = Paginator(found.keys, ON_A_PAGE).get_page(request.GET.get("page"))
    language = (get_language() or "ar")[:2]
    context = {
        "asked": asked,
        "as_of": when,
        "count": len(found.keys),
        "page": page,
        "rows": listing.rows(
            listing.structures(list(page.object_list)),
            when.day,
            words=asked.words,
            speciality=asked.speciality,
            then=not when.is_today,
        ),
        "facets": facets.facets(asked, found.counts),
        "chosen": facets.chips(asked, when),
        "widen": facets.widen(asked, when),
        "governorates": governorate_names(language).items(),
        "sectors": by_sector(language),
        "mistyped": not found.keys and is_mistyped(asked.words),
        "list_url": reverse("directory:list") + asked.query(when.query),
    }
    return render(request, "directory/search.html", context)


@public
@require_safe
def structure(request: HttpRequest, number: str) -> HttpResponse:
    """One structure: its standing on the day that is asked, and beside it today's."""
    found = structure_or_404(number)
    when, known = as_of(request.GET), read(found)
    branches = branches_of(found, when.day)
    axis = axis_of(known, when.day)
    drawn = lanes(known, axis, when.day)
    context = shown(found, known, when) | {
        "axis": axis,
        "day_at": f"{axis.place(when.day):.2f}",
        "lanes": drawn,
        "summed_up": sum_up(known, when),
        "branches": [_branch(branch, then=not when.is_today) for branch in branches],
        "happenings": happenings(known, branches, when.day),
        "question": Question.offered(known, when),
        "opens_files": bool(openable_about(request.user, STRUCTURE)),
    }
    return render(request, "directory/structure.html", context)


@public
@require_safe
def diploma(request: HttpRequest, number: str) -> HttpResponse:
    """May this structure give this diploma? Yes or no, why, and as of which day."""
    found = structure_or_404(number)
    when, known = as_of(request.GET), read(found)
    question = Question.asked(known, request.GET, when)
    context = shown(found, known, when) | {"question": question, "answer": question.answer(known)}
    return render(request, "directory/diploma.html", context)


def _branch(branch: Branch, *, then: bool) -> dict[str, Any]:
    return {
        "number": branch.structure.number,
        "name": listing.name_in_language(branch.structure),
        "place": branch.structure.place,
        "standing": standing(branch.status, then=then),
    }


def written_phone(number: str) -> str:
    """In groups, as people read it; as it stands where it is no telephone number."""
    try:
        return phonenumbers.format_number(
            phonenumbers.parse(number, "TN"), phonenumbers.PhoneNumberFormat.INTERNATIONAL
        )
    except phonenumbers.NumberParseException:
        return number


def structure_or_404(number: str) -> Structure:
    found = structure_by(number)
    if found is None:
        raise Http404
    return found


def shown(found: Structure, known: Read, when: AsOf) -> dict[str, Any]:
    """What the pages of one structure have in common."""
    details: Any = known.detail_on(when.day)
    arabic = get_language() == "ar"
    other = (details.name_fr if arabic else details.name_ar) if details.name_fr else ""
    return {
        "structure": found,
        "name": listing.name_in_language(details),
        "other_name": other,
        "other_name_language": "fr" if arabic else "ar",
        "details": details,
        "kinds": pgettext("list", ", ").join(str(TrainingKind(kind).label) for kind in details.kinds),
        "phone": written_phone(found.phone),
        "address": found.address,
        "organisation": _organisation(found),
        "as_of": when,
        "standing": standing(known.status_on(when.day), then=not when.is_today),
        "today": standing(known.status_on(when.today)),
        "authorisation": known.authorisation_on(when.day),
        "now": known.authorisation_on(when.today),
    }


def _organisation(found: Structure) -> Organisation | None:
    """Who runs it, where that is no natural person: an entrepreneur's name is a person's."""
    organisation: Organisation | None = found.organisation
    return organisation if organisation and organisation.kind != Kind.ENTREPRENEUR else None
