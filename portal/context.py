"""What every page shows around its content: names, languages, ways on; a site's own names come from its settings."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, resolve, reverse, translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms_content import selectors
from procedures.offices.selectors import roles_of
from procedures.policies import policy_of
from procedures.registry import roles_that_open


@dataclass(frozen=True)
class Facts:
    """Whose portal this is; everything a site has not filled in is left out of its pages."""

    name: str = ""
    tagline: str = ""
    authority: str = ""
    emblem: str = ""  # address of a picture
    phone: str = ""
    hours: str = ""
    address: str = ""
    email: str = ""
    source_code: str = ""
    pages: tuple[tuple[str, str], ...] = field(default=())  # (title, address) in the footer


@dataclass(frozen=True)
class Way:
    """One link of a menu."""

    label: str
    url: str
    current: bool = False
    count: int = 0
    within: bool = False  # it leads to the room in which this page is


@dataclass(frozen=True)
class Tongue:
    """The same page in another language."""

    code: str
    name: str
    url: str
    current: bool


NAMES = {"ar": "العربية", "fr": "Français", "en": "English"}


def portal(request: HttpRequest) -> dict[str, Any]:
    """The context processor; whatever needs the database is read only where a page shows it."""
    return {
        "site": SimpleLazyObject(site_facts),
        "demonstration": settings.TAKWIN_DEMONSTRATION and not settings.TAKWIN_PRACTICE,  # whose band says more
        "language_links": SimpleLazyObject(lambda: languages(request)),
        "ways": SimpleLazyObject(lambda: tuple(public_ways(request))),
        "desk_ways": SimpleLazyObject(lambda: tuple(desk_ways(request))),
        "office_ways": SimpleLazyObject(lambda: tuple(office_ways(request))),
        "serves_in_office": SimpleLazyObject(lambda: bool(roles_of(request.user))),
    }


def site_facts() -> Facts:
    """What the editors' settings page says of this site, in the active language; defaults until it is filled in."""
    known = selectors.site_facts()
    kept = {name: known[name] for name in Facts.__dataclass_fields__ if known.get(name)}
    return Facts(**({"name": _("Takwin"), "tagline": _("Portal of private vocational training")} | kept))


def languages(request: HttpRequest) -> tuple[Tongue, ...]:
    """Links to this page in each language; a page that answers to no address leads to the home page."""
    here = request.get_full_path()
    current = get_language() or settings.LANGUAGE_CODE
    return tuple(
        Tongue(code, NAMES.get(code, str(name)), here if code == current else _in_language(here, code), code == current)
        for code, name in settings.LANGUAGES
    )


def _in_language(path: str, code: str) -> str:
    translated = translate_url(path, code)
    if translated != path:
        return translated
    first, _slash, rest = path.lstrip("/").partition("/")
    return f"/{code}/{rest}" if first in dict(settings.LANGUAGES) else f"/{code}/"


def public_ways(request: HttpRequest) -> Iterator[Way]:
    yield from _ways(
        request,
        (_("Services"), "public:catalogue"),
        (_("Directory of structures"), "directory:search"),
        (_("Check a document"), "verification:search"),
        (_("Follow a case"), "public:track"),
    )


def desk_ways(request: HttpRequest) -> Iterator[Way]:
    yield from _ways(
        request,
        (_("My cases"), "desk:home"),
        (_("My documents"), "mine:documents"),
        (_("Messages"), "desk:messages"),
        (_("Services"), "public:catalogue"),
        (_("Check a document"), "verification:search"),
    )


def office_ways(request: HttpRequest) -> Iterator[Way]:
    files = (_("Open a file"), "files:home") if roles_that_open() & set(roles_of(request.user)) else None
    yield from _ways(
        request,
        (_("Cases"), "backoffice:inbox"),
        (_("Commissions"), "commissions:home"),
        (_("Workload"), "inboxes:workload"),
        (_("Absences"), "absences:absences"),
        (_("File at the desk"), "backoffice:file_at_desk"),
        *((files,) if files else ()),
        (_("Visits"), "visits:overview"),
        (_("Documents issued"), "backoffice:documents"),
        (_("Changes of status"), "backoffice:proposals"),
        (_("Doubts"), "doubts:doubts"),
        (_("Reports on papers"), "mismatches:mismatches"),
        (_("Organisations"), "organisation_office:claims"),
        (_("Imports"), "imports_desk:office_home"),
        (_("Administration"), "administration:home"),
        *(((_("Practice"), "practice:home"),) if settings.TAKWIN_PRACTICE else ()),
    )
    if settings.TAKWIN_PRACTICE_URL and not settings.TAKWIN_PRACTICE:
        yield Way(_("Practice space"), f"{settings.TAKWIN_PRACTICE_URL.rstrip('/')}/{get_language() or 'ar'}/")


def _is_open(url: str, request: HttpRequest) -> bool:
    """A room for roles that this person does not hold is no way on."""
    policy = policy_of(resolve(url).func)
    return policy is None or not policy.roles or bool(roles_of(request.user).intersection(policy.roles))


def _ways(request: HttpRequest, *named: tuple[str, str]) -> Iterator[Way]:
    found = []
    for label, name in named:
        try:
            url = reverse(name)
        except NoReverseMatch:  # a site may leave a room out
            continue
        if _is_open(url, request):
            found.append((label, url))
    nearest = max((url for _label, url in found if request.path.startswith(url)), key=len, default="")
    for label, url in found:
        yield Way(label, url, current=request.path == url, within=url == nearest)
