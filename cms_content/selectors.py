"""What other rooms read of the content: the facts of the site, and where each service has its page."""

from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language

from cms_content.models import ServicePage, SiteSettings, StandardPage
from cms_content.wording import LANGUAGES, pick

TEXTS = {"name": "portal_name"} | {name: name for name in ("tagline", "state", "authority", "unit", "hours", "address")}
SECONDS_KEPT = 5.0  # how long another process may still show the name before a change


@dataclass(frozen=True)
class _Site:
    """The settings of the site as read once, texts in three languages, empty where nobody wrote them."""

    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    plain: dict[str, str] = field(default_factory=dict)
    links: tuple[tuple[dict[str, str], str], ...] = ()
    pages: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)  # by language


_kept: dict[str, tuple[float, _Site]] = {}


def site_facts() -> dict[str, Any]:
    """Names and contacts of the site in the active language, and links of its footer as `(title, address)`.

    Keys: name, tagline, authority, unit, hours, address, emblem, phone, email, source_code, verification_host, pages;
    empty where nobody filled them in. Two queries, then none for a few seconds.
    """
    site = _site()
    said = {name: pick(texts) for name, texts in site.texts.items()}
    pages = site.pages.get((get_language() or "ar")[:2], ())
    return said | site.plain | {"pages": (*pages, *((pick(labels), address) for labels, address in site.links))}


def site_mark() -> object:
    """The same object as long as no name, contact or link of the site changes; whoever keeps a page compares it."""
    return _site()


def forget_site_facts() -> None:
    """Read again at once here, and again after the transaction, in case it was rolled back or read meanwhile."""
    _kept.clear()
    transaction.on_commit(_kept.clear)


def authority() -> dict[str, Any]:
    """Who signs, for documents: names by language under `state`, `authority`, `unit`; `host` of verification."""
    site = _site()
    host = site.plain.get("verification_host") or settings.TAKWIN_PUBLIC_URL.partition("://")[2]
    return {name: dict(site.texts.get(name, {})) for name in ("state", "authority", "unit")} | {"host": host}


def service_addresses() -> dict[str, str]:
    """Path of each service's page in the active language, by procedure code; one query."""
    language = (get_language() or "ar")[:2]
    pages = ServicePage.objects.live().filter(locale__language_code=language).values_list("procedure", "slug")
    return {code: f"/{language}/{slug}/" for code, slug in pages}


def service_page(code: str) -> ServicePage | None:
    """The live page of a procedure in the active language, else in Arabic."""
    language = (get_language() or "ar")[:2]
    pages = {
        page.locale.language_code: page
        for page in ServicePage.objects.live().filter(procedure=code).select_related("locale")
    }
    return pages.get(language) or pages.get("ar")


def _site() -> _Site:
    at, site = _kept.get("default", (0.0, _Site()))
    if not at or monotonic() - at > SECONDS_KEPT:
        read = _read_site()
        site = site if at and read == site else read
        _kept["default"] = (monotonic(), site)
    return site


def _read_site() -> _Site:
    row = SiteSettings.objects.filter(site__is_default_site=True).select_related("emblem").first()
    pages = _pages_in_menus()
    if row is None:
        return _Site(pages=pages)
    return _Site(
        texts={name: row.texts(kept) for name, kept in TEXTS.items()},
        plain={
            "emblem": row.emblem.get_rendition("max-160x160").url if row.emblem else "",
            "phone": row.phone,
            "email": row.email,
            "source_code": row.source_code,
            "verification_host": row.verification_host,
        },
        links=tuple(
            ({code: link.value[f"label_{code}"] for code in LANGUAGES}, link.value["address"])
            for link in row.footer_links
        ),
        pages=pages,
    )


def _pages_in_menus() -> dict[str, tuple[tuple[str, str], ...]]:
    rows = StandardPage.objects.live().filter(show_in_menus=True).order_by("path")
    pages: dict[str, tuple[tuple[str, str], ...]] = {}
    for language, title, slug in rows.values_list("locale__language_code", "title", "slug"):
        pages[language] = (*pages.get(language, ()), (title, f"/{language}/{slug}/"))
    return pages
