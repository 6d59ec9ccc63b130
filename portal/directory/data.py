"""Open data: the directory as a CSV list, and one structure as linked data; legal persons and places, no people."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from portal.directory import listing
from portal.directory.days import as_of
from portal.directory.finding import find
from portal.directory.reading import Read, holding, last_day, read
from portal.directory.searching import Asked
from portal.directory.views import structure_or_404
from procedures.policies import public
from procedures.spreadsheets import csv_lines
from registers.history.models import Period
from registers.programmes.models import Homologation
from registers.structures.models import Structure

AT_ONCE = 500
COLUMNS = (
    "number", "former_number", "branch_of", "name_ar", "name_fr", "governorate", "governorate_fr", "delegation_fr",
    "kinds", "as_of", "status", "status_since", "status_until", "specialities", "homologated_specialities", "invented",
)  # fmt: skip


@public
@require_safe
def open_list(request: HttpRequest) -> StreamingHttpResponse:
    """What the search in the address finds, or the whole directory, line by line."""
    when = as_of(request.GET)
    asked = Asked.by(request.GET, when.day)
    response = StreamingHttpResponse(lines(asked), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="structures-{when.day.isoformat()}.csv"'
    response["Access-Control-Allow-Origin"] = "*"  # public by purpose
    return response


def lines(asked: Asked) -> Iterator[str]:
    """The list in UTF-8 with a mark for spreadsheets, five queries for each five hundred structures."""
    return csv_lines(_rows(asked))


def _rows(asked: Asked) -> Iterator[tuple[Any, ...]]:
    yield COLUMNS
    keys = find(asked).keys
    for begin in range(0, len(keys), AT_ONCE):
        batch = listing.structures(keys[begin : begin + AT_ONCE])
        known = listing.known_of(batch, asked.day)
        for structure in batch:
            yield _line(structure, known, asked.day)


def _line(structure: Structure, known: listing.Known, day: date) -> tuple[Any, ...]:
    details: Any = known.details.get(structure.pk, structure)
    status = known.statuses[structure.pk]
    return (
        structure.number,
        structure.legacy_number,
        structure.parent.number if structure.parent else "",
        details.name_ar,
        details.name_fr,
        details.place_id,
        details.place.name_fr,
        details.delegation.name_fr if details.delegation else "",
        ";".join(details.kinds),
        day.isoformat(),
        status.status,
        status.since.isoformat(),
        _iso(last_day(status)),
        ";".join(sorted(known.taught[structure.pk])),
        ";".join(sorted(known.homologated[structure.pk])),
        "1" if structure.invented else "0",
    )


@public
@require_safe
def linked_data(request: HttpRequest, number: str) -> HttpResponse:
    """One structure for machines, with the words of schema.org where it has them."""
    found = structure_or_404(number)
    when = as_of(request.GET)
    body = json.dumps(described(found, read(found), when.day), ensure_ascii=False, indent=1)
    response = HttpResponse(body, content_type="application/ld+json; charset=utf-8")
    response["Access-Control-Allow-Origin"] = "*"  # public by purpose
    response["X-Robots-Tag"] = "noindex"  # the page itself is what people look for
    return response


def described(structure: Structure, known: Read, day: date) -> dict[str, Any]:
    """A schema.org EducationalOrganization; status and day are words of our own, for schema.org has none."""
    details, status = known.detail_on(day), known.status_on(day)
    own = "https://schema.org"
    said: dict[str, Any] = {
        "@context": [own, {"takwin": urljoin(settings.TAKWIN_PUBLIC_URL, "/") + "terms#"}],
        "@type": "EducationalOrganization",
        "@id": _address(structure.number),
        "url": _address(structure.number),
        "identifier": {"@type": "PropertyValue", "propertyID": "structure number", "value": structure.number},
        "name": _in_both(details.name_ar, details.name_fr),
        "address": _postal(details),
        "foundingDate": structure.opened_on.isoformat(),
        "takwin:asOf": day.isoformat(),
        "takwin:status": status.status if status else None,
        "takwin:statusSince": _iso(status.since) if status else None,
        "takwin:invented": structure.invented,
        "takwin:teaches": [_speciality(each) for each in holding(known.teachings, day)],
        "hasCredential": [_homologation(each) for each in holding(known.homologations, day)],
    }
    if (authorisation := known.authorisation_on(day)) is not None and authorisation.subject_id == structure.pk:
        said["takwin:capacity"] = authorisation.capacity
    if structure.parent:
        said["parentOrganization"] = {"@id": _address(structure.parent.number)}
    if known.closed_for_good_on:
        said["dissolutionDate"] = known.closed_for_good_on.isoformat()
    return said


def _homologation(period: Homologation) -> dict[str, Any]:
    programme = period.subject.programme
    return {
        "@type": "EducationalOccupationalCredential",
        "name": _in_both(programme.title_ar, programme.title_fr),
        "credentialCategory": period.diploma,
        "identifier": programme.code,
        "about": programme.speciality_id,
        **_held(period),
    }


def _speciality(period: Any) -> dict[str, Any]:
    speciality = period.speciality
    return {
        "@type": "DefinedTerm",
        "termCode": speciality.pk,
        "name": _in_both(speciality.name_ar, speciality.name_fr),
        **_held(period),
    }


def _held(period: Period) -> dict[str, Any]:
    return {"validFrom": period.since.isoformat(), "expires": _iso(last_day(period))}


def _postal(details: Any) -> dict[str, Any]:
    street = details.address_fr or details.address_ar
    return {
        "@type": "PostalAddress",
        "addressCountry": "TN",
        "addressRegion": details.place_id,
        **({"addressLocality": details.delegation.name_fr} if details.delegation else {}),
        **({"streetAddress": street} if street else {}),
    }


def _in_both(arabic: str, latin: str) -> list[dict[str, str]]:
    named = [("ar", arabic), ("fr", latin)]
    return [{"@language": language, "@value": name} for language, name in named if name]


def _address(number: str) -> str:
    """In Arabic, whatever language was asked: one structure has one name among machines."""
    with override("ar"):
        return urljoin(settings.TAKWIN_PUBLIC_URL, reverse("directory:structure", args=[number]))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
